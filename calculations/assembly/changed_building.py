"""A completed building with one value changed, and all that followed from the old value filled anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Sourced, given
from blueprints.answers import FRONTS, parse_answer
from blueprints.plan.building import Building, Design, OpeningSpec, RoomSpec, SurfaceSpec
from calculations.assembly.changed_house import EVERY
from calculations.assembly.envelope import completed_opening, completed_room, completed_surface
from calculations.assembly.facts import FROM_CONSTRUCTION, Facts, assumed_fact, completed_facts, row_of
from calculations.assembly.north import turned, with_north
from calculations.manualj.design import GRAINS_PER_LB, humidity_ratio_from_rh
from calculations.weather.design import INDOOR_COOLING_F, INDOOR_RH

Num = Sourced[float]
OF_YEAR: Final = (*FROM_CONSTRUCTION, "wall_framing", "leakage_class", "ach50", "duct_r")
FOLLOWERS: Final[dict[str, tuple[str, ...]]] = {
    "year_built": OF_YEAR,
    "foundation": ("duct_location", "duct_r"),
    "roof_kind": ("duct_location", "duct_r"),
    "duct_location": ("duct_r",),
    "wall_r": ("wall_framing",),
    "bedrooms": ("occupants",),
}
"""Facts that were assumed or derived from another and are filled anew when it changes."""
EITHER: Final = {"leakage_class": "ach50", "ach50": "leakage_class"}
"""Two ways to say one thing: the one that is changed is the one that counts."""
DESIGN: Final = (
    "heating_db_f", "cooling_db_f", "indoor_heating_f", "indoor_cooling_f", "grains_difference", "daily_range",
    "elevation_ft",
)  # fmt: skip
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "rooms": ("area_sqft", "ceiling_height_ft"),
    "surfaces": ("area_sqft",),
    "openings": ("width_ft", "height_ft", "u_factor", "shgc"),
}
UNITS: Final = {"area_sqft": "ft²", "u_factor": "Btu/h·ft²·°F", "shgc": ""}


def changed(building: Building, changes: Mapping[str, str]) -> Building:
    """The completed building with the values changed, one after the other."""
    for key, text in changes.items():
        building = _with(building, key=key, text=text)
    return building


def _with(building: Building, *, key: str, text: str) -> Building:
    if "." in key:
        return _refilled(_with_part(building, key=key, text=text))
    value = parse_answer(key, text)
    if key == "north_deg":
        return turned(building, north_deg=float(value), note="what if")
    if key == "front":
        key, value = "front_deg", 45.0 * FRONTS.index(str(value))
    if key in DESIGN and building.design is not None:
        return building.model_copy(update={"design": _with_design(building.design, field=key, value=value)})
    return _refilled(_with_fact(building, field=key, value=value), cause=key)


def _with_fact(building: Building, *, field: str, value: float | str) -> Building:
    """The fact as given; what followed from it is taken away to be filled anew."""
    facts: Facts = {
        name: fact
        for name, fact in building.facts.items()
        if name != EITHER.get(field)
        and not (name in FOLLOWERS.get(field, ()) and fact.source in ("assumed", "derived"))
    }
    facts[field] = assumed_fact(value, unit="", note="").model_copy(
        update={"source": "given", "confidence": 1.0, "note": "what if"}
    )
    return building.model_copy(update={"facts": facts})


def _refilled(building: Building, *, cause: str = "") -> Building:
    """Gaps filled as at the first completion; parts that took a value from the house take it again."""
    if building.design is None:
        raise ValueError("the building was not completed")
    zone = building.design.climate_zone
    facts = completed_facts(building, climate_zone=zone)
    whole = building.model_copy(update={"facts": facts})
    row = row_of(whole, climate_zone=zone)
    rooms = {room.id: completed_room(_loose_room(room), facts=facts) for room in building.rooms}
    old = {room.id: room for room in building.rooms}
    surfaces = (_loose_surface(s, before=old[s.room], after=rooms[s.room]) for s in building.surfaces)
    update: dict[str, Any] = {  # fields of Building
        "rooms": tuple(rooms.values()),
        "surfaces": tuple(completed_surface(s, room=rooms[s.room]) for s in surfaces),
        "openings": tuple(
            completed_opening(_loose_opening(o), facts=facts, row=row) for o in building.openings
        ),
    }
    whole = whole.model_copy(update=update)
    return _with_front(whole) if cause == "front_deg" else whole


def _of_the_house(value: Num, *, field: str) -> bool:
    """Whether a part's value came from the whole house: assumed, or derived from that fact."""
    return value.known and (value.source == "assumed" or value.note == f"{field} of the house")


