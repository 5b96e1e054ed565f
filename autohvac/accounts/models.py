"""People, firms, roles, customers and device tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel


class UserManager(BaseUserManager["User"]):
    """Users sign in by email."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new user with a normalised email."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A site operator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(BaseModel, AbstractUser):
    """A person. Deactivated, never deleted: history keeps pointing here."""

    username = None  # type: ignore[assignment]  # sign-in is by email
    email = models.EmailField(_("email"), unique=True)
    locale = models.CharField(max_length=5, default="en")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[assignment,misc]  # replaces AbstractUser's manager by ours
    history = tracked(excluded=("password", "last_login"))

    def __str__(self) -> str:
        return self.email


class Organization(BaseModel):
    """A firm, or the household of a homeowner."""

    TENANT = "pk"
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    licence_no = models.CharField(max_length=80, blank=True)
    locale = models.CharField(max_length=5, default="en")

    objects = TenantManager()
    history = tracked()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member of a firm may do."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Administrator")
    DESIGNER = "designer", _("Designer")
    REVIEWER = "reviewer", _("Reviewer")
    SALES = "sales", _("Sales")
    VIEWER = "viewer", _("Viewer")


class Membership(BaseModel):
    """A user's role in a firm."""

    TENANT = "organization"
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    objects = TenantManager()
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organization"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Customer(BaseModel):
    """Whom a firm works for; with a user, they can sign in and see their own projects."""

    TENANT = "organization"
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="customers")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="customer_of"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = TenantManager()
    history = tracked()

    def __str__(self) -> str:
        return self.name


class DeviceToken(BaseModel):
    """A revocable, expiring API token of one device; only its digest is kept."""

    TENANT = "organization"
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="device_tokens")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    history = tracked(excluded=("last_used_at", "digest"))

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
