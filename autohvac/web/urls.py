"""Addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from autohvac.web import views as web
from blueprints import views as plans
from blueprints import views_plan as editor
from blueprints import views_runs as runs
from calculations import views as loads
from reports import views as reports

app_name = "web"
urlpatterns = [
    path("", web.home, name="home"),
    path("sign-up/", web.SignUpView.as_view(), name="sign-up"),
    path("login/", web.SignInView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="language"),
    path("projects/", plans.ProjectsPage.as_view(), name="projects"),
    path("projects/new/", plans.ProjectNewPage.as_view(), name="project-new"),
    path("projects/<uuid:pk>/", plans.ProjectPage.as_view(), name="project"),
    path("projects/<uuid:pk>/edit/", plans.ProjectEditPage.as_view(), name="project-edit"),
    path("projects/<uuid:pk>/upload/", plans.UploadPage.as_view(), name="upload"),
    path("blueprints/<uuid:pk>/file/", plans.blueprint_file, name="blueprint-file"),
    path("blueprints/<uuid:pk>/run/", runs.run_again, name="run-again"),
    path("blueprints/<uuid:pk>/edit/", editor.plan_edit, name="plan-edit"),
    path("blueprints/<uuid:pk>/undo/", editor.plan_undo, name="plan-undo"),
    path("pages/<uuid:pk>/preview/", plans.page_preview, name="page-preview"),
    path("runs/<uuid:pk>/", runs.run_page, name="run"),
    path("runs/<uuid:pk>/progress/", runs.run_progress_part, name="run-progress"),
    path("runs/<uuid:pk>/cancel/", runs.run_cancel_post, name="run-cancel"),
    path("runs/<uuid:pk>/retry/", runs.run_retry_post, name="run-retry"),
    path("runs/<uuid:pk>/questions/", runs.QuestionsPage.as_view(), name="questions"),
    path("runs/<uuid:pk>/plan/", editor.plan_page, name="plan"),
    path("runs/<uuid:pk>/results/", loads.results_page, name="results"),
    path("rooms/<uuid:pk>/", runs.RoomPage.as_view(), name="room"),
    path("openings/<uuid:pk>/", runs.OpeningPage.as_view(), name="opening"),
    path("review-items/<uuid:pk>/", runs.review_post, name="review-item"),
    path("reports/<uuid:pk>/download/", reports.report_download, name="report-download"),
]
