"""App configuration."""

from django.apps import AppConfig


class CalculationsConfig(AppConfig):
    """Building to loads: stage 6."""

    name = "calculations"
