"""App configuration."""

from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    """From bytes to Building: stages 1 to 5."""

    name = "blueprints"
