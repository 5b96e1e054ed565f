"""All URLs of the product."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from autohvac.monitor.views import dashboard, retry
from autohvac.web import health

admin.site.site_header = admin.site.site_title = "AutoHVAC"
urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/pipeline/", admin.site.admin_view(dashboard), name="pipeline"),
    path("admin/pipeline/retry/", admin.site.admin_view(retry), name="pipeline-retry"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("autohvac.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("autohvac.web.urls")),
]
handler400 = "autohvac.web.errors.bad_request"
handler403 = "autohvac.web.errors.forbidden"
handler404 = "autohvac.web.errors.not_found"
handler500 = "autohvac.web.errors.server_error"
