"""What a calculation gives: loads of block and rooms, and the sums behind every figure [Btu/h]."""

from __future__ import annotations

from typing import Literal

from calculations.manualj.house import Design, Method, Part

SCHEMA = "autohvac.loads/1"
DESIGN_KEYS = (
    "heating_db_f",
    "cooling_db_f",
    "indoor_heating_f",
    "indoor_cooling_f",
    "indoor_rh",
    "grains_difference",
    "daily_range",
    "latitude",
    "elevation_ft",
    "source",
)
Json = dict[str, object]
LoadSeason = Literal["heating", "cooling_sensible", "cooling_latent"]


class HeatingLoads(Part):
    """Losses; the components sum to the total."""

    total: float
    ducts: float = 0.0
    windows: float = 0.0
    skylights: float = 0.0
    doors: float = 0.0
    walls: float = 0.0
    roofs: float = 0.0
    ceilings: float = 0.0
    floors: float = 0.0
    slabs: float = 0.0
    infiltration: float = 0.0
    ventilation: float = 0.0
    piping: float = 0.0
    humidification: float = 0.0


class SensibleLoads(Part):
    """Sensible gains; the components sum to the total."""

    total: float
    ducts: float = 0.0
    windows: float = 0.0
    skylights: float = 0.0
    doors: float = 0.0
    walls: float = 0.0
    roofs: float = 0.0
    ceilings: float = 0.0
    floors: float = 0.0
    slabs: float = 0.0
    infiltration: float = 0.0
    ventilation: float = 0.0
    internal_gains: float = 0.0
    blower_heat: float = 0.0
    aed_excursion: float = 0.0


class LatentLoads(Part):
    """Latent gains; the components sum to the total."""

    total: float
    ducts: float = 0.0
    infiltration: float = 0.0
    ventilation: float = 0.0
    internal_gains: float = 0.0


class BlockLoads(Part):
    """The whole dwelling."""

    heating: HeatingLoads
    cooling_sensible: SensibleLoads
    cooling_latent: LatentLoads

    @property
    def cooling_total(self) -> float:
        """Sensible and latent."""
        return self.cooling_sensible.total + self.cooling_latent.total

    @property
    def sensible_heat_ratio(self) -> float:
        """Sensible share of the cooling load, at most 1 (§14)."""
        if self.cooling_total <= 0:
            return 1.0
        return min(self.cooling_sensible.total / self.cooling_total, 1.0)


class RoomLoads(Part):
    """One room; no ventilation, blower or latent load (§15)."""

    id: str
    name: str
    area_sqft: float
    heating: HeatingLoads
    cooling_sensible: SensibleLoads
    aed_curve: tuple[float, ...]
    heating_cfm: float = 0.0
    cooling_cfm: float = 0.0
    design_cfm: float = 0.0


class TraceLine(Part):
    """Where one figure comes from: the formula with its numbers, and the table."""

    component: str
    surface: str
    room: str | None
    season: LoadSeason
    formula: str
    value_btuh: float
    source: str


class Warned(Part):
    """Something the reader should know; the code is permanent."""

    code: str
    message: str


class Interval(Part):
    """Range of the totals that covers `coverage` of the plausible houses."""

    heating_total: tuple[float, float]
    cooling_total: tuple[float, float]
    coverage: float = 0.9


class Driver(Part):
    """A field whose doubt moves the loads."""

    field: str
    effect_btuh: float
    why: str


class Loads(Part):
    """The result of one calculation."""

    engine_version: str
    method: Method
    design: Design
    block: BlockLoads
    aed_curve: tuple[float, ...]
    rooms: tuple[RoomLoads, ...]
    interval: Interval | None = None
    drivers: tuple[Driver, ...] = ()
    warnings: tuple[Warned, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    blower_cfm: float = 0.0

    def to_json_dict(self) -> Json:
        """The document `autohvac.loads/1`: every key present, nothing rounded."""
        whole = self.model_dump(mode="json")
        design = whole["design"]
        return {
            "schema": SCHEMA,
            "engine_version": self.engine_version,
            "method": self.method,
            "design": {key: design[key] for key in DESIGN_KEYS},
            **{key: whole[key] for key in ("block", "aed_curve", "rooms", "interval", "drivers", "warnings")},
        }
