"""`manage.py seed_demo`: one firm with one user per role; random passwords, printed once. Again: nothing."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from audit.context import acting
from autohvac.accounts.models import Customer, Membership, Organization, Role, User
from autohvac.commands import Command as BaseCommand
from autohvac.commands import prepare_embedded_database

SLUG = "demo"


class Command(BaseCommand):
    """Make the demo firm."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed once."""
        prepare_embedded_database()
        with acting(None, source="command", reason="seed"), transaction.atomic():
            organization, new = Organization.objects.get_or_create(
                slug=SLUG, defaults={"name": "Demo Heating & Air"}
            )
            if not new:
                self.stdout.write("demo firm is there already")
                return
            self._users(organization)

    def _users(self, organization: Organization) -> None:
        self.stdout.write("sign in at /login/ (staff also at /admin/) with:")
        for role in Role.values:
            password = secrets.token_urlsafe(12)
            user = User.objects.create_user(f"{role}@demo.example", password, is_staff=True)
            Membership.objects.create(user=user, organization=organization, role=role)
            self.stdout.write(f"  {user.email:<24} {password}")
        password = secrets.token_urlsafe(12)
        customer = User.objects.create_user("customer@demo.example", password)
        Customer.objects.create(
            organization=organization, user=customer, name="Demo Customer", email=customer.email
        )
        self.stdout.write(f"  {customer.email:<24} {password}")
