"""Where every value comes from: source, place on the sheets, confidence, note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from autohvac.core.evidence import Sourced, Where
from blueprints.plan.building import FIELDS, Building, LevelSpec, OpeningSpec, RoomSpec
from reports.numbers import number
from reports.parts import Evidence, EvidenceGroup, Footnote
from reports.texts import NOTHING, Text, field_name, ours, plain, sentence, word

POINTS_PER_INCH = 72.0
CONSTRUCTION = "default construction "  # how the notes of all default constructions go on
LONG = 40  # letters from which a repeated note becomes a footnote
DESIGN_FIELDS = (
    "heating_db_f", "cooling_db_f", "indoor_heating_f", "indoor_cooling_f", "indoor_rh", "grains_difference",
    "daily_range", "latitude", "elevation_ft",
)  # fmt: skip


def evidence_of(
    building: Building, *, marks: Mapping[str, str]
) -> tuple[tuple[EvidenceGroup, ...], tuple[Footnote, ...]]:
    """All values by kind, and the notes that several of them share. Openings without a load are left out."""
    groups = [
        (ours("The house"), [_fact(name, building.facts[name]) for name in _known(building)]),
        (ours("Design conditions"), _design(building)),
        (ours("Sheets: scale and north"), [row for level in building.levels for row in _level(level)]),
        (ours("Rooms"), [_room(room, marks) for room in building.rooms]),
        (ours("Windows and doors to the outside"), _openings(building, marks)),
    ]
    notes = _shared(row.note for _, rows in groups for row in rows)
    marked = tuple(
        EvidenceGroup(title=title, rows=tuple(_marked(row, notes) for row in rows))
        for title, rows in groups
        if rows
    )
    return marked, tuple(Footnote(mark=mark, text=sentence(text)) for text, mark in notes.items())


def value_text(field: str, fact: Sourced[Any]) -> Text:
    """A value as people read it, with its unit."""
    value = fact.value
    if value is None:
        return ours("not known")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return word(str(value))
    if field == "year_built":
        return plain(f"{value:.0f}")
    return plain(f"{tidy(value)} {fact.unit}".strip())


def tidy(value: float) -> str:
    """Up to three places, none if they are zeros."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def place_text(where: Where | None) -> Text:
    """The sheet, and the middle of the place in inches from the sheet's left and top edge."""
    if where is None:
        return NOTHING
    x0, y0, x1, y1 = where.bbox
    across, down = ((x0 + x1) / 2 / POINTS_PER_INCH, (y0 + y1) / 2 / POINTS_PER_INCH)
    return ours("sheet %(page)s, %(x)s × %(y)s", page=str(where.page), x=f"{across:.1f}", y=f"{down:.1f}")


def _known(building: Building) -> list[str]:
    """Facts with a value, in the order of the vocabulary."""
    order = [*FIELDS, *sorted(set(building.facts) - set(FIELDS))]
    return [name for name in order if name in building.facts and building.facts[name].known]


def _row(name: Text, value: Text, fact: Sourced[Any], *, note: Text | None = None) -> Evidence:
    return Evidence(
        name=name,
        value=value,
        source=word(fact.source),
        place=place_text(fact.where),
        confidence=f"{100 * fact.confidence:.0f} %",
        note=note if note is not None else _note(fact),
    )


def _note(fact: Sourced[Any]) -> Text:
    """A note read from a sheet is a quotation; others are ours."""
    return plain(fact.note) if fact.source == "read" else sentence(fact.note)


def _fact(name: str, fact: Sourced[Any]) -> Evidence:
    return _row(field_name(name), value_text(name, fact), fact)


def _design(building: Building) -> list[Evidence]:
    if building.design is None:
        return []
    return [_fact(name, getattr(building.design, name)) for name in DESIGN_FIELDS]


