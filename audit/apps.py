"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """History, events, chain and seal."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"
