"""Ring for a stage once the present transaction stands. The only place that sends to django-q2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import transaction
from django_q.brokers import get_broker
from django_q.tasks import async_task

_silent: ContextVar[bool] = ContextVar("doorbell_silent", default=False)


@contextmanager
def silenced() -> Iterator[None]:
    """No message to the queue: the caller runs the stages itself."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def ring(run_id: UUID | Any, stage: str) -> None:
    """Ask a worker to look at this stage. May be lost or doubled: the database decides, the sweep repairs."""
    if _silent.get():
        return
    transaction.on_commit(
        lambda: async_task(
            "autohvac.pipeline.tasks.run_stage", str(run_id), stage, task_name=f"{stage} {run_id}"[:100]
        ),
        robust=True,  # with the broker down the commit stands and the sweep will ring
    )


def ring_delivery(delivery_id: UUID | Any) -> None:
    """Ask a worker to send a webhook's message. May be lost or doubled as any ring."""
    transaction.on_commit(
        lambda: async_task(
            "autohvac.pipeline.tasks.deliver", str(delivery_id), task_name=f"webhook {delivery_id}"
        ),
        robust=True,
    )


def queue_size() -> int:
    """Messages that no worker has taken yet."""
    return int(get_broker().queue_size())
