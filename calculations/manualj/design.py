"""Design conditions and moist air (§1)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, log, pow

from calculations.manualj.house import DailyRange, Design, Method, SoilKind
from calculations.manualj.lookup import number

FILE = "opaque"
GRAINS_PER_LB = 7000.0
PRINTED_ACF_DECIMALS = 2  # of Table 10A, as the example houses use it


@dataclass(frozen=True)
class Conditions:
    """What every rule needs of the design conditions; temperatures in °F, differences positive."""

    design: Design
    method: Method
    htd_f: float
    ctd_f: float
    range_adjust_f: float
    altitude_factor: float
    soil_k: float
    table_shift_f: float = 0.0  # column of Table 4A less CTD

    @property
    def table_ctd_f(self) -> float:
        """CTD as Table 4A is entered: its column in the book's reading, CTD itself in the other [°F]."""
        return self.ctd_f + self.table_shift_f

    @property
    def table_outdoor_f(self) -> float:
        """Outdoor summer temperature that belongs to that column [°F]."""
        return self.design.cooling_db_f + self.table_shift_f

    @property
    def as_openstudio(self) -> bool:
        """Whether the departures of OpenStudio-HPXML apply (§18)."""
        return self.method == "as_openstudio"


def conditions(design: Design, *, soil: SoilKind, method: Method) -> Conditions:
    """The derived figures of §1: HTD, CTD, daily range adjustment, ACF, soil conductivity."""
    book = method == "as_published"
    ctd = max(design.cooling_db_f - design.indoor_cooling_f, 0.0)
    factor = altitude_correction(design.elevation_ft)
    return Conditions(
        design=design,
        method=method,
        htd_f=max(design.indoor_heating_f - design.heating_db_f, 0.0),
        ctd_f=ctd,
        range_adjust_f=number(FILE, "daily_range", "rows", design.daily_range, "adjust"),
        altitude_factor=round(factor, PRINTED_ACF_DECIMALS) if book else factor,
        soil_k=number("ground", "soil", "rows", soil),
        table_shift_f=table_column_f(ctd) - ctd if book else 0.0,
    )


def table_column_f(ctd_f: float) -> float:
    """The column of Table 4A nearest to a CTD, in steps of 5 °F; below its first column the CTD itself.

    Source: Manual J 8th ed., Table 4A; the printed figures of both example houses need it (docs/method.md).
    """
    first, step = number(FILE, "ctd_columns", "first_f"), number(FILE, "ctd_columns", "step_f")
    return ctd_f if ctd_f < first else step * floor(ctd_f / step + 0.5)


def altitude_correction(elevation_ft: float) -> float:
    """ACF, for air only. Source: Manual J 8th ed., Table 10A."""
    return 1.0 - number("infiltration", "air", "altitude_per_ft") * elevation_ft


def daily_range_class(range_f: float) -> DailyRange:
    """Low under 16 °F, medium to 25, high above. Source: Manual J 8th ed., Table 1A."""
    if range_f < number(FILE, "daily_range", "rows", "low", "below"):
        return "low"
    return "medium" if range_f <= number(FILE, "daily_range", "rows", "medium", "up_to") else "high"


def station_pressure_psi(elevation_ft: float) -> float:
    """Standard atmosphere [psi]."""
    return 14.692 * pow(1.0 - 6.8754e-6 * elevation_ft, 5.2559)


def saturation_pressure_psi(temperature_f: float) -> float:
    """Over liquid water [psi]; ASHRAE Fundamentals, Hyland and Wexler."""
    t = temperature_f + 459.67
    return exp(
        -10440.397 / t
        - 11.29465
        - 0.027022355 * t
        + 1.289036e-5 * t**2
        - 2.4780681e-9 * t**3
        + 6.5459673 * log(t)
    )


def humidity_ratio_from_rh(*, dry_bulb_f: float, rh: float, elevation_ft: float) -> float:
    """Lb water per lb dry air."""
    vapour = rh * saturation_pressure_psi(dry_bulb_f)
    return 0.62198 * vapour / (station_pressure_psi(elevation_ft) - vapour)


def humidity_ratio_from_wet_bulb(*, dry_bulb_f: float, wet_bulb_f: float, elevation_ft: float) -> float:
    """Lb water per lb dry air."""
    saturated = saturation_pressure_psi(wet_bulb_f)
    ws = 0.62202 * saturated / (station_pressure_psi(elevation_ft) - saturated)
    top = (1055.0 - 0.5496 * wet_bulb_f) * ws - 0.2399 * (dry_bulb_f - wet_bulb_f)
    return top / (1055.0 + 0.4495 * dry_bulb_f - 0.9991 * wet_bulb_f)


def grains_difference(
    *,
    outdoor_db_f: float,
    outdoor_wb_f: float,
    elevation_ft: float,
    indoor_db_f: float = 75.0,
    indoor_rh: float = 0.5,
) -> float:
    """Design grains: outdoor minus indoor humidity ratio × 7000, to 0.1 (§1)."""
    outdoor = humidity_ratio_from_wet_bulb(
        dry_bulb_f=outdoor_db_f, wet_bulb_f=outdoor_wb_f, elevation_ft=elevation_ft
    )
    indoor = humidity_ratio_from_rh(dry_bulb_f=indoor_db_f, rh=indoor_rh, elevation_ft=elevation_ft)
    return round(GRAINS_PER_LB * (outdoor - indoor), 1)


def air_density_lb_cuft(*, temperature_f: float, elevation_ft: float) -> float:
    """Dry air at the site's pressure (§2.4)."""
    pressure = station_pressure_psi(elevation_ft) / 14.692
    return 2.719 * pressure / (0.068547 * (temperature_f + 459.67))
