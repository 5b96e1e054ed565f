"""What a report document is made of: every number is text already and nothing is left to compute."""

from __future__ import annotations

from typing import Any

from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from reports.texts import NOTHING, Text

Pairs = tuple[tuple[Text, Text], ...]


class Picture(Frozen):
    """A drawn level: the file of its picture, the level's name, its sheet and the scale it was read at."""

    path: str
    level: str
    page: int
    scale: str = ""


class ReportIn(Frozen):
    """What stage 7 works from.

    `verified` are the fields of review items a person has closed, and how; `trace` are the engine's lines.
    """

    building: Building
    loads: dict[str, Any]  # JSON document of the contract
    trace: tuple[dict[str, Any], ...] = ()  # lines of the engine
    facts: dict[str, str] = {}
    verified: dict[str, str] = {}
    pictures: tuple[Picture, ...] = ()
    run_id: str = ""
    run_code: str
    run_time: str
    status: str
    locale: str = "en"


class Line(Frozen):
    """A labelled number: its value, as printed, and its share of the longest in the table (0…100)."""

    label: Text
    value: float
    shown: str
    bar: int = 0
    note: Text = NOTHING


class Table(Frozen):
    """Components of one season; the printed parts add up to the printed total."""

    season: str
    title: Text
    lines: tuple[Line, ...]
    total: Line


class RoomRow(Frozen):
    """One room as printed, with the lengths of its bars."""

    mark: str
    name: Text
    area: str
    heating: str
    sensible: str
    heating_cfm: str
    cooling_cfm: str
    design_cfm: str
    heating_bar: int = 0
    sensible_bar: int = 0


class RoomGroup(Frozen):
    """The rooms of one level; `total` adds them up as printed."""

    level: str
    rooms: tuple[RoomRow, ...]
    total: RoomRow


class Bridge(Frozen):
    """From the sum of the rooms to the block: what the rooms do not carry. Printed figures add up."""

    lines: tuple[tuple[Text, str, str], ...]


class SurfaceRow(Frozen):
    """One surface, opening or other cause of load, with its factors."""

    what: Text
    room: str
    faces: Text
    area: str
    u_factor: str
    heating_delta: str
    heating_htm: str
    cooling_delta: str
    cooling_htm: str
    heating: str
    sensible: str
    latent: str


class SurfaceGroup(Frozen):
    """All rows of a component; the printed rows add up to the printed component."""

    component: Text
    rows: tuple[SurfaceRow, ...]
    heating: str
    sensible: str
    latent: str


class Evidence(Frozen):
    """One value the calculation used, and why it is believed; `mark` points to a footnote."""

    name: Text
    value: Text
    source: Text
    place: Text
    confidence: str
    note: Text
    mark: str = ""


class EvidenceGroup(Frozen):
    """Values of one kind."""

    title: Text
    rows: tuple[Evidence, ...]


class Footnote(Frozen):
    """A source named several times."""

    mark: str
    text: Text


class Item(Frozen):
    """Something to verify, and where that stands."""

    name: Text
    reason: Text
    stake: str
    place: Text
    state: Text
    is_open: bool


class Hour(Frozen):
    """Glass gain at an hour of the day."""

    hour: int
    shown: str
    bar: int


class FormSection(Frozen):
    """A part of the plan reviewer's page."""

    title: Text
    rows: Pairs


class TraceRow(Frozen):
    """The formulas of one surface or cause, winter and summer; `mark` points to the source."""

    what: Text
    room: str
    heating: str
    heating_btuh: str
    cooling: str
    cooling_btuh: str
    mark: str


class Warned(Frozen):
    """A warning of the calculation: what it is about, and each case."""

    what: Text
    cases: tuple[Text, ...]


class ReportDocument(Frozen):
    """Everything a report says."""

    title: str
    status: str
    locale: str
    run_id: str
    run_code: str
    run_time: str
    open_items: int
    facts: dict[str, str]
    method: str
    engine_version: str
    answer: tuple[Line, ...]
    interval: dict[str, str]
    house: Pairs
    drivers: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    rooms: tuple[RoomGroup, ...]
    room_total: RoomRow
    bridge: Bridge
    hours: tuple[Hour, ...]
    glass_peak: Text
    surfaces: tuple[SurfaceGroup, ...]
    surfaces_total: SurfaceGroup
    reviewer: tuple[FormSection, ...]
    design: Pairs
    items: tuple[Item, ...]
    warnings: tuple[Warned, ...]
    evidence: tuple[EvidenceGroup, ...]
    evidence_notes: tuple[Footnote, ...]
    trace: tuple[TraceRow, ...]
    trace_sources: tuple[Footnote, ...]
    twin: dict[str, Any]  # the same numbers for machines, unrounded
