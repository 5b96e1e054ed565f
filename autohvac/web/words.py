"""Words for codes: what cores emit as codes and names, pages say in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

STAGES: dict[str, Any] = {
    "validate": _("Check the file"), "pages": _("Sort the sheets"), "geometry": _("Find walls, rooms and openings"),
    "text": _("Read names, dimensions and notes"), "cleanup": _("Put the house together"),
    "loads": _("Calculate the loads"), "report": _("Write the report"), "audit": _("Seal the record"),
}  # fmt: skip
FIELDS: dict[str, Any] = {
    "name": _("Name"), "type": _("Use"), "kind": _("Kind"), "conditioned": _("Heated and cooled"),
    "area_sqft": _("Floor area, ft²"), "width_ft": _("Width, ft"), "height_ft": _("Height, ft"),
    "u_factor": _("U-factor, Btu/h·ft²·°F"), "shgc": _("SHGC (solar heat gain coefficient)"),
    "year_built": _("Year built"), "front": _("Direction the front faces"), "front_deg": _("Direction the front faces"),
    "north_deg": _("North"), "bedrooms": _("Bedrooms"), "occupants": _("People"), "foundation": _("Foundation"),
    "ceiling_height_ft": _("Ceiling height, ft"), "wall_r": _("Wall insulation, R"), "wall_framing": _("Wall framing"),
    "wall_finish": _("Wall finish"), "ceiling_r": _("Ceiling insulation, R"), "roof_kind": _("Roof"),
    "floor_r": _("Floor insulation, R"), "slab_r": _("Slab insulation, R"),
    "basement_wall_r": _("Basement wall insulation, R"), "window_u": _("Window U-factor"),
    "window_shgc": _("Window SHGC"), "window_shade": _("Inside shade"), "insect_screens": _("Insect screens"),
    "overhang_ft": _("Eave overhang, ft"), "door_u": _("Door U-factor"), "leakage_class": _("Air tightness"),
    "ach50": _("Blower door, air changes at 50 Pa"), "ventilation": _("Ventilation"),
    "ventilation_cfm": _("Ventilation, cfm"), "duct_location": _("Where the ducts run"),
    "duct_r": _("Duct insulation, R"), "duct_leakage": _("Duct leakage"), "roof_colour": _("Roof colour"),
    "stated_area_sqft": _("Floor area stated on the plan, ft²"), "indoor_heating_f": _("Indoor, heating, °F"),
    "indoor_cooling_f": _("Indoor, cooling, °F"), "elevation_ft": _("Elevation, ft"),
    "heating_db_f": _("Outdoor, winter 99 %, °F"), "cooling_db_f": _("Outdoor, summer 1 %, °F"),
    "grains_difference": _("Moisture difference, grains"), "daily_range": _("Daily temperature range"),
    "window_height_ft": _("Window height, ft"), "indoor_rh": _("Indoor relative humidity"), "latitude": _("Latitude"),
    "space": _("Closed space"), "drawing": _("Drawing"), "label": _("Name on the plan"),
    "correction": _("A correction no longer fits the plan"), "deleted": _("Removed"), "scale": _("Scale, feet to a point"),
    "attached": _("Attached to other houses"), "appliances_btuh": _("Appliances, Btu/h"), "zip_code": _("ZIP code"),
}  # fmt: skip
PARTS: dict[str, Any] = {
    "total": _("Total"), "ducts": _("Ducts"), "windows": _("Windows and glass doors"), "skylights": _("Skylights"),
    "doors": _("Doors"), "walls": _("Walls"), "roofs": _("Roofs"), "ceilings": _("Ceilings"), "floors": _("Floors"),
    "slabs": _("Floors on the ground"), "infiltration": _("Air leakage"), "ventilation": _("Ventilation"),
    "piping": _("Piping"), "humidification": _("Humidification"), "internal_gains": _("People and appliances"),
    "blower_heat": _("Blower heat"), "aed_excursion": _("Solar peak (AED excursion)"),
}  # fmt: skip
WORDS: dict[str, Any] = {
    "slab": _("slab on the ground"), "vented_crawlspace": _("vented crawlspace"),
    "sealed_crawlspace": _("sealed crawlspace"), "unconditioned_basement": _("basement, not heated"),
    "conditioned_basement": _("basement, heated"), "inside": _("inside the heated space"), "attic": _("attic"),
    "crawlspace": _("crawlspace"), "basement": _("basement"), "garage": _("garage"), "bedroom": _("bedroom"),
    "bathroom": _("bathroom"), "kitchen": _("kitchen"), "living": _("living room"), "dining": _("dining room"),
    "family": _("family room"), "office": _("office"), "laundry": _("laundry"), "closet": _("closet"),
    "hall": _("hall"), "entry": _("entry"), "stair": _("stair"), "utility": _("utility room"), "storage": _("storage"),
    "porch": _("porch"), "patio": _("patio"), "deck": _("deck"), "mechanical": _("mechanical room"), "other": _("other"),
    "window": _("window"), "door": _("door"), "glass_door": _("glass door"), "skylight": _("skylight"),
    "opening": _("opening"), "wood_2x4": _("wood, 2×4"), "wood_2x6": _("wood, 2×6"), "steel": _("steel"),
    "block": _("concrete block"), "icf": _("insulated concrete forms"), "log": _("logs"), "siding": _("siding"),
    "stucco": _("stucco"), "brick": _("brick"), "vented_attic": _("vented attic"), "unvented_attic": _("sealed attic"),
    "cathedral": _("cathedral ceiling"), "dark": _("dark"), "medium": _("medium"), "light": _("light"),
    "white": _("white"), "none": _("none"), "half": _("half"), "full": _("full"), "very_tight": _("very tight"),
    "tight": _("tight"), "average": _("average"), "leaky": _("leaky"), "very_leaky": _("very leaky"),
    "exhaust": _("exhaust"), "supply": _("supply"), "balanced": _("balanced"), "hrv": _("heat recovery (HRV)"),
    "erv": _("energy recovery (ERV)"), "sealed": _("sealed"), "not_sealed": _("not sealed"), "low": _("low"),
    "high": _("high"), "detached": _("detached"), "attached": _("attached"), "read": _("read from the plan"),
    "given": _("given by a person"), "assumed": _("assumed"), "derived": _("worked out"),
    "medium_blinds": _("medium blinds"), "light_blinds": _("light blinds"), "light_curtains": _("light curtains"),
    "warning": _("warning"), "error": _("error"),
    "completed": _("Completed"), "needs_review": _("Needs review"), "needs_input": _("Needs an answer"),
}  # fmt: skip
REASONS: dict[str, Any] = {
    "foundation_assumed": _("The foundation was assumed."),
    "insulation_assumed": _("The insulation was assumed."),
    "windows_assumed": _("The window values were assumed."),
    "leakage_assumed": _("The air tightness was assumed."),
    "ducts_assumed": _("The place or tightness of the ducts was assumed."),
    "height_assumed": _("The ceiling height was assumed."),
    "overhang_assumed": _("The eave overhang was assumed."),
    "orientation_unknown": _("North is not known."),
    "opening_direction_unknown": _("The direction a window faces is not known."),
    "room_area_unknown": _("The area of a room is not known."),
    "openings_exceed_wall": _("The openings are larger than their wall."),
    "area_per_ton_unusual": _("The cooling load is unusual for the floor area."),
    "heating_per_area_unusual": _("The heating load is unusual for the floor area."),
    "window_area_unusual": _("The window area is unusual for the floor area."),
    "area_differs_from_stated": _("The rooms and the stated floor area differ."),
    "station_far": _("The weather station is far away."),
    "station_elevation_differs": _("The weather station lies much higher or lower than the site."),
    "station_off_surroundings": _("The weather station differs from its surroundings."),
    "humidity_estimated": _("Summer moisture at the weather station is an estimate."),
    "design_beyond_county_limit": _("The design temperatures pass the county limits of ENERGY STAR 2015."),
    "indoor_conditions_not_standard": _("The indoor temperatures are not those of Manual J."),
    "interior_shade_assumed": _("The inside shade was assumed."),
    "recovery_unknown": _("The recovery of the ventilator is not known and counts as none."),
    "ducts_not_given": _("No ducts outside the rooms are given; duct loads are zero."),
    "humidification_not_calculated": _("Humidification was not calculated."),
    "duct_table_chosen": _("The duct table was chosen from the description of the ducts."),
    "padding_outdoor_winter": _("The winter design temperature is colder than the weather data."),
    "padding_outdoor_summer": _("The summer design temperature is hotter than the weather data."),
    "padding_humidity": _("The moisture difference is larger than the weather data give."),
    "padding_indoor_winter": _("The indoor winter temperature is higher than Manual J's."),
    "padding_indoor_summer": _("The indoor summer temperature is lower than Manual J's."),
    "padding_indoor_humidity": _("The indoor humidity is lower than Manual J's."),
    "padding_people": _("More people are counted than bedrooms and one."),
    "padding_people_twice": _("People are counted for the house and again for the rooms."),
    "padding_appliances": _("The appliances give more heat than any scenario of Manual J."),
    "padding_leakage": _("The house is taken as leaky without a test."),
    "padding_leakage_summer": _("The house is taken as leakier in summer than in winter."),
    "padding_ventilation": _("More air is ventilated than the house needs."),
    "padding_wall_u": _("A wall loses more heat than one without any insulation."),
    "padding_ceiling_u": _("A ceiling loses more heat than one without any insulation."),
    "padding_roof_u": _("A roof loses more heat than one without any insulation."),
    "padding_window_u": _("A window loses more heat than a single pane."),
    "padding_window_area": _("The windows are very large for the floor area."),
    "padding_no_shade": _("No window is given any inside shade."),
    "padding_floor_area": _("The floor area is larger than that of the rooms."),
    "padding_duct_leakage": _("The ducts are taken as not sealed without a test."),
    "padding_ducts_twice": _("The ducts are counted more than once."),
    "padding_blower_heat": _("Blower heat is larger than that of any usual fan."),
    "padding_piping": _("A piping load is entered where there is no boiler."),
    "rooms_overlap": _("Two rooms lie over each other."),
    "room_size_unusual": _("A room is unusually small or large for its use."),
    "opening_beyond_wall": _("An opening is wider than its wall."),
    "floor_without_stair": _("No stair was found on a storey."),
    "page_not_read": _(
        "A sheet took too much memory or time and was left out; send it alone, or a simpler export."
    ),
    "no_text_read": _("No text could be read on a drawing."),
    "correction_unmatched": _(
        "What was corrected was not found again on this plan; look at the list of changes."
    ),
}
SEASONS: dict[str, Any] = {
    "heating": _("Heating"), "cooling_sensible": _("Cooling, sensible"), "cooling_latent": _("Cooling, latent"),
}  # fmt: skip
WAITING: dict[str, Any] = {
    "worker": _("Waiting for a free worker."), "retry": _("Something did not answer; it will be tried again shortly."),
    "answer": _("Waiting for your answers."), "stage": _("Working on it."),
}  # fmt: skip
QUESTIONS = (
    _("Which compass direction does the front of the house face?"),
    _("No north arrow was found. Until this is known the load of the worst direction is used."),
    _("What is under the lowest floor?"),
    _("It decides the heat loss of the floor and where ducts usually run."),
    _("In which year was or will the house be built?"),
    _(
        "Insulation, windows and air leakage that the plan does not state are taken from the code of that time."
    ),
    _("Where do the ducts run?"),
    _("Ducts outside the heated space can add a fifth to the load; inside they add nothing."),
    _("What is the blower-door result (air changes per hour at 50 Pa), measured or aimed at?"),
    _("Air leakage is one of the two or three largest parts of the load."),
    _("What U-factor is on the window label or in the order?"),
    _("Windows lose several times more heat per square foot than walls."),
    _("How high are the ceilings, in feet?"),
    _("Wall area and air volume grow with it."),
    _("What R-value is in the outside walls?"),
    _("Walls are the largest surface of the house."),
)  # the texts of the questions file, so that they are found for translation
COMPASS: dict[str, Any] = {
    "0": _("north"), "45": _("north-east"), "90": _("east"), "135": _("south-east"), "180": _("south"),
    "225": _("south-west"), "270": _("west"), "315": _("north-west"),
}  # fmt: skip


def word(code: str, *, field: str = "") -> str:
    """The word for an option or code; the code itself, with spaces, when there is none."""
    if field in ("front_deg", "north_deg") and code.removesuffix(".0") in COMPASS:
        return str(COMPASS[code.removesuffix(".0")])
    for known in (WORDS, STAGES, REASONS, WAITING):
        if code in known:
            return str(known[code])
    return code.replace("_", " ")


def label_of(field: str) -> Any:
    """The label of a field of a room, an opening or the building."""
    base = field.split(":")[0].split(".")[-1]
    return FIELDS.get(base, field.replace("_", " "))


def part(code: str) -> str:
    """The name of a component of the load."""
    return str(PARTS.get(code, code.replace("_", " ")))


def question_text(text: str) -> str:
    """A question's sentence in the reader's language, if it is one of ours."""
    return gettext(text) if text else ""


def choices_of(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Choices of a select."""
    return [(code, WORDS.get(code, code)) for code in codes]