def _loose_room(room: RoomSpec) -> RoomSpec:
    height = room.ceiling_height_ft
    if not _of_the_house(height, field="ceiling_height_ft"):
        return room
    return room.model_copy(update={"ceiling_height_ft": Num(unit="ft")})


def _loose_surface(surface: SurfaceSpec, *, before: RoomSpec, after: RoomSpec) -> SurfaceSpec:
    """The surface without what came from its room, where the room changed."""
    area = surface.area_sqft
    if area.note == "length x height" and surface.height_ft == before.ceiling_height_ft.value:
        moved = before.ceiling_height_ft.value != after.ceiling_height_ft.value
        return (
            surface.model_copy(update={"height_ft": None, "area_sqft": Num(unit="ft²")}) if moved else surface
        )
    if area.note == "area of its room":
        return surface.model_copy(update={"area_sqft": Num(unit="ft²")})
    return surface


OPENING_FACT: Final[dict[tuple[str, str], str]] = {
    ("door", "u_factor"): "door_u",
    ("window", "u_factor"): "window_u",
    ("window", "shgc"): "window_shgc",
    ("glass_door", "u_factor"): "window_u",
    ("glass_door", "shgc"): "window_shgc",
    ("skylight", "u_factor"): "",
    ("skylight", "shgc"): "",
}


def _loose_opening(opening: OpeningSpec) -> OpeningSpec:
    empty: dict[str, Num] = {}
    for (kind, name), field in OPENING_FACT.items():
        value: Num = getattr(opening, name)
        if kind == opening.kind and _of_the_house(value, field=field):
            empty[name] = Num(unit=value.unit)
    return opening.model_copy(update=empty)


def _with_front(building: Building) -> Building:
    """North as the front tells, on levels whose north was not read."""
    levels = tuple(
        level.model_copy(update={"north_deg": Num(unit="deg")})
        if level.north_deg.source in ("assumed", "derived")
        else level
        for level in building.levels
    )
    return with_north(building.model_copy(update={"levels": levels}))


def _with_design(design: Design, *, field: str, value: float | str) -> Design:
    """The condition as given; the grains difference moves with the indoor air unless it was given."""
    unit = getattr(design, field).unit
    changes: dict[str, Any] = {field: given(value, unit=unit, note="what if")}  # Sourced numbers and a word
    after = design.model_copy(update=changes)
    if field in ("indoor_cooling_f", "elevation_ft") and design.grains_difference.source != "given":
        moved = _drier_than_standard(after) - _drier_than_standard(design)
        grains = design.grains_difference
        changes["grains_difference"] = grains.model_copy(
            update={"value": round(grains.required() + moved, 1)}
        )
    return design.model_copy(update=changes)


def _drier_than_standard(design: Design) -> float:
    """Moisture of air at 75 °F and 50 % less that of the indoor air [gr/lb], as the weather tables are moved."""
    elevation_ft = design.elevation_ft.required()
    standard = humidity_ratio_from_rh(dry_bulb_f=INDOOR_COOLING_F, rh=INDOOR_RH, elevation_ft=elevation_ft)
    indoor = humidity_ratio_from_rh(
        dry_bulb_f=design.indoor_cooling_f.required(),
        rh=design.indoor_rh.required(),
        elevation_ft=elevation_ft,
    )
    return GRAINS_PER_LB * (standard - indoor)


def _with_part(building: Building, *, key: str, text: str) -> Building:
    """One value of a room, surface or opening, or of all of them."""
    group, _, rest = key.partition(".")
    part_id, _, field = rest.rpartition(".")
    if field not in PARTS.get(group, ()):
        known = ", ".join(f"{name}.<id>.{one}" for name, fields in PARTS.items() for one in fields)
        raise RejectedInput("answer_unknown", field=key, known=known)
    parts = getattr(building, group)
    if part_id != EVERY and part_id not in {part.id for part in parts}:
        raise RejectedInput("answer_unknown", field=key, known=", ".join(part.id for part in parts)[:400])
    value = given(_positive(key, text), unit=UNITS.get(field, "ft"), note="what if")
    changed_parts = tuple(
        part.model_copy(update={field: value}) if part_id in (EVERY, part.id) else part for part in parts
    )
    return building.model_copy(update={group: changed_parts})


def _positive(key: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise RejectedInput("answer_invalid", field=key, value=text) from None
    if not 0 < value < 1e6:
        raise RejectedInput("answer_invalid", field=key, value=text, lowest=0, highest=1e6)
    return value
