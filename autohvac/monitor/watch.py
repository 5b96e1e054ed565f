"""Every five minutes: what has left its usual band opens an alert, by mail and by a signed POST; what is back closes it."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from autohvac.api.outbox import BadTarget, post_signed
from autohvac.core.stage import STAGES
from autohvac.monitor.bands import FEWEST_NOW, Band, percentile, usual_band
from autohvac.monitor.figures import FORTNIGHT, waiting
from autohvac.monitor.models import Alert, AlertKind
from blueprints.models import Room, StageRun, StageStatus

log = logging.getLogger("autohvac.monitor")
RECENT = timedelta(hours=1)
LONGEST_WAIT_S = 900.0
USUAL_FAILURES = 0.2
ENDED = (StageStatus.DONE, StageStatus.PARTIAL, StageStatus.FAILED, StageStatus.DEAD)


@dataclass(frozen=True)
class Reading:
    """A figure of the last hour and the band it should lie in."""

    kind: AlertKind
    subject: str
    value: float
    band: Band


def watch() -> list[Alert]:
    """One round; the alerts that are open after it."""
    readings = list(_readings(timezone.now()))
    for reading in readings:
        _settle(reading)
    _close_silent({(reading.kind, reading.subject) for reading in readings})
    opened = list(Alert.objects.filter(closed_at=None))
    for alert in opened:
        _tell(alert)
    return opened


def _readings(now: datetime) -> Iterator[Reading]:
    yield from _durations(now)
    yield from _failures(now)
    _, age_s = waiting(StageRun.objects.all())
    yield Reading(AlertKind.QUEUE_OLD, "", age_s, Band(0.0, LONGEST_WAIT_S))
    yield from _confidence(now)


def _durations(now: datetime) -> Iterator[Reading]:
    rows = StageRun.objects.filter(
        finished_at__gt=now - FORTNIGHT, reused=False, started_at__isnull=False, status="done"
    )
    past: dict[str, list[float]] = defaultdict(list)
    recent: dict[str, list[float]] = defaultdict(list)
    for name, start, end in rows.values_list("name", "started_at", "finished_at"):
        (recent if end > now - RECENT else past)[name].append((end - start).total_seconds())
    for name in STAGES:
        band, value = usual_band(past[name]), percentile(recent[name], 0.5)
        if band is not None and value is not None and len(recent[name]) >= FEWEST_NOW:
            yield Reading(AlertKind.STAGE_SLOW, name, value, Band(0.0, band.high))


def _failures(now: datetime) -> Iterator[Reading]:
    rows = StageRun.objects.filter(finished_at__gt=now - RECENT, status__in=ENDED)
    ended: dict[str, list[bool]] = defaultdict(list)
    for name, status, code in rows.values_list("name", "status", "error_code"):
        ours = status == StageStatus.DEAD or code in ("stage_failed", "attempts_exhausted")
        ended[name].append(ours)
    for name, outcomes in ended.items():
        if len(outcomes) >= FEWEST_NOW:
            yield Reading(
                AlertKind.STAGE_FAILING, name, sum(outcomes) / len(outcomes), Band(0.0, USUAL_FAILURES)
            )


def _confidence(now: datetime) -> Iterator[Reading]:
    rows = Room.objects.filter(updated_at__gt=now - FORTNIGHT, confidence__isnull=False)
    past = list(rows.filter(updated_at__lte=now - RECENT).values_list("confidence", flat=True))
    recent = list(rows.filter(updated_at__gt=now - RECENT).values_list("confidence", flat=True))
    band, value = usual_band(past), percentile(recent, 0.5)
    if band is not None and value is not None and len(recent) >= FEWEST_NOW:
        yield Reading(AlertKind.CONFIDENCE_LOW, "", value, Band(band.low, 1.0))


def _settle(reading: Reading) -> None:
    found = Alert.objects.filter(kind=reading.kind, subject=reading.subject, closed_at=None).first()
    if reading.band.holds(reading.value):
        if found is not None:
            found.closed_at = timezone.now()
            found.save()
        return
    alert = found or Alert(kind=reading.kind, subject=reading.subject)
    alert.value, alert.low, alert.high = reading.value, reading.band.low, reading.band.high
    alert.save()


def _close_silent(heard: set[tuple[AlertKind, str]]) -> None:
    """A figure nobody measures any more cannot stay alarming."""
    for alert in Alert.objects.filter(closed_at=None):
        if (AlertKind(alert.kind), alert.subject) not in heard:
            alert.closed_at = timezone.now()
            alert.save()


def _tell(alert: Alert) -> None:
    if settings.ALERT_EMAIL and alert.mailed_at is None and _mailed(alert):
        alert.mailed_at = timezone.now()
        alert.save()
    if settings.ALERT_WEBHOOK and alert.posted_at is None and _posted(alert):
        alert.posted_at = timezone.now()
        alert.save()


def _mailed(alert: Alert) -> bool:
    text = f"{alert}\n\nSince {alert.created_at:%Y-%m-%d %H:%M} UTC.\n"
    try:
        return bool(send_mail(f"AutoHVAC: {alert}", text, None, [settings.ALERT_EMAIL]))
    except OSError as error:  # a mail server that is away or refuses; told in the next round
        log.warning("alert=%s mail=%s", alert.pk, type(error).__name__)
        return False


def _posted(alert: Alert) -> bool:
    message = {
        "id": str(alert.pk), "event": "alert.opened", "kind": alert.kind, "subject": alert.subject,
        "value": alert.value, "low": alert.low, "high": alert.high, "created_at": alert.created_at.isoformat(),
    }  # fmt: skip
    try:
        answered = post_signed(
            settings.ALERT_WEBHOOK, json.dumps(message).encode(), secret=settings.ALERT_SECRET, private=True
        )  # the operator's own choice of address
    except (httpx2.HTTPError, OSError, BadTarget):
        return False  # told in the next round
    return 200 <= answered < 300
