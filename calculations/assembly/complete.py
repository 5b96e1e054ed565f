"""The building made ready for the engine: each gap filled from a named rule, nothing known touched."""

from __future__ import annotations

from blueprints.plan.building import Building
from calculations.assembly.asking import questions_for, review_for
from calculations.assembly.constructions import named_facts
from calculations.assembly.envelope import (
    closed_envelope,
    completed_opening,
    completed_room,
    completed_surface,
)
from calculations.assembly.facts import completed_facts, row_of
from calculations.assembly.north import with_north
from calculations.weather.design import design_of
from calculations.weather.lookup import DesignWeather


def complete(building: Building, *, weather: DesignWeather) -> Building:
    """Fill facts, heights, areas, openings, north and design conditions; ask and note what was assumed.

    Values with source `read` or `given` are never changed. North is never guessed: it stays unknown until
    a person or an arrow tells. Doing it twice changes nothing.
    """
    before = building.facts
    facts = completed_facts(building, climate_zone=weather.climate_zone)
    row = row_of(building, climate_zone=weather.climate_zone)
    rooms = {room.id: completed_room(room, facts=facts) for room in building.rooms}
    surfaces = closed_envelope(building)
    whole = with_north(building).model_copy(
        update={
            "facts": facts,
            "rooms": tuple(rooms.values()),
            "surfaces": tuple(completed_surface(s, room=rooms[s.room]) for s in surfaces if s.room in rooms),
            "openings": tuple(completed_opening(o, facts=facts, row=row) for o in building.openings),
            "design": design_of(weather, facts),
        }
    )
    whole = whole.model_copy(update={"facts": named_facts(whole, before=before)})
    asked = {"questions": questions_for(whole, before=before), "review": review_for(whole)}
    return whole.model_copy(
        update={**asked, "issues": tuple(dict.fromkeys((*whole.issues, *weather.warnings)))}
    )
