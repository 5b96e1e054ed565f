"""App configuration."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Shared parts of the HTTP API."""

    name = "autohvac.api"
    label = "api"
