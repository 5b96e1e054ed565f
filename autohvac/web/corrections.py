"""Recorded corrections in words, for the list of changes."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from autohvac.web import words
from autohvac.web.drawing import POINTS_PER_INCH
from blueprints.models import Correction


def sentence(row: Correction) -> str:
    """What a correction says, with the value before and after where there are two."""
    name, value = words.word(str(row.before.get("name") or row.target_key)), row.value
    if row.target_key == "change":
        return _("Taken back: %(name)s") % {"name": name}
    said = _of_outline(row.field, name, value)
    if said:
        return said
    if row.target_key == "facts":
        return _fact(row)
    if row.field == "deleted":
        return (
            _("%(name)s removed") % {"name": name} if value else _("%(name)s is there again") % {"name": name}
        )
    return _("%(name)s: %(field)s %(before)s → %(after)s") % {
        "name": name,
        "field": words.label_of(row.field),
        "before": _shown(row.before.get("value")),
        "after": _shown(value),
    }


def _of_outline(field: str, name: str, value: Any) -> str:
    if field == "split":
        first, second = (part["name"] for part in value["parts"])
        return _("%(name)s split in %(first)s and %(second)s") % {
            "name": name,
            "first": first,
            "second": second,
        }
    if field == "merge":
        others = ", ".join(str(other.get("name") or other["key"]) for other in value["rooms"])
        return _("%(name)s merged with %(others)s") % {"name": name, "others": others}
    if field == "edge":
        return _("A wall of %(name)s moved by %(feet)s ft") % {"name": name, "feet": _shown(value["by_ft"])}
    if field in ("room", "opening"):
        return _("%(name)s added") % {"name": name}
    return ""


def _fact(row: Correction) -> str:
    before, after = row.before.get("value"), row.value
    if row.field.startswith("scale:"):
        inch = [_feet(v) for v in (before, after)]
        return _("Scale: one inch of the sheet is %(before)s → %(after)s ft") % {
            "before": inch[0],
            "after": inch[1],
        }
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": words.label_of(row.field),
        "before": _shown(before),
        "after": _shown(after),
    }


def _feet(feet_per_point: Any) -> str:
    return "–" if feet_per_point is None else _number(POINTS_PER_INCH * float(feet_per_point), digits=3)


def _number(value: float, *, digits: int) -> str:
    rounded = round(value, digits)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _number(value, digits=2)
    return words.word(str(value))
