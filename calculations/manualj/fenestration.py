"""Windows, glass doors and skylights: heat transfer multipliers, by season and by hour (§3, §4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, sin

from calculations.manualj.design import Conditions
from calculations.manualj.house import GlassType, InteriorShade, Overhang, Skylight, Window
from calculations.manualj.lookup import (
    grid,
    interpolate,
    keys,
    limits_of_glass,
    number,
    numbers,
    source,
    words,
)
from calculations.manualj.pieces import HOURS, Piece, product

FILE = "fenestration"
OCTANTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
HORIZONTAL = "horizontal"
REMEMBERED = 1024  # table values of some hundred latitudes; a run of a house needs about thirty
GLASS_FACTOR = 0.87  # SHGC to shading coefficient of reference glass
UNKNOWN_SHADE = InteriorShade(kind="curtains", colour="light", coverage=0.5)
NO_SHADE = InteriorShade(kind="none")


@dataclass(frozen=True)
class Glass:
    """Glass as the formulas take it: storm window and shades already in."""

    u_factor: float
    shgc: float
    isc: float
    latitude: float
    facing: str

    @property
    def shaded(self) -> bool:
        """Which CLF column applies."""
        return self.isc < 1.0

    def solar(self, *, facing: str, clf: float) -> float:
        """Solar part of an HTM [Btu/h·ft²]."""
        return self.through(peak_solar(facing, latitude=self.latitude) * clf)

    def through(self, sun: float) -> float:
        """What of PSF × CLF comes through glass and shade [Btu/h·ft²]."""
        return sun * self.shgc * self.isc / GLASS_FACTOR

    def hourly_sun(self, facing: str) -> tuple[float, ...]:
        """Solar part of the HTM at 8 to 19 h [Btu/h·ft²]."""
        suns = hourly_sun(facing, latitude=self.latitude, shaded=self.shaded)
        return tuple(self.through(sun) for sun in suns)


def octant(azimuth_deg: float, *, latitude: float = 40.0) -> str:
    """Nearest of eight directions; mirrored south of the equator, where the sun stands in the north."""
    azimuth = azimuth_deg if latitude >= 0 else 180.0 - azimuth_deg
    return OCTANTS[int(((azimuth + 22.5) % 360.0) // 45.0)]


@lru_cache(maxsize=REMEMBERED)
def peak_solar(facing: str, *, latitude: float) -> float:
    """PSF. Source: Manual J 8th ed., Table 3D-2."""
    values = numbers(FILE, "psf", "rows", facing)
    return max(interpolate(numbers(FILE, "psf", "latitudes"), values, abs(latitude)), 0.0)


def cooling_load_factor(facing: str, *, shaded: bool) -> float:
    """Average CLF. Source: Manual J 8th ed., Table 3D-3."""
    return number(FILE, "clf_shaded" if shaded else "clf_bare", "rows", facing)


def hourly_cooling_load_factor(facing: str, *, shaded: bool, hour: int) -> float:
    """CLF at 8 to 19 h. Source: Manual J 8th ed., Tables A11-5 and A11-6."""
    return numbers(FILE, "clf_hourly_shaded" if shaded else "clf_hourly_bare", "rows", facing)[
        hour - HOURS[0]
    ]


@lru_cache(maxsize=REMEMBERED)
def shade_line(facing: str, *, latitude: float) -> float:
    """SLM. Source: Manual J 8th ed., Table 3E-1."""
    values = numbers(FILE, "slm", "rows", facing)
    return max(interpolate(numbers(FILE, "slm", "latitudes"), values, abs(latitude)), 0.0)


@lru_cache(maxsize=REMEMBERED)
def hourly_sun(facing: str, *, latitude: float, shaded: bool) -> tuple[float, ...]:
    """PSF × CLF at 8 to 19 h [Btu/h·ft²]."""
    psf = peak_solar(facing, latitude=latitude)
    return tuple(psf * hourly_cooling_load_factor(facing, shaded=shaded, hour=hour) for hour in HOURS)


@lru_cache(maxsize=REMEMBERED)
def hourly_shade_lines(facing: str, *, latitude: float) -> tuple[float, ...]:
    """SLM at 8 to 19 h."""
    return tuple(hourly_shade_line(facing, latitude=latitude, hour=hour) for hour in HOURS)


def hourly_shade_line(facing: str, *, latitude: float, hour: int) -> float:
    """SLM of the hour's column. Source: Manual J 8th ed., Table A11-7."""
    column = int(numbers(FILE, "slm_hourly", "column_of_hour")[hour - HOURS[0]])
    values = [row[column] for row in grid(FILE, "slm_hourly", "rows", facing)]
    return max(interpolate(numbers(FILE, "slm_hourly", "latitudes"), values, abs(latitude)), 0.0)


