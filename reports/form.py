"""The plan reviewer's page: the fields of the residential plans-examiner form, each in its fixed place.

Source: ACCA/ICC residential plans examiner review form for HVAC system design (its fields, not its wording).
"""

from __future__ import annotations

from typing import Any

from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import totals
from reports.evidence import value_text
from reports.numbers import number
from reports.parts import FormSection, Pairs, ReportIn, RoomRow
from reports.schedule import octant
from reports.tables import totals_of
from reports.texts import TO_ENTER, Text, ours, plain, word


def reviewer_form(inp: ReportIn, *, rooms: RoomRow) -> tuple[FormSection, ...]:
    """Header, attachments, load, building, equipment and ducts; the declaration is on the page itself."""
    return (
        FormSection(title=ours("Project"), rows=_project(inp)),
        FormSection(title=ours("Attachments"), rows=_attachments()),
        FormSection(title=ours("Load calculation (Manual J)"), rows=_load(inp)),
        FormSection(title=ours("Building"), rows=_building(inp)),
        FormSection(title=ours("Equipment (Manual S)"), rows=_equipment()),
        FormSection(title=ours("Ducts (Manual D)"), rows=_ducts(rooms)),
    )


def front_text(inp: ReportIn) -> Text:
    """The direction the front faces: given, read, or not known and what was done about it."""
    front, fact = inp.facts.get("front"), inp.building.facts.get("front_deg")
    if front:
        return ours(front)
    if fact is not None and isinstance(fact.value, int | float):
        return ours(octant(float(fact.value)))
    if any(level.north_deg.known for level in inp.building.levels):
        return ours("to be entered; walls and windows by the north of the plan")
    return ours("not known: the worst of eight directions is used")


def fact_text(building: Building, name: str) -> Text:
    """A fact of the building, or that it is to be entered."""
    fact = building.facts.get(name)
    return value_text(name, fact) if fact is not None and fact.known else TO_ENTER


def conditioned_text(building: Building) -> Text:
    """Conditioned floor area, with the stated one beside it when the sheets state one."""
    areas = totals(building)
    measured, stated = number(areas["conditioned_sqft"], unit="ft²"), areas["stated_sqft"]
    if stated is None:
        return plain(measured)
    return ours("%(area)s (sheets state %(stated)s)", area=measured, stated=number(stated, unit="ft²"))


def grains_text(design: dict[str, Any]) -> Text:
    """Moisture difference at the indoor relative humidity."""
    grains = number(design["grains_difference"], places=1)
    return ours("%(grains)s gr/lb at %(rh)s %% RH", grains=grains, rh=f"{100 * design['indoor_rh']:.0f}")


def _given(text: str | None) -> Text:
    return plain(text) if text else TO_ENTER


def _project(inp: ReportIn) -> Pairs:
    facts = inp.facts
    address = ", ".join(filter(None, (facts.get("address"), facts.get("zip_code"))))
    return (
        (ours("Jurisdiction"), _given(facts.get("jurisdiction"))),
        (ours("Contractor"), _given(facts.get("firm"))),
        (ours("Mechanical licence"), _given(facts.get("licence_no"))),
        (ours("Permit number"), _given(facts.get("permit_no"))),
        (ours("Address or lot"), _given(address)),
        (ours("Run"), plain(inp.run_id or inp.run_code)),
    )


def _attachments() -> Pairs:
    return (
        (ours("Manual J1 form or equivalent"), ours("this report")),
        (ours("Manufacturer's performance data"), ours("to be attached")),
        (ours("Manual D friction rate worksheet"), ours("to be attached")),
        (ours("Duct distribution sketch"), ours("to be attached")),
    )


def _load(inp: ReportIn) -> Pairs:
    design, printed = inp.loads["design"], totals_of(inp.loads["block"])
    station = inp.building.design.station if inp.building.design else design["source"]
    return (
        (ours("Weather station"), plain(station)),
        (
            ours("Winter outdoor / indoor"),
            plain(
                f"{number(design['heating_db_f'], places=1)} / {number(design['indoor_heating_f'], places=1)} °F"
            ),
        ),
        (ours("Total heat loss"), plain(number(printed["heating"], unit="Btu/h"))),
        (
            ours("Summer outdoor / indoor"),
            plain(
                f"{number(design['cooling_db_f'], places=1)} / {number(design['indoor_cooling_f'], places=1)} °F"
            ),
        ),
        (ours("Moisture difference"), grains_text(design)),
        (ours("Sensible gain"), plain(number(printed["cooling_sensible"], unit="Btu/h"))),
        (ours("Latent gain"), plain(number(printed["cooling_latent"], unit="Btu/h"))),
        (ours("Total gain"), plain(number(printed["cooling"], unit="Btu/h"))),
    )


def _building(inp: ReportIn) -> Pairs:
    building = inp.building
    skylights = sum(opening.kind == "skylight" for opening in building.openings)
    return (
        (ours("Front door faces"), front_text(inp)),
        (ours("Bedrooms"), fact_text(building, "bedrooms")),
        (ours("Conditioned floor area"), conditioned_text(building)),
        (ours("Occupants"), fact_text(building, "occupants")),
        (ours("Eave overhang depth"), fact_text(building, "overhang_ft")),
        (ours("Internal shade"), fact_text(building, "window_shade")),
        (ours("Number of skylights"), plain(str(skylights))),
    )


def _equipment() -> Pairs:
    names = (
        ours("Type and model"),
        ours("Heating output at winter design"),
        ours("Auxiliary heat"),
        ours("Sensible / latent / total cooling at design"),
        ours("Heating / cooling airflow"),
    )
    return tuple((name, TO_ENTER) for name in names)


def _ducts(rooms: RoomRow) -> Pairs:
    flow = ours("%(h)s / %(c)s CFM", h=rooms.heating_cfm, c=rooms.cooling_cfm)
    names = (
        ours("ESP, component losses, available static"),
        ours("Longest supply and return, TEL"),
        ours("Friction rate, duct materials"),
    )
    return (
        (ours("Room airflow for the duct design, heating / cooling"), flow),
        *((n, TO_ENTER) for n in names),
    )


def design_pairs(inp: ReportIn) -> Pairs:
    """Design conditions with the station they come from."""
    design, station = inp.loads["design"], inp.building.design
    return (
        (ours("Weather station"), plain(station.station if station else design["source"])),
        (ours("Climate zone"), plain(station.climate_zone if station and station.climate_zone else "—")),
        (
            ours("Distance to the station"),
            plain(number(station.station_distance_mi if station else None, places=1, unit="mi")),
        ),
        (
            ours("Site above the station"),
            plain(number(station.station_elevation_difference_ft if station else None, unit="ft")),
        ),
        (
            ours("Outdoor, winter 99 %"),
            plain(number(design["heating_db_f"], places=1, unit="°F")),
        ),
        (
            ours("Outdoor, summer 1 %"),
            plain(number(design["cooling_db_f"], places=1, unit="°F")),
        ),
        (ours("Indoor, winter"), plain(number(design["indoor_heating_f"], places=1, unit="°F"))),
        (ours("Indoor, summer"), plain(number(design["indoor_cooling_f"], places=1, unit="°F"))),
        (ours("Moisture difference"), grains_text(design)),
        (ours("Daily range"), word(design["daily_range"])),
        (ours("Latitude"), plain(number(design["latitude"], places=1, unit="°"))),
        (ours("Elevation"), plain(number(design["elevation_ft"], unit="ft"))),
    )
