"""The one door for bulk writes: they leave history like single saves do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from audit.context import current_actor
from audit.history import actor_attributes

M = TypeVar("M", bound=models.Model)


def create_tracked(model: type[M], objects: Iterable[M]) -> list[M]:
    """Insert many rows with their history."""
    rows = list(objects)
    if not rows:
        return []
    actor = current_actor()
    created: list[M] = bulk_create_with_history(
        rows,
        model,
        default_user=actor.user,
        default_change_reason=actor.reason or None,
        custom_historical_attrs=actor_attributes(),
    )
    return created


def update_tracked(model: type[M], objects: Iterable[M], fields: Sequence[str]) -> int:
    """Update many rows with their history; `updated_at` is kept true."""
    rows: list[Any] = list(objects)
    if not rows:
        return 0
    now = timezone.now()
    for row in rows:
        row.updated_at = now
    actor = current_actor()
    return bulk_update_with_history(
        rows,
        model,
        [*fields, "updated_at"],
        default_user=actor.user,
        default_change_reason=actor.reason or None,
        custom_historical_attrs=actor_attributes(),
    )


def save_if_changed(row: models.Model, **values: Any) -> bool:
    """Set fields and save only when one differs; returns whether it was saved."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save()
    return bool(changed)