def hourly_deltas(cond: Conditions) -> tuple[float, ...]:
    """CTD + HTA at 8 to 19 h [°F]. Source: Manual J 8th ed., Table A11-3."""
    return tuple(cond.ctd_f + added for added in numbers(FILE, "hta", "rows", cond.design.daily_range))


def guess_glass_type(*, u_factor: float, shgc: float) -> GlassType:
    """Pane count and tint from U and SHGC, when not known (§3)."""
    return next(name for u, s, name in limits_of_glass() if u_factor >= u and shgc >= s)


def interior_shade_coefficient(
    shade: InteriorShade, *, glass_type: GlassType, as_openstudio: bool = False
) -> float:
    """ISC with coverage and blind position. Source: Manual J 8th ed., Table 3D-4 and its note 3."""
    if shade.kind == "none" or (shade.kind == "blinds" and shade.blinds == "open"):
        return 1.0
    column = words(FILE, "isc", "columns").index(f"{shade.colour} {shade.kind}")
    table = numbers(FILE, "isc", "rows", glass_type)[column]
    isc = shade.coverage * table + (1.0 - shade.coverage)
    if shade.kind == "blinds" and shade.blinds == "half_open":
        isc *= number(FILE, "isc", "half_open_factor")
    return round(isc, 3) if as_openstudio else min(isc, 1.0)


def with_storm(*, u_factor: float, shgc: float, storm: str | None) -> tuple[float, float]:
    """U and SHGC behind a storm window. Source: PNNL-24444."""
    if storm is None:
        return u_factor, shgc
    slope, offset, factor = (number(FILE, "storm", "rows", storm, key) for key in ("slope", "offset", "shgc"))
    return u_factor - max(slope * u_factor - offset, 0.0), shgc * factor


def glass_of(unit: Window | Skylight, *, cond: Conditions, default: InteriorShade) -> Glass:
    """Glass of a window or skylight, with a given shading coefficient before a shade, before the default."""
    u_factor, shgc = with_storm(u_factor=unit.u_factor, shgc=unit.shgc, storm=unit.storm)
    shade = unit.interior_shade if unit.interior_shade is not None else default
    kind = unit.glass_type or guess_glass_type(u_factor=u_factor, shgc=shgc)
    isc = (
        unit.isc
        if unit.isc is not None
        else interior_shade_coefficient(shade, glass_type=kind, as_openstudio=cond.as_openstudio)
    )
    latitude = cond.design.latitude
    return Glass(
        u_factor=u_factor,
        shgc=shgc,
        isc=isc,
        latitude=latitude,
        facing=octant(unit.azimuth_deg, latitude=latitude),
    )


def exterior_shade_coefficient(window: Window) -> float:
    """ESC: insect screen × any given exterior factor; it multiplies the whole HTM (§3)."""
    screen = window.insect_screen
    reduction = 0.0 if screen is None else number(FILE, "screen", "rows", screen.location) * screen.coverage
    return (1.0 - reduction) * window.exterior_factor


def shaded_htm(*, direct: float, north: float, overhang: Overhang | None, line: float) -> float:
    """HTM behind an overhang whose shadow falls `line` × depth below it. Source: Table 3E-1."""
    if overhang is None:
        return direct
    shadow_ft = line * overhang.depth_ft
    if shadow_ft <= overhang.to_top_ft:
        return direct
    if shadow_ft >= overhang.to_bottom_ft:
        return north
    share = (shadow_ft - overhang.to_top_ft) / (overhang.to_bottom_ft - overhang.to_top_ft)
    return share * north + (1.0 - share) * direct


def _screened(window: Window, *, direct: float, north: float, line: float) -> float:
    if window.sun_screen:
        return (direct - north) * number(FILE, "sun_screen", "factor") + north
    return shaded_htm(direct=direct, north=north, overhang=window.overhang, line=line)


def window_cooling_htm(window: Window, *, glass: Glass, ctd_f: float) -> float:
    """Average load procedure [Btu/h·ft²] (§3)."""
    esc = exterior_shade_coefficient(window)
    direct, north = (
        (glass.solar(facing=f, clf=cooling_load_factor(f, shaded=glass.shaded)) + glass.u_factor * ctd_f)
        * esc
        for f in (glass.facing, "N")
    )
    return _screened(
        window, direct=direct, north=north, line=shade_line(glass.facing, latitude=glass.latitude)
    )


