"""ReportDocument: built once, every number final. PDF, JSON and CSV read this and compute nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blueprints.plan.building import Building, ReviewNote
from reports.evidence import evidence_of, place_text
from reports.form import conditioned_text, design_pairs, fact_text, front_text, reviewer_form
from reports.numbers import number
from reports.parts import Footnote, Item, Pairs, ReportDocument, ReportIn, TraceRow, Warned
from reports.schedule import House, surface_groups, surfaces_total
from reports.tables import (
    answer_lines,
    bridge,
    component_tables,
    driver_lines,
    glass_hours,
    glass_peak,
    room_groups,
    room_marks,
)
from reports.texts import Text, field_name, ours, plain, sentence

ITEM_NAMES = {
    "label": ours("Name on the plan"),
    "scale": ours("Scale"),
    "drawing": ours("Drawing"),
    "space": ours("Closed space"),
    "totals.conditioned_sqft": ours("Conditioned floor area"),
}
STATES = {"open": ours("Open"), "confirmed": ours("Confirmed"), "corrected": ours("Corrected")}
OPEN = "open"


def build_document(inp: ReportIn) -> ReportDocument:
    """Every number of the report, final."""
    loads, building = inp.loads, inp.building
    marks = room_marks(loads["rooms"])
    groups, total = room_groups(loads, building)
    evidence, evidence_notes = evidence_of(building, marks=marks)
    trace, sources = trace_rows(inp, marks=marks)
    items = review_items(building, verified=inp.verified)
    return ReportDocument(
        title=inp.facts.get("name", ""), status=inp.status, locale=inp.locale, run_id=inp.run_id, run_code=inp.run_code,
        run_time=inp.run_time, open_items=sum(item.is_open for item in items), facts=inp.facts,
        method=loads["method"], engine_version=loads["engine_version"], answer=answer_lines(loads["block"]),
        interval=_interval(loads), house=_house(inp), drivers=driver_lines(loads), pictures=inp.pictures,
        tables=component_tables(loads["block"]), rooms=groups, room_total=total, bridge=bridge(loads),
        hours=glass_hours(loads["aed_curve"]), glass_peak=glass_peak(loads["aed_curve"]),
        surfaces=surface_groups(loads, building, inp.trace, marks=marks), surfaces_total=surfaces_total(loads),
        reviewer=reviewer_form(inp, rooms=total), design=design_pairs(inp), items=items, warnings=_warnings(loads),
        evidence=evidence, evidence_notes=evidence_notes, trace=trace, trace_sources=sources, twin=_twin(inp),
    )  # fmt: skip


def review_items(building: Building, *, verified: Mapping[str, str]) -> tuple[Item, ...]:
    """What is to be verified, what is still open first, then by the load at stake."""
    notes = sorted(
        building.review, key=lambda n: (verified.get(n.field, OPEN) != OPEN, -(n.stake_btuh or 0.0))
    )
    return tuple(_item(note, state=verified.get(note.field, OPEN)) for note in notes)


def _item(note: ReviewNote, *, state: str) -> Item:
    stake = number(note.stake_btuh, unit="Btu/h") if note.stake_btuh is not None else ""
    return Item(
        name=_item_name(note.field),
        reason=sentence(note.reason),
        stake=stake,
        place=place_text(note.where),
        state=STATES[state],
        is_open=state == OPEN,
    )


def _item_name(field: str) -> Text:
    base = field if field in ITEM_NAMES else field.split(":")[0]
    return ITEM_NAMES.get(base) or field_name(field)


def _interval(loads: Mapping[str, Any]) -> dict[str, str]:
    interval = loads.get("interval")
    if not interval:
        return {}
    shown = {
        name: f"{number(interval[key][0])} – {number(interval[key][1])}"
        for name, key in (("heating", "heating_total"), ("cooling", "cooling_total"))
    }
    return {**shown, "coverage": f"{100 * interval['coverage']:.0f} %"}


def _house(inp: ReportIn) -> Pairs:
    """The house in a few words, for the cover."""
    building, design = inp.building, inp.loads["design"]
    outdoor = f"{number(design['heating_db_f'], places=1)} / {number(design['cooling_db_f'], places=1)} °F"
    rows = [
        (ours("Conditioned floor area"), conditioned_text(building)),
        (ours("Rooms with a load"), plain(str(len(inp.loads["rooms"])))),
        (ours("Bedrooms"), fact_text(building, "bedrooms")),
        (ours("Front door faces"), front_text(inp)),
        (ours("Year built"), fact_text(building, "year_built")),
        (ours("Designed for outdoors, winter / summer"), plain(outdoor)),
        (ours("Weather station"), plain(building.design.station if building.design else design["source"])),
    ]
    return tuple(rows)


def _warnings(loads: Mapping[str, Any]) -> tuple[Warned, ...]:
    """Warnings by code in the order given; the same case once."""
    found: dict[str, dict[str, None]] = {}
    for warning in loads["warnings"]:
        cases = found.setdefault(warning["code"], {})
        if warning.get("message") not in (None, "", warning["code"]):
            cases[warning["message"]] = None
    return tuple(
        Warned(what=sentence(code), cases=tuple(sentence(case) for case in cases))
        for code, cases in found.items()
    )


def trace_rows(
    inp: ReportIn, *, marks: Mapping[str, str]
) -> tuple[tuple[TraceRow, ...], tuple[Footnote, ...]]:
    """The formulas of every figure, a row for each surface; sources as numbered footnotes."""
    house = House(inp.building, marks=marks)
    lines: dict[tuple[str, str, str | None, bool], dict[str, dict[str, Any]]] = {}
    for line in inp.trace:
        key = (line["component"], line["surface"], line["room"], line["season"] == "cooling_latent")
        lines.setdefault(key, {})["heating" if line["season"] == "heating" else "cooling"] = line
    sources: dict[str, str] = {}
    rows = []
    for (component, surface, room, latent), seasons in lines.items():
        what = house.what(component=component, surface=surface, room=room)
        heating, cooling = seasons.get("heating"), seasons.get("cooling")
        source = next(iter(seasons.values()))["source"]
        rows.append(
            TraceRow(
                what=ours("%(what)s, latent", what=what) if latent else what,
                room=marks.get(room or "", ""),
                heating=heating["formula"] if heating else "",
                heating_btuh=number(heating["value_btuh"], places=1) if heating else "",
                cooling=cooling["formula"] if cooling else "",
                cooling_btuh=number(cooling["value_btuh"], places=1) if cooling else "",
                mark=sources.setdefault(source, str(len(sources) + 1)),
            )
        )
    return tuple(rows), tuple(Footnote(mark=mark, text=sentence(source)) for source, mark in sources.items())


def _twin(inp: ReportIn) -> dict[str, Any]:
    return {
        "schema": "autohvac.report/1", "run": inp.run_code, "run_time": inp.run_time, "status": inp.status,
        "project": inp.facts, "loads": inp.loads, "building": inp.building.model_dump(mode="json"),
    }  # fmt: skip


__all__ = ["ReportDocument", "ReportIn", "build_document"]
