"""Windows and skylights (§3, §4)."""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.design import Conditions, conditions
from calculations.manualj.fenestration import (
    UNKNOWN_SHADE,
    glass_of,
    guess_glass_type,
    interior_shade_coefficient,
    octant,
    peak_solar,
    shaded_htm,
    skylight_piece,
    window_piece,
    with_storm,
)
from calculations.manualj.house import InsectScreen, InteriorShade, Method, Overhang, Skylight, Window
from tests.calculations.manualj.houses import DESIGN


def cond(method: Method = "as_openstudio") -> Conditions:
    return conditions(DESIGN, soil="heavy_moist", method=method)


def window(**changes: object) -> Window:
    base = {
        "id": "w",
        "room": "r",
        "azimuth_deg": 0,
        "area_sqft": 1,
        "u_factor": 0.57,
        "shgc": 0.56,
        "glass_type": "2P Clear",
    }
    return Window.model_validate({**base, **changes})


HALF_OPEN = InteriorShade(kind="blinds", blinds="half_open")
DARK_HALF = InteriorShade(kind="curtains", colour="dark", coverage=0.5)


def test_psf_south_at_36_degrees_is_130_33() -> None:
    assert peak_solar("S", latitude=36) == approx(130.33, abs=0.005)


def test_half_open_medium_blinds_on_double_glass_are_0_693() -> None:
    assert interior_shade_coefficient(HALF_OPEN, glass_type="2P Clear", as_openstudio=True) == 0.693


def test_dark_curtains_over_half_of_the_glass_are_0_93() -> None:
    assert interior_shade_coefficient(DARK_HALF, glass_type="2P Clear") == approx(0.93)


def test_bob_ross_north_window_htm_is_31_35_and_11_968() -> None:
    piece = window_piece(
        window(interior_shade=HALF_OPEN, insect_screen=InsectScreen(location="outside")), cond=cond()
    )
    assert piece.heating_btuh == approx(31.35)
    assert piece.cooling_btuh == approx(11.968, abs=0.0005)  # printed with three decimals


def test_bob_ross_east_window_with_dark_curtains_htm_is_52_02() -> None:
    piece = window_piece(window(azimuth_deg=90, interior_shade=DARK_HALF), cond=cond())
    assert piece.cooling_btuh == approx(52.02, abs=0.005)


@pytest.mark.parametrize(
    ("azimuth", "name"), [(0, "N"), (22.4, "N"), (22.6, "NE"), (337.5, "N"), (337.4, "NW"), (360, "N")]
)
def test_directions_snap_to_the_nearest_octant(azimuth: float, name: str) -> None:
    assert octant(azimuth) == name


def test_south_of_the_equator_the_sun_stands_in_the_north() -> None:
    assert octant(0, latitude=-14) == "S"
    assert octant(90, latitude=-14) == "E"


@pytest.mark.parametrize(
    ("line", "htm"), [(0.5, 10.0), (1.0, 6.0), (2.0, 2.0)], ids=["above the glass", "half way", "all"]
)
def test_overhang_mixes_sun_and_north_glass_by_the_shadow(line: float, htm: float) -> None:
    roof = Overhang(depth_ft=2, to_top_ft=1, to_bottom_ft=3)
    assert shaded_htm(direct=10, north=2, overhang=roof, line=line) == htm


def test_sun_screen_leaves_a_quarter_of_the_excess_and_ignores_the_overhang() -> None:
    roof = Overhang(depth_ft=9, to_top_ft=0, to_bottom_ft=3)
    north = window_piece(window(), cond=cond()).cooling_btuh
    east = window_piece(window(azimuth_deg=90), cond=cond()).cooling_btuh
    screened = window_piece(window(azimuth_deg=90, sun_screen=True, overhang=roof), cond=cond()).cooling_btuh
    assert screened == approx(north + (east - north) / 4)


def test_insect_screen_reduces_the_whole_htm() -> None:
    bare = window_piece(window(), cond=cond()).cooling_btuh
    inside = window_piece(window(insect_screen=InsectScreen(location="inside", coverage=0.5)), cond=cond())
    assert inside.cooling_btuh == approx(bare * 0.95)


def test_unknown_shade_is_light_curtains_half_covered() -> None:
    assert interior_shade_coefficient(UNKNOWN_SHADE, glass_type="2P Clear") == approx(0.67)


def test_a_given_shading_coefficient_replaces_the_table() -> None:
    glass = glass_of(window(isc=0.4, interior_shade=HALF_OPEN), cond=cond(), default=UNKNOWN_SHADE)
    assert glass.isc == 0.4


@pytest.mark.parametrize(
    ("u_factor", "shgc", "name"),
    [
        (0.9, 0.7, "1P Clear"),
        (0.5, 0.3, "2P Low-e Option 3"),
        (0.3, 0.4, "2P Heat Absorbing"),
        (0.2, 0.5, "3P Clear"),
    ],
)
def test_glass_type_is_guessed_from_u_and_shgc(u_factor: float, shgc: float, name: str) -> None:
    assert guess_glass_type(u_factor=u_factor, shgc=shgc) == name


def test_clear_storm_window_on_single_glass() -> None:
    assert with_storm(u_factor=1.0, shgc=0.7, storm="clear") == (approx(0.5098), approx(0.63))


def test_skylight_of_bob_ross_is_100_92_in_winter() -> None:
    skylight = Skylight(
        id="s", room="r", area_sqft=1, u_factor=1.834962, shgc=0.5, azimuth_deg=180, pitch_in_per_ft=7
    )
    assert skylight_piece(skylight, cond=cond()).heating_btuh == approx(100.92, abs=0.005)


def test_flat_skylight_has_no_side_sun() -> None:
    flat, turned = (
        skylight_piece(
            Skylight(id="s", room="r", area_sqft=8, u_factor=0.5, shgc=0.5, azimuth_deg=a, pitch_in_per_ft=0),
            cond=cond(),
        )
        for a in (0, 180)
    )
    assert flat.cooling_btuh == turned.cooling_btuh


def test_the_book_counts_a_dome_a_quarter_larger() -> None:
    dome = Skylight(
        id="s", room="r", area_sqft=8, u_factor=0.5, shgc=0.5, azimuth_deg=0, pitch_in_per_ft=3, dome=True
    )
    ratio = (
        skylight_piece(dome, cond=cond("as_published")).heating_btuh
        / skylight_piece(dome, cond=cond()).heating_btuh
    )
    assert ratio == approx(1.25)