def window_hourly_htms(window: Window, *, glass: Glass, cond: Conditions) -> tuple[float, ...]:
    """The same by the tables of each hour [Btu/h·ft²] (Appendix 11)."""
    esc = exterior_shade_coefficient(window)
    lines = hourly_shade_lines(glass.facing, latitude=glass.latitude)
    conducted = [glass.u_factor * delta for delta in hourly_deltas(cond)]
    suns, norths = glass.hourly_sun(glass.facing), glass.hourly_sun("N")
    return tuple(
        _screened(window, direct=(sun + through) * esc, north=(north + through) * esc, line=line)
        for sun, north, through, line in zip(suns, norths, conducted, lines, strict=True)
    )


def window_piece(window: Window, *, cond: Conditions) -> Piece:
    """Loads of one window, winter, summer and by hour."""
    glass = glass_of(window, cond=cond, default=UNKNOWN_SHADE)
    heating = glass.u_factor * cond.htd_f
    cooling = window_cooling_htm(window, glass=glass, ctd_f=cond.ctd_f)
    hourly = tuple(htm * window.area_sqft for htm in window_hourly_htms(window, glass=glass, cond=cond))
    return Piece(
        component="windows",
        surface=window.id,
        room=window.room,
        heating_btuh=heating * window.area_sqft,
        cooling_btuh=cooling * window.area_sqft,
        heating_formula=product(glass.u_factor, cond.htd_f, window.area_sqft),
        cooling_formula=f"HTM {cooling:.5g} ({_terms(glass, ctd_f=cond.ctd_f)}) × {window.area_sqft:.5g}",
        source=source(FILE, "psf"),
        hourly_btuh=hourly,
    )


def _terms(glass: Glass, *, ctd_f: float) -> str:
    psf = peak_solar(glass.facing, latitude=glass.latitude)
    clf = cooling_load_factor(glass.facing, shaded=glass.shaded)
    return (
        f"{glass.facing}: PSF {psf:.5g}, CLF {clf:.3g}, SHGC {glass.shgc:.3g}, ISC {glass.isc:.4g}, "
        f"U {glass.u_factor:.4g}, CTD {ctd_f:.4g}"
    )


def skylight_u(skylight: Skylight, *, glass_u: float, as_openstudio: bool) -> float:
    """U of glass, curb and light shaft per ft² of opening (§4). The book rounds U of curb and shaft."""

    def added(u_factor: float | None, area: float) -> float:
        if u_factor is None:
            return 0.0
        return (u_factor if as_openstudio else round(u_factor, 3)) * area / skylight.area_sqft

    return (
        glass_u
        + added(skylight.curb_u_factor, skylight.curb_sqft)
        + added(skylight.shaft_u_factor, skylight.shaft_sqft)
    )


def skylight_piece(skylight: Skylight, *, cond: Conditions) -> Piece:
    """Loads of one skylight; sun from above and from the side of its slope (§4)."""
    glass = glass_of(skylight, cond=cond, default=NO_SHADE)
    u_eff = skylight_u(skylight, glass_u=glass.u_factor, as_openstudio=cond.as_openstudio)
    dome = number(FILE, "skylight", "dome_factor") if skylight.dome and not cond.as_openstudio else 1.0
    area = skylight.area_sqft * dome
    tilt = atan(skylight.pitch_in_per_ft / 12.0)

    up, side = cos(tilt), sin(tilt)
    clf = [cooling_load_factor(f, shaded=glass.shaded) for f in (HORIZONTAL, glass.facing)]
    average = up * glass.solar(facing=HORIZONTAL, clf=clf[0]) + side * glass.solar(
        facing=glass.facing, clf=clf[1]
    )
    added = number(FILE, "skylight", "added_delta_f")
    cooling = average + u_eff * (cond.ctd_f + added)
    hourly = tuple(
        (up * above + side * beside + u_eff * (delta + added)) * area
        for above, beside, delta in zip(
            glass.hourly_sun(HORIZONTAL), glass.hourly_sun(glass.facing), hourly_deltas(cond), strict=True
        )
    )
    return Piece(
        component="skylights",
        surface=skylight.id,
        room=skylight.room,
        heating_btuh=u_eff * cond.htd_f * area,
        cooling_btuh=cooling * area,
        heating_formula=product(u_eff, cond.htd_f, area),
        cooling_formula=f"(sun {average:.5g} + {product(u_eff, cond.ctd_f + added)}) × {area:.5g}",
        source=source(FILE, "skylight"),
        hourly_btuh=hourly,
    )


def glass_types() -> tuple[str, ...]:
    """The rows of Table 3D-4."""
    return keys(FILE, "isc", "rows")
