"""What the queue calls: two strings in, nothing out."""

from __future__ import annotations

from uuid import UUID


def run_stage(run_id: str, stage: str) -> str:
    """Execute one stage if it is due and free."""
    from autohvac.pipeline.runner import (
        execute_stage,  # apps are not loaded when the queue imports this module
    )

    return execute_stage(UUID(run_id), stage)


def deliver(delivery_id: str) -> str:
    """Send one message of the outbox."""
    from autohvac.api.outbox import deliver as send

    return send(UUID(delivery_id))


def sweep() -> str:
    """Repair from the database what the queue lost."""
    from autohvac.pipeline.sweep import sweep_once

    return str(sweep_once())


def clean_up() -> str:
    """Remove rows of failed queue tasks older than a month; the pipeline's own rows are the record."""
    from datetime import timedelta

    from django.utils import timezone
    from django_q.models import Failure

    old = Failure.objects.filter(stopped__lt=timezone.now() - timedelta(days=30))
    return str(old.delete()[0])
