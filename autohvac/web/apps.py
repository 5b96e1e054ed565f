"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebConfig(AppConfig):
    """Shared parts of the pages, and what must be true after every migrate."""

    name = "autohvac.web"
    label = "web"

    def ready(self) -> None:
        """Make sure of the queue's schedules after migrations."""
        from django.apps import apps

        from autohvac.pipeline.schedules import ensure_schedules

        post_migrate.connect(
            ensure_schedules, sender=apps.get_app_config("django_q"), dispatch_uid="schedules"
        )
