"""Rows for tests."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from autohvac.accounts.models import Membership, Organization, Role, User
from autohvac.core.digest import sha256_bytes
from blueprints.models import Blueprint, PipelineRun, Project
from blueprints.services.runs import run_start

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def make_user(email: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(email or f"user{next(_numbers)}@example.com", PASSWORD, **fields)


def make_firm(name: str | None = None) -> Organization:
    return Organization.objects.create(name=name or f"Firm {next(_numbers)}", slug=uuid.uuid4().hex[:12])


def make_member(organization: Organization | None = None, *, role: str = Role.OWNER, **fields: Any) -> User:
    user = make_user(**fields)
    Membership.objects.create(user=user, organization=organization or make_firm(), role=role)
    return user


def make_project(organization: Organization | None = None, **fields: Any) -> Project:
    values = {"name": f"House {next(_numbers)}", "zip_code": "52401"} | fields
    return Project.objects.create(organization=organization or make_firm(), **values)


def make_blueprint(project: Project | None = None, *, content: bytes = b"%PDF-1.7 test") -> Blueprint:
    digest = sha256_bytes(content + uuid.uuid4().bytes)
    name = default_storage.save(f"plans/{digest}.pdf", ContentFile(content))
    return Blueprint.objects.create(
        project=project or make_project(),
        file=name,
        sha256=digest,
        size=len(content),
        original_name="plan.pdf",
    )


def make_run(blueprint: Blueprint | None = None) -> PipelineRun:
    return run_start(blueprint=blueprint or make_blueprint(), actor=None)
