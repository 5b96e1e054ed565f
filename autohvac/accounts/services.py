"""Deeds around firms and people."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.text import slugify

from audit.chain import record
from audit.context import acting
from autohvac.accounts.models import Membership, Organization, Role, User


@transaction.atomic
def firm_sign_up(*, email: str, password: str, firm_name: str, locale: str = "en") -> User:
    """A new user who owns a new firm (or household)."""
    user = User.objects.create_user(email, password, locale=locale)
    with acting(user, source="page", reason="sign-up"):
        organization = Organization.objects.create(name=firm_name, slug=free_slug(firm_name), locale=locale)
        Membership.objects.create(user=user, organization=organization, role=Role.OWNER)
        record(organization.pk, kind="firm.created", obj=organization)
    return user


def free_slug(name: str) -> str:
    """A slug that is not taken."""
    slug = slugify(name)[:40] or "firm"
    return slug if not Organization.objects.filter(slug=slug).exists() else f"{slug}-{uuid.uuid4().hex[:8]}"
