"""App configuration."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """What runs, what waits and why; what leaves its usual band."""

    name = "autohvac.monitor"
    label = "monitor"
