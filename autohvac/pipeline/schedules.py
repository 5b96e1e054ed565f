"""The queue's schedules, made sure of after every migrate."""

from __future__ import annotations

from typing import Any

from django_q.models import Schedule


def ensure_schedules(sender: Any, **kwargs: Any) -> None:
    """A sweep each minute, a look at the figures every five, a clean-up of old task rows each day."""
    for name, function, every in (
        ("sweep", "autohvac.pipeline.tasks.sweep", {"schedule_type": Schedule.MINUTES, "minutes": 1}),
        ("watch", "autohvac.pipeline.tasks.watch", {"schedule_type": Schedule.MINUTES, "minutes": 5}),
        ("clean-up", "autohvac.pipeline.tasks.clean_up", {"schedule_type": Schedule.DAILY}),
    ):
        Schedule.objects.get_or_create(name=name, defaults={"func": function, "repeats": -1, **every})


def sweep_at_start(sender: Any, **kwargs: Any) -> None:
    """A worker that starts first rings for what an earlier cluster left, without waiting for the minute."""
    from autohvac.pipeline.sweep import sweep_once  # models are not ready when apps are set up

    sweep_once()
