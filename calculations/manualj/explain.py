"""What the reader is told: warnings, and the formula behind every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calculations.manualj.aed import curve
from calculations.manualj.ducts import DuctFactors
from calculations.manualj.loads import BlockLoads, LoadSeason, TraceLine, Warned
from calculations.manualj.padding import padding_flags
from calculations.manualj.parts import Parts, duct_code
from calculations.manualj.pieces import Piece, product
from calculations.manualj.ventilation import effectiveness, outdoor_air_cfm

AIR_SOURCE = "Manual J 8th ed., Table 10A"


def warnings_of(parts: Parts) -> list[Warned]:
    """Assumptions and gaps that bear on the loads."""
    house, design = parts.house, parts.house.design
    found: list[Warned] = []

    def warn(code: str, message: str) -> None:
        found.append(Warned(code=code, message=message))

    if (design.indoor_heating_f, design.indoor_cooling_f) != (70.0, 75.0):
        warn("indoor_conditions_not_standard", "Manual J fixes 70 °F in winter and 75 °F in summer")
    if any(w.interior_shade is None and w.isc is None for w in house.windows):
        warn("interior_shade_assumed", "Light curtains over half of the glass, where nothing is known")
    if any(u.kind in ("hrv", "erv") and effectiveness(u).heating == 0 for u in house.ventilation):
        warn("recovery_unknown", "A recovery ventilator without effectiveness counts as none")
    if (house.heating_ducted or house.cooling_ducted) and not house.ducts and not house.duct_systems:
        warn("ducts_not_given", "No duct outside the rooms is given; duct loads are 0")
    if house.humidification and design.winter_grains_shortfall is None:
        warn("humidification_not_calculated", "The winter grains shortfall is missing")
    if not house.ducts and house.duct_systems and not parts.cond.as_openstudio:
        warn("duct_table_chosen", "Table 7 entries closest to the described ducts")
    for duct in house.ducts:
        if duct.code is None and duct.location != "inside":
            warn("duct_table_chosen", f"Ducts in {duct.location}: table {duct_code(duct, parts=parts)}")
    for flag in padding_flags(house):
        warn(flag.code, flag.message)
    return found


def surface_trace(pieces: Iterable[Piece]) -> list[TraceLine]:
    """Two lines for every surface."""
    return [line for piece in pieces for line in _piece_trace(piece)]


def trace_of(
    parts: Parts, *, surfaces: Sequence[TraceLine], ducts: DuctFactors, block: BlockLoads
) -> list[TraceLine]:
    """The lines of the surfaces, and one for every other figure; those of a component sum to it."""
    lines = [*surfaces, *_air_trace(parts)]
    bases: tuple[tuple[LoadSeason, float, float], ...] = (
        ("heating", ducts.heating, parts.heating_btuh),
        ("cooling_sensible", ducts.cooling, parts.cooling_btuh),
    )
    for name, value, subtotal in bases:
        share = value / subtotal if subtotal else 0.0
        lines.append(_line("ducts", name, product(share, subtotal), value, "Manual J 8th ed., Worksheet G"))
    latent = ducts.latent_btuh
    lines.append(_line("ducts", "cooling_latent", product(latent), latent, "Manual J 8th ed., Worksheet G"))
    people = f"{parts.gains.occupants:.4g} people and appliances"
    gains: tuple[tuple[LoadSeason, float], ...] = (
        ("cooling_sensible", parts.gains.sensible_btuh),
        ("cooling_latent", parts.gains.latent_btuh),
    )
    for name, value in gains:
        lines.append(_line("internal_gains", name, people, value, "Manual J 8th ed., Table 6A"))
    peak = f"peak hour {max(curve(parts.pieces)):.5g} − 1.3 × mean"
    lines.append(
        _line(
            "aed_excursion", "cooling_sensible", peak, parts.excursion_btuh, "Manual J 8th ed., Appendix 11"
        )
    )
    given: tuple[tuple[str, LoadSeason, float], ...] = (
        ("piping", "heating", block.heating.piping),
        ("humidification", "heating", block.heating.humidification),
        ("blower_heat", "cooling_sensible", block.cooling_sensible.blower_heat),
    )
    lines += [_line(part, season, product(value), value, "as given") for part, season, value in given]
    return [line for line in lines if line.value_btuh != 0]


def _line(component: str, season: LoadSeason, formula: str, value: float, source: str) -> TraceLine:
    return TraceLine(
        component=component,
        surface="house",
        room=None,
        season=season,
        formula=formula,
        value_btuh=value,
        source=source,
    )


def _piece_trace(piece: Piece) -> tuple[TraceLine, TraceLine]:
    return (
        TraceLine(
            component=piece.component,
            surface=piece.surface,
            room=piece.room,
            season="heating",
            formula=piece.heating_formula,
            value_btuh=piece.heating_btuh,
            source=piece.source,
        ),
        TraceLine(
            component=piece.component,
            surface=piece.surface,
            room=piece.room,
            season="cooling_sensible",
            formula=piece.cooling_formula,
            value_btuh=piece.cooling_btuh,
            source=piece.source,
        ),
    )


def _air_trace(parts: Parts) -> list[TraceLine]:
    cond, air, vent = parts.cond, parts.air, parts.air.ventilation
    acf, grains = cond.altitude_factor, cond.design.grains_difference
    brought = outdoor_air_cfm(parts.house.ventilation)
    rows: tuple[tuple[str, LoadSeason, str, float], ...] = (
        ("infiltration", "heating", product(1.1, acf, air.net.heating_cfm, cond.htd_f), air.heating_btuh),
        (
            "infiltration",
            "cooling_sensible",
            product(1.1, acf, air.net.cooling_cfm, cond.ctd_f),
            air.sensible_btuh,
        ),
        ("infiltration", "cooling_latent", product(0.68, acf, air.net.cooling_cfm, grains), air.latent_btuh),
        (
            "ventilation",
            "heating",
            f"{product(1.1, acf, brought, cond.htd_f)} less recovery",
            vent.heating_btuh,
        ),
        (
            "ventilation",
            "cooling_sensible",
            f"{product(1.1, acf, brought, cond.ctd_f)} less recovery",
            vent.sensible_btuh,
        ),
        (
            "ventilation",
            "cooling_latent",
            f"{product(0.68, acf, brought, grains)} less recovery",
            vent.latent_btuh,
        ),
    )
    return [_line(part, season, formula, value, AIR_SOURCE) for part, season, formula, value in rows]
