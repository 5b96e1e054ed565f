"""App configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Loads to documents: stage 7."""

    name = "reports"
