"""Django settings. Production is environment, not other code: see docs/operations.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import dj_database_url
from django.utils.translation import gettext_lazy as _

from autohvac.env import BASE_DIR, VAR, local_secret_key, read_environment

ENV = read_environment()
VAR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = ENV.secret_key.get_secret_value() or local_secret_key()
DEBUG = ENV.debug
ALLOWED_HOSTS = [host.strip() for host in ENV.hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "*" not in host] if ENV.https else []

INSTALLED_APPS = [
    "autohvac.accounts",
    "autohvac.api",
    "autohvac.web",
    "autohvac.monitor",
    "audit",
    "blueprints",
    "calculations",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_q",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "audit.context.ActingMiddleware",
]

ROOT_URLCONF = "autohvac.urls"
WSGI_APPLICATION = "autohvac.wsgi.application"
ASGI_APPLICATION = "autohvac.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {"default": dj_database_url.parse(ENV.database_url, conn_max_age=0)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:projects"
LOGOUT_REDIRECT_URL = "web:login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "autohvac" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "autohvac" / "static"]
WHITENOISE_USE_FINDERS = True  # served from where they lie: no collecting step to forget
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _file_storage() -> dict[str, Any]:
    parsed = urlparse(ENV.storage_url)
    if parsed.scheme == "s3":
        options = {
            "bucket_name": parsed.netloc,
            "location": parsed.path.strip("/"),
            "endpoint_url": ENV.s3_endpoint_url or None,
            "access_key": ENV.s3_access_key.get_secret_value() or None,
            "secret_key": ENV.s3_secret_key.get_secret_value() or None,
            "region_name": ENV.s3_region,
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 300,
            "file_overwrite": True,  # names carry the content's sha256: the same name is the same bytes
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    location = Path(parsed.path) if parsed.scheme == "file" else VAR / "files"
    options = {"location": str(location), "allow_overwrite": True}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES = {
    "default": _file_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CACHES: dict[str, Any] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.redis_url}
        if ENV.redis_url
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
    )
}

# Ladder: AI request 60 s < lease 90 s; child limit < task timeout < redelivery. The database, not the queue, is the truth.
Q_CLUSTER: dict[str, Any] = {
    "name": "autohvac",
    "workers": ENV.workers,
    "timeout": 300,
    "retry": 960,
    "queue_limit": ENV.workers,
    "bulk": 1,
    "ack_failures": True,
    "max_attempts": 1,
    "recycle": 50,
    "save_limit": 500,
    "catch_up": False,
    "poll": 0.5,
    "guard_cycle": 0.5,
    "label": "Queue",
    "ALT_CLUSTERS": {},
}
Q_CLUSTER |= {"redis": ENV.redis_url} if ENV.redis_url else {"orm": "default"}

PIPELINE = {
    "validate": "blueprints.stages.ValidateStage",
    "pages": "blueprints.stages.PagesStage",
    "geometry": "blueprints.stages.GeometryStage",
    "text": "blueprints.stages.TextStage",
    "cleanup": "blueprints.stages.CleanupStage",
    "loads": "calculations.stages.LoadsStage",
    "report": "reports.stages.ReportStage",
    "audit": "audit.stages.AuditStage",
}
PIPELINE_MAX_ATTEMPTS = 5
PIPELINE_LEASE_S = ENV.lease_seconds
CHILD_MEMORY_MB = ENV.child_mb
CHILD_SECONDS = ENV.child_seconds
UPLOAD_MAX_BYTES = ENV.max_mb * 1024 * 1024
UPLOAD_MAX_PAGES = ENV.max_pages
WEBHOOK_PRIVATE = ENV.webhook_private
ALERT_EMAIL, ALERT_WEBHOOK = ENV.alert_email, ENV.alert_webhook
ALERT_SECRET = ENV.alert_secret.get_secret_value()
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'console' if ENV.email_url == 'console' else 'smtp'}.EmailBackend"
)
EMAIL_SERVER = urlparse(ENV.email_url)
EMAIL_HOST, EMAIL_PORT = EMAIL_SERVER.hostname or "localhost", EMAIL_SERVER.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    unquote(EMAIL_SERVER.username or ""),
    unquote(EMAIL_SERVER.password or ""),
)
EMAIL_USE_SSL, EMAIL_USE_TLS = (
    EMAIL_SERVER.scheme == "smtps",
    EMAIL_SERVER.scheme == "smtp" and EMAIL_PORT == 587,
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENV.email_from
OPENAI_API_KEY = ENV.openai_api_key.get_secret_value()
OPENAI_BASE_URL = ENV.openai_base_url
OPENAI_MODEL = ENV.openai_model
AI_TIMEOUT_S = ENV.ai_timeout_s
AI_SILENCE_S, AI_DEADLINE_S, AI_BACKOFF_S = 20.0, 100.0, 1.0
AI_STREAM, AI_VISION, AI_RECORD = ENV.ai_stream, ENV.ai_vision, ENV.ai_record
AI_RUN_TOKENS, AI_DAY_TOKENS, AI_DAY_USD = ENV.ai_run_tokens, ENV.ai_day_tokens, ENV.ai_day_usd
AI_USD_PER_MILLION = ENV.ai_usd_per_million

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "autohvac.api.auth.DeviceTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "autohvac.api.pagination.NewestFirst",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PARSER_CLASSES": [
        "autohvac.api.parsers.PlainJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "autohvac.api.problems.problem_handler",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min"},
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "AutoHVAC",
    "DESCRIPTION": "House plans in, room-by-room ACCA Manual J (8th ed.) loads out.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"autohvac": {"level": "INFO"}, "django_q": {"level": "WARNING"}},
}
