"""What the import makes of single elements, and what it says about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest import approx

from autohvac.core.errors import NeedsInput
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.exporter import export_hpxml
from calculations.hpxml.importer import ImportResult, import_hpxml
from calculations.manualj.engine import calculate
from calculations.manualj.house import Attic, Garage, InteriorShade
from tests.calculations.hpxml.houses import full_house
from tests.calculations.hpxml.test_exporter import small_house

CASES = Path(__file__).parents[3].parent / "shared" / "reference" / "manual-j" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"the public example houses are not at {CASES}")


@pytest.fixture
def vatilo() -> bytes:
    path = CASES / "Vatilo_Residence.xml"
    if not path.is_file():
        pytest.skip(f"the public example houses are not at {CASES}")
    return path.read_bytes()


def changed(document: bytes, old: str, new: str) -> bytes:
    assert old.encode() in document
    return document.replace(old.encode(), new.encode())


def codes(result: ImportResult) -> list[tuple[str, str]]:
    return [(issue.code, issue.path.rpartition("/")[2]) for issue in result.warnings]


@needs_cases
@pytest.mark.parametrize("path", sorted(CASES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_published_house_is_read_and_comes_back_equal(path: Path) -> None:
    result = import_hpxml(path)
    assert {issue.code for issue in result.warnings} <= {"hpxml_assumed"}
    assert import_hpxml(export_hpxml(result.house)).house == result.house


def test_a_house_without_spaces_is_one_room(vatilo: bytes) -> None:
    house = import_hpxml(vatilo).house
    assert [(room.id, room.area_sqft) for room in house.rooms] == [("house", 1200.0)]
    assert {wall.room for wall in house.walls} == {"house"}


def test_attic_and_garage_get_their_roofs(vatilo: bytes) -> None:
    attic, garage = import_hpxml(vatilo).house.spaces
    assert isinstance(attic, Attic)
    assert isinstance(garage, Garage)
    assert [plane.area_sqft for plane in attic.roof_planes] == [1358.4]
    assert (garage.roof_sqft, garage.under_rooms_sqft) == (
        225.0,
        0.0,
    )  # the garage lies under the attic alone


def test_hpxml_4_reads_as_hpxml_5_does(vatilo: bytes) -> None:
    older = changed(changed(vatilo, "2025/12", "2023/09"), "schemaVersion='5.0'", "schemaVersion='4.0'")
    assert import_hpxml(older).house == import_hpxml(vatilo).house


def test_a_document_type_is_refused_before_any_entity_is_read(vatilo: bytes) -> None:
    body = vatilo.split(b"?>", 1)[1]
    with pytest.raises(HpxmlRejected, match="hpxml_unsafe"):
        import_hpxml(b'<!DOCTYPE HPXML [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + body)


def test_a_document_of_21_megabytes_is_refused() -> None:
    with pytest.raises(HpxmlRejected, match="hpxml_too_large"):
        import_hpxml(b" " * 21_000_000)


def test_a_document_of_too_many_elements_is_refused() -> None:
    with pytest.raises(HpxmlRejected, match="hpxml_too_large"):
        import_hpxml(b"<HPXML>" + b"<a/>" * 200_001 + b"</HPXML>")


def test_a_document_nested_too_deep_is_refused() -> None:
    with pytest.raises(HpxmlRejected, match="hpxml_invalid"):
        import_hpxml(b"<a>" * 5000 + b"</a>" * 5000)


@pytest.mark.parametrize("document", [b"", b"<a", b"<a/>", b"\x00\xff", b"<HPXML/>"])
def test_what_is_not_hpxml_is_refused(document: bytes) -> None:
    with pytest.raises(HpxmlRejected):
        import_hpxml(document)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("<Area>976.0</Area>", "<Area>-976.0</Area>", "Wall[@id='Wall1']/Area"),
        ("<Area>976.0</Area>", "<Area>NaN</Area>", "Wall[@id='Wall1']/Area"),
        ("<HumidityDifference>51.0", "<HumidityDifference>wet", "ManualJInputs/HumidityDifference"),
        ("<LeakageLevel>default not sealed", "<LeakageLevel>so so", "DefaultTableDuctLoad/LeakageLevel"),
        ("<InsulationRValue>4.0", "<InsulationRValue>1e9", "DefaultTableDuctLoad"),
        ("<Depth>1.5</Depth>", "<Depth>1e9</Depth>", "Overhangs"),
        ("<AttachedToWall idref='Wall1'/>", "<AttachedToWall idref='Wall9'/>", "AttachedToWall"),
        ("<DistanceToBottomOfWindow>5.5<", "<DistanceToBottomOfWindow>0.5<", "Overhangs"),
    ],
)
def test_an_impossible_value_is_refused_with_its_path(vatilo: bytes, old: str, new: str, where: str) -> None:
    with pytest.raises(HpxmlRejected) as refusal:
        import_hpxml(changed(vatilo, old, new))
    assert refusal.value.code == "hpxml_invalid"
    assert refusal.value.path.endswith(where)


def test_an_unknown_element_is_reported_and_the_house_still_read(vatilo: bytes) -> None:
    result = import_hpxml(changed(vatilo, "<Area>976.0</Area>", "<Area>976.0</Area><Moat>1</Moat>"))
    assert codes(result) == [("hpxml_schema", "Moat"), ("hpxml_ignored", "Moat")]


def test_an_unknown_engine_extension_is_reported(vatilo: bytes) -> None:
    inputs = "<HumidityDifference>51.0</HumidityDifference>"
    result = import_hpxml(changed(vatilo, inputs, f"{inputs}<SolarBonus>9</SolarBonus>"))
    assert codes(result) == [("hpxml_ignored", "SolarBonus")]


def test_a_contradiction_of_areas_is_reported(vatilo: bytes) -> None:
    result = import_hpxml(changed(vatilo, "<Area>976.0</Area>", "<Area>100.0</Area>"))
    assert "hpxml_contradiction" in {issue.code for issue in result.warnings}


def test_a_missing_design_temperature_without_zip_is_asked_for(vatilo: bytes) -> None:
    with pytest.raises(NeedsInput) as question:
        import_hpxml(changed(vatilo, "<HeatingDesignTemperature>31.0</HeatingDesignTemperature>", ""))
    assert question.value.facts["questions"] == ["HeatingDesignTemperature"]


def test_a_missing_design_temperature_comes_from_the_zip_code(vatilo: bytes) -> None:
    without = changed(vatilo, "<HeatingDesignTemperature>31.0</HeatingDesignTemperature>", "")
    site = "<SiteID id='SiteID'/>"
    result = import_hpxml(changed(without, site, f"{site}<Address><ZipCode>77032</ZipCode></Address>"))
    assert 25 < result.house.design.heating_db_f < 40  # Houston: 99 % near 30 °F
    assert ("hpxml_assumed", "HeatingDesignTemperature") in codes(result)


def test_a_window_without_shade_leaves_the_default_to_the_engine(vatilo: bytes) -> None:
    start, end = vatilo.index(b"<InteriorShading>"), vatilo.index(b"</InteriorShading>")
    house = import_hpxml(vatilo[:start] + vatilo[end + len(b"</InteriorShading>") :]).house
    assert house.windows[0].interior_shade is None
    assert house.windows[1].interior_shade == InteriorShade(
        kind="blinds", colour="medium", blinds="half_open"
    )


def test_glass_named_without_ratings_takes_those_of_its_description(vatilo: bytes) -> None:
    named = "<FrameType><Wood/></FrameType><GlassLayers>double-pane</GlassLayers>"
    document = vatilo.replace(b"<GlassLayers>double-pane</GlassLayers>", named.encode(), 1)
    document = document.replace(b"<UFactor>0.63</UFactor>", b"", 1).replace(b"<SHGC>0.69</SHGC>", b"", 1)
    window = import_hpxml(document).house.windows[0]
    assert (window.u_factor, window.shgc) == (0.51, 0.56)


def test_an_unclear_attic_is_settled_by_the_attics_of_the_document(vatilo: bytes) -> None:
    kind = "<AtticType><Attic><Vented>false</Vented></Attic></AtticType>"
    attics = f"<Attics><Attic><SystemIdentifier id='A'/>{kind}</Attic></Attics>"
    document = changed(vatilo, "<Roofs>", f"{attics}<Roofs>").replace(b"attic - vented", b"attic")
    attic = import_hpxml(document).house.spaces[0]
    assert isinstance(attic, Attic)
    assert attic.ventilation == "unvented"


def test_a_wall_to_another_dwelling_carries_no_space(vatilo: bytes) -> None:
    house = import_hpxml(
        changed(vatilo, "<ExteriorAdjacentTo>garage<", "<ExteriorAdjacentTo>other housing unit<")
    ).house
    assert [wall.adjacent_to for wall in house.walls] == ["outdoors", "other_unit"]


def test_a_corridor_becomes_a_buffer_space(vatilo: bytes) -> None:
    word = "<ExteriorAdjacentTo>other multifamily buffer space<"
    house = import_hpxml(changed(vatilo, "<ExteriorAdjacentTo>garage<", word)).house
    assert "buffer" in {space.kind for space in house.spaces}


@pytest.mark.parametrize(
    ("measurement", "expected"),
    [
        ("<EffectiveLeakageArea>92.0</EffectiveLeakageArea>", {"ela_sqin": 92.0}),
        ("<SpecificLeakageArea>0.0004</SpecificLeakageArea>", {"ela_sqin": approx(0.0004 * 1200 * 144)}),
    ],
)
def test_leakage_areas_are_taken(vatilo: bytes, measurement: str, expected: dict[str, float]) -> None:
    document = changed(vatilo, "<LeakinessDescription>average</LeakinessDescription>", measurement)
    air = import_hpxml(document).house.infiltration
    assert {name: getattr(air, name) for name in expected} == expected


def test_a_blower_door_keeps_its_pressure(vatilo: bytes) -> None:
    test = (
        "<HousePressure>25</HousePressure><BuildingAirLeakage><UnitofMeasure>CFM</UnitofMeasure>"
        "<AirLeakage>900</AirLeakage></BuildingAirLeakage>"
    )
    document = changed(vatilo, "<LeakinessDescription>average</LeakinessDescription>", test)
    door = import_hpxml(document).house.infiltration.blower_door
    assert door is not None
    assert (door.cfm, door.pressure_pa) == (900.0, 25.0)


def test_ducts_without_a_table_are_read_run_by_run(vatilo: bytes) -> None:
    start, end = vatilo.index(b"<DefaultTableDuctLoad>"), vatilo.index(b"</DefaultTableDuctLoad>")
    house = import_hpxml(vatilo[:start] + vatilo[end + len(b"</DefaultTableDuctLoad>") :]).house
    (system,) = house.duct_systems
    assert [(run.side, run.location, run.area_sqft) for run in system.runs] == [
        ("supply", "attic_vented", 366.0),
        ("return", "attic_vented", 70.0),
    ]
    assert (system.supply_leakage_cfm, system.return_leakage_cfm) == (128.1, 49.0)


@pytest.mark.parametrize(
    ("kind", "moisture", "soil"),
    [
        ("clay", "mixed", "heavy_moist"),
        ("sand", "dry", "light_dry"),
        ("sand", "wet", "heavy_dry_or_light_moist"),
        ("clay", "dry", "heavy_dry_or_light_moist"),
    ],
)
def test_soil_by_its_description(vatilo: bytes, kind: str, moisture: str, soil: str) -> None:
    document = changed(vatilo, "<SoilType>unknown", f"<SoilType>{kind}")
    assert (
        import_hpxml(changed(document, "<MoistureType>wet", f"<MoistureType>{moisture}")).house.soil == soil
    )


def test_engine_inputs_take_the_place_of_standard_elements() -> None:
    house = full_house()
    assert import_hpxml(export_hpxml(house)).house.walls[2].group == "D"


def test_engine_inputs_that_are_not_json_are_refused() -> None:
    document = export_hpxml(small_house(humidification=True))
    with pytest.raises(HpxmlRejected, match="not JSON"):
        import_hpxml(changed(document, "<humidification>true", "<humidification>maybe"))


@needs_cases
def test_two_systems_of_half_the_load_have_the_duct_load_of_one() -> None:
    one = import_hpxml(CASES / "Bob_Ross_Residence.xml").house
    text = (CASES / "Bob_Ross_Residence.xml").read_text(encoding="utf-8")
    for season in ("Heat", "Cool"):
        text = text.replace(f"<Fraction{season}LoadServed>1.0<", f"<Fraction{season}LoadServed>0.5<")
    text = doubled(text, "HeatingSystem", "HeatingSystem1", "HVACDistribution1")
    text = doubled(text, "CoolingSystem", "CoolingSystem1", "HVACDistribution1")
    text = doubled(text, "HVACDistribution", "Ducts1", "Ducts2", "HVACDistribution1")
    two = import_hpxml(text.encode()).house
    assert [(duct.heating_share, duct.cooling_share, duct.zone) for duct in two.ducts] == [
        (0.5, 0.5, None)
    ] * 2
    once, twice = (calculate(house).block.heating.ducts for house in (one, two))
    assert twice == approx(once, rel=1e-9)


@needs_cases
def test_systems_of_two_zones_put_their_ducts_on_their_zone() -> None:
    text = (CASES / "Bob_Ross_Residence.xml").read_text(encoding="utf-8")
    split = (
        "</Space></Spaces></Zone><Zone><SystemIdentifier id='Below'/><ZoneType>conditioned</ZoneType><Spaces>"
        "<Space><SystemIdentifier id='bedroom_2'/>"
    )
    before, after = text.split("<SystemIdentifier id='bedroom_2'/>")
    text = before.rstrip().removesuffix("<Space>").rstrip().removesuffix("</Space>") + split + after
    text = doubled(text, "HeatingSystem", "HeatingSystem1", "HVACDistribution1", zone="Below")
    text = doubled(text, "CoolingSystem", "CoolingSystem1", "HVACDistribution1", zone="Below")
    text = doubled(text, "HVACDistribution", "Ducts1", "Ducts2", "HVACDistribution1")
    house = import_hpxml(text.encode()).house
    assert [duct.zone for duct in house.ducts] == ["BobRossResidenceConditioned", "Below"]
    block = calculate(house, method="as_openstudio").block.heating
    base = block.total - block.ducts - block.ventilation  # the central fan's air comes after the ducts
    assert block.ducts == approx(0.12441 * base, rel=1e-4)  # EHLF of 7C-R, printed to five digits


def doubled(text: str, element: str, *names: str, zone: str | None = None) -> str:
    """The document with the first such element twice, the second under other names."""
    start, end = text.index(f"<{element}>"), text.index(f"</{element}>") + len(element) + 3
    copy = text[start:end]
    for name in names:
        copy = copy.replace(f"'{name}'", f"'{name}_b'")
    if zone is not None:
        copy = copy.replace("'BobRossResidenceConditioned'", f"'{zone}'")
    return text[:end] + copy + text[end:]
