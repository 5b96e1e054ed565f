"""Words, numbers and small pictures in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format

from autohvac.web import corrections, words
from blueprints.models import StageStatus

register = template.Library()
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
GOOD, BUSY, BAD = (
    ("completed", "done", "final", "confirmed"),
    ("queued", "running"),
    ("failed", "dead", "cancelled"),
)


@register.filter
def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands separators; a dash when there is none."""
    return "–" if value is None else number_format(round(value, digits), digits, force_grouping=True)


@register.filter
def word(code: str) -> str:
    """The word for a code."""
    return words.word(str(code))


@register.filter
def stage_status(status: str) -> Any:
    """The word for a stage's status."""
    return StageStatus(status).label


@register.filter
def season(name: str) -> str:
    """The word for a part of the year's loads."""
    return str(words.SEASONS[name])


@register.filter
def label(field: str) -> Any:
    """The label of a field."""
    return words.label_of(str(field))


@register.filter
def part(code: str) -> str:
    """The name of a component."""
    return words.part(code)


@register.filter
def translated(text: str) -> str:
    """A sentence of ours that is kept in the database."""
    return words.question_text(text)


@register.filter
def percent(share: float | None) -> str:
    """0.87 as 87 %."""
    return "–" if share is None else f"{round(100 * share)} %"


@register.filter
def tone(status: str) -> str:
    """The tone of a status badge."""
    for name, members in (("good", GOOD), ("busy", BUSY), ("bad", BAD)):
        if status in members:
            return name
    return "plain" if status in ("blocked", "pending", "draft", "superseded") else "warn"


@register.filter
def compass(deg: float | None) -> str:
    """170 as S."""
    return "–" if deg is None else COMPASS[round(deg / 45) % 8]


@register.filter
def signed(value: float | None) -> str:
    """A difference with its sign; a dash when there is none."""
    if value is None:
        return "–"
    text = number_format(abs(round(value)), 0, force_grouping=True)
    return f"+{text}" if round(value) > 0 else f"−{text}" if round(value) < 0 else "±0"


@register.filter
def correction(row: Any) -> str:
    """A recorded correction as a sentence."""
    return corrections.sentence(row)


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as 0.4 s, 12 s or 3:05 min."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{int(seconds // 60)}:{int(seconds % 60):02d} min"


@register.filter
def field_value(value: Any, field: str = "") -> str:
    """A building value: numbers tidy, words in words."""
    if isinstance(value, bool) or value is None:
        return "–" if value is None else str(value)
    if isinstance(value, int | float):
        return f"{value:g}"
    return words.word(str(value), field=field)
