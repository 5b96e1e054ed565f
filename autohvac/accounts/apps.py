"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, firms and who may see what."""

    name = "autohvac.accounts"
    label = "accounts"
