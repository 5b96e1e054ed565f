"""Deeds on projects."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from audit.bulk import save_if_changed
from audit.chain import record
from autohvac.accounts.models import Organization, User
from blueprints.models import Project


@transaction.atomic
def project_create(*, organization: Organization, actor: User | None, **fields: Any) -> Project:
    """A new project; validates its fields (ValidationError)."""
    project = Project(organization=organization, **fields)
    project.full_clean()
    project.save()
    record(organization.pk, kind="project.created", obj=project)
    return project


@transaction.atomic
def project_update(*, project: Project, actor: User | None, **fields: Any) -> Project:
    """Change a project; validates its fields (ValidationError)."""
    for name, value in fields.items():
        setattr(project, name, value)
    project.full_clean()
    before = Project.objects.get(pk=project.pk)
    if save_if_changed(before, **fields):
        record(
            project.organization_id, kind="project.changed", obj=project, payload={"fields": sorted(fields)}
        )
    return before
