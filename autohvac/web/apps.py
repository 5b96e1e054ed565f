"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebConfig(AppConfig):
    """Shared parts of the pages, and what must be true after every migrate."""

    name = "autohvac.web"
    label = "web"

    def ready(self) -> None:
        """Make sure of the queue's schedules after migrations, and of a sweep whenever a worker starts."""
        from django.apps import apps
        from django_q.signals import post_spawn

        from autohvac.pipeline.schedules import ensure_schedules, sweep_at_start

        post_migrate.connect(
            ensure_schedules, sender=apps.get_app_config("django_q"), dispatch_uid="schedules"
        )
        post_spawn.connect(sweep_at_start, dispatch_uid="sweep_at_start")
