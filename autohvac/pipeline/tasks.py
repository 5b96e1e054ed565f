"""What the queue calls: two strings in, nothing out."""

from __future__ import annotations

from uuid import UUID

CHOICES = 4
NOTHING_DONE = ("not due", "held or finished")


def run_stage(run_id: str, stage: str) -> str:
    """There is work: take the stage whose turn it is, by default the one that was rung for."""
    from autohvac.pipeline.fair import next_stage  # apps are not loaded when the queue imports this module
    from autohvac.pipeline.runner import execute_stage

    for _ in range(CHOICES):
        outcome = execute_stage(*next_stage(UUID(run_id), stage))
        if (
            outcome not in NOTHING_DONE
        ):  # else another worker was quicker: the ring still serves the next in turn
            break
    return outcome


def deliver(delivery_id: str) -> str:
    """Send one message of the outbox."""
    from autohvac.api.outbox import deliver as send

    return send(UUID(delivery_id))


def sweep() -> str:
    """Repair from the database what the queue lost."""
    from autohvac.pipeline.sweep import sweep_once

    return str(sweep_once())


def watch() -> str:
    """See whether anything has left its usual band."""
    from autohvac.monitor.watch import watch as look

    return f"{len(look())} alerts open"


def clean_up() -> str:
    """Remove rows of failed queue tasks, for the pipeline's own are the record, and work folders of killed workers."""
    from datetime import timedelta

    from django.utils import timezone
    from django_q.models import Failure

    from autohvac.pipeline.workdirs import remove_old

    old = Failure.objects.filter(stopped__lt=timezone.now() - timedelta(days=30))
    return f"{old.delete()[0]} rows, {remove_old()} folders"