def _level(level: LevelSpec) -> list[Evidence]:
    scale = level.scale
    notation = scale.notation or f"{1 / scale.feet_per_point:.2f} pt = 1 ft"
    agree = ours("agreed by: %(sources)s", sources=", ".join(s.replace("_", " ") for s in scale.sources))
    return [
        Evidence(
            name=ours("%(level)s: scale", level=level.name),
            value=plain(notation),
            source=word("read"),
            place=ours("sheet %(page)s", page=str(level.page)),
            confidence=f"{100 * scale.confidence:.0f} %",
            note=agree,
        ),
        _row(
            ours("%(level)s: north, clockwise from the top of the sheet", level=level.name),
            value_text("north_deg", level.north_deg),
            level.north_deg,
        ),
    ]


def _room(room: RoomSpec, marks: Mapping[str, str]) -> Evidence:
    mark = marks.get(room.id, "")
    size = room.printed_size_ft
    printed = (
        ours("printed size %(w)s × %(l)s ft", w=f"{size[0]:.1f}", l=f"{size[1]:.1f}") if size else NOTHING
    )
    area, height = room.area_sqft, room.ceiling_height_ft
    value = number(area.value, places=1, unit="ft²")
    return _row(
        plain(f"{mark} {room.name}".strip()),
        ours("%(area)s, ceiling %(height)s", area=value, height=f"{tidy(height.value)} ft")
        if room.conditioned and height.value is not None
        else plain(value)
        if room.conditioned
        else ours("%(area)s, not heated", area=value),
        area if area.where is not None else area.model_copy(update={"where": room.where}),
        note=printed,
    )


def _openings(building: Building, marks: Mapping[str, str]) -> list[Evidence]:
    return [
        _opening(opening, building, marks)
        for opening in building.openings
        if opening.exterior and opening.kind != "opening"
    ]


def _opening(opening: OpeningSpec, building: Building, marks: Mapping[str, str]) -> Evidence:
    x, y = opening.at_pt
    here = Where(page=opening.page, bbox=(x, y, x, y))
    names = {room.id: room.name for room in building.rooms}
    room = marks.get(opening.room or "") or names.get(opening.room or "", "—")
    name = ours("%(kind)s %(tag)s in room %(room)s", kind=word(opening.kind), tag=opening.tag, room=room)
    width, height = opening.width_ft, opening.height_ft
    sides = [number(side.value, places=2) for side in (width, height)]
    glass = [f"U {tidy(opening.u_factor.value)}"] if opening.u_factor.value is not None else []
    glass += [f"SHGC {tidy(opening.shgc.value)}"] if opening.shgc.value is not None else []
    seen = width.model_copy(update={"where": here, "confidence": opening.confidence})
    return _row(name, plain(", ".join([f"{sides[0]} × {sides[1]} ft", *glass])), seen, note=_sources(opening))


def _sources(opening: OpeningSpec) -> Text:
    """Where height, U and SHGC come from, when that is not where the width comes from."""
    facts = (opening.height_ft, opening.u_factor, opening.shgc)
    if all(fact.source == opening.width_ft.source or not fact.known for fact in facts):
        return NOTHING
    return ours(
        "height: %(height)s; U: %(u)s; SHGC: %(shgc)s",
        height=_source(facts[0]),
        u=_source(facts[1]),
        shgc=_source(facts[2]),
    )


def _source(fact: Sourced[Any]) -> Text:
    return word(fact.source) if fact.known else ours("not known")


def _shared(notes: Iterable[Text]) -> dict[str, str]:
    """Long notes, or their common part, that occur more than once: numbered in their order."""
    counted = Counter(_halves(note.text)[1] for note in notes if note.kind in ("sentence", "plain"))
    repeated = [common for common, count in counted.items() if count > 1 and len(common) > LONG]
    return {common: str(index) for index, common in enumerate(repeated, start=1)}


def _halves(note: str) -> tuple[str, str]:
    """What a note says of its own value, and the source it shares with others."""
    head, found, tail = note.partition(f"; {CONSTRUCTION}")
    return (head, f"{CONSTRUCTION}{tail}") if found else ("", note)


def _marked(row: Evidence, notes: Mapping[str, str]) -> Evidence:
    own, common = _halves(row.note.text)
    mark = notes.get(common)
    if mark is not None:
        return row.model_copy(update={"note": sentence(own) if own else NOTHING, "mark": mark})
    if own:
        return row.model_copy(
            update={"note": ours("%(own)s; %(source)s", own=sentence(own), source=sentence(common))}
        )
    return row
