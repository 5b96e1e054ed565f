"""Clients and rows for the edges."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from tests.edges.rows import Whole, make_whole


@pytest.fixture(autouse=True)
def fresh_edges(settings: Any) -> None:
    """No throttle left from another test; quick password digests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def whole(db: Any) -> Whole:
    return make_whole()


@pytest.fixture
def page(client: Any, whole: Whole) -> Any:
    """A browser without JavaScript, signed in as the firm's owner."""
    client.force_login(whole.user)
    return client


@pytest.fixture
def api(whole: Whole) -> APIClient:
    """A device of the firm's owner."""
    device = APIClient()
    device.credentials(HTTP_AUTHORIZATION=f"Bearer {whole.clear_token}")
    return device
