"""What the import makes of single elements, and what it says about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from pytest import approx

from autohvac.core.errors import NeedsInput, RejectedInput
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.exporter import export_hpxml
from calculations.hpxml.importer import ImportResult, import_hpxml
from calculations.manualj.engine import calculate
from calculations.manualj.house import Attic, Basement, Crawlspace, Floor, Garage, InteriorShade, ShellWall
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


@needs_cases
@pytest.mark.parametrize("path", sorted(CASES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_published_house_reads_the_same_as_hpxml_4(path: Path) -> None:
    text = path.read_bytes()
    older = changed(changed(text, "2025/12", "2023/09"), "schemaVersion='5.0'", "schemaVersion='4.2'")
    older = older.replace(b">not present<", b">none<")  # the older word
    assert import_hpxml(older).house == import_hpxml(text).house


SAID_ELSEWHERE = {  # a duct table or the method's own rule stands in their place
    "ConditionedFloorAreaServed", "DuctInsulationRValue", "DuctSurfaceArea", "NumberofReturnRegisters", "DuctLeakage/Value",
}  # fmt: skip
WITHOUT_LOAD = {  # Manual J's indoor temperatures and opaque doors know neither
    "YearBuilt", "NumberofConditionedFloors", "Roof/Pitch", "Door/Azimuth", "SetpointTempHeatingSeason",
    "SetpointTempCoolingSeason", "AnnualCoolingEfficiency/Value", "AnnualHeatingEfficiency/Value",
}  # fmt: skip


@needs_cases
@pytest.mark.parametrize("name", ["Vatilo_Residence", "Bob_Ross_Residence_3-23"])
def test_no_number_is_passed_over_in_silence(name: str) -> None:
    """Each number of the file is changed alone: the house changes, it is refused, or a remark is made."""
    root = etree.fromstring((CASES / f"{name}.xml").read_bytes())
    base = import_hpxml(etree.tostring(root))
    silent = {place for place, node in numbers(root).items() if passed_over(root, node, base)}
    known = SAID_ELSEWHERE | WITHOUT_LOAD
    assert {place for place in silent if not place.endswith(tuple(known))} == set()
    assert len(numbers(root)) > 55


def numbers(root: etree._Element) -> dict[str, etree._Element]:
    """The first number at each place of the document."""
    found: dict[str, etree._Element] = {}
    for node in root.iter(etree.Element):
        if len(node) == 0 and (node.text or "").strip().replace(".", "").replace("-", "").isdigit():
            steps = [node, *node.iterancestors()]
            found.setdefault("/".join(etree.QName(step).localname for step in reversed(steps)), node)
    return found


def passed_over(root: etree._Element, node: etree._Element, base: ImportResult) -> bool:
    old = node.text or ""
    node.text = repr(float(old) * 1.07 + 0.01) if "." in old else str(int(old) + 1)
    try:
        read = import_hpxml(etree.tostring(root))
        return read.house == base.house and read.warnings == base.warnings
    except RejectedInput:
        return False
    finally:
        node.text = old


@needs_cases
def test_windows_of_a_crawlspace_are_openings_of_its_shell() -> None:
    house = import_hpxml(CASES / "Bob_Ross_Residence_3-23.xml").house
    crawlspace = next(space for space in house.spaces if isinstance(space, Crawlspace))
    assert {(part.kind, part.u_factor) for part in crawlspace.shell} == {("opening", 0.57)}
    assert sum(part.area_sqft for part in crawlspace.shell) == 60.0


def test_a_door_of_a_framed_cellar_wall_comes_off_the_wall() -> None:
    cellar = Basement(  # noqa: S604 - shell is the envelope of the cellar
        id="basement_unconditioned",
        shell=(
            ShellWall(id="framed", area_sqft=80.0, u_factor=0.1),
            ShellWall(id="hatch", kind="opening", area_sqft=20.0, u_factor=0.5),
            ShellWall(id="lid", kind="roof", area_sqft=9.0, u_factor=0.2),
        ),
    )
    floor = Floor(id="f", room="den", adjacent_to=cellar.id, area_sqft=800.0, u_factor=0.05)
    document = export_hpxml(small_house(spaces=(cellar,), floors=(floor,)))
    tree = etree.fromstring(document)
    assert tree.findtext(".//{*}Wall/{*}Area") == "100.0"
    assert tree.findtext(".//{*}Door/{*}Area") == "20.0"
    (read,) = import_hpxml(document).house.spaces
    assert isinstance(read, Basement)
    assert {(part.id, part.kind, part.area_sqft) for part in read.shell} == {
        ("framed", "wall", 80.0),
        ("hatch", "opening", 20.0),
        ("lid", "roof", 9.0),
    }


@pytest.mark.parametrize(("unit", "expected", "remark"), [("ACHnatural", 3.5, False), ("SLA", None, True)])
def test_the_air_change_of_a_vented_crawlspace(unit: str, expected: float | None, remark: bool) -> None:
    under = Crawlspace(id="crawlspace_vented")
    floor = Floor(id="f", room="den", adjacent_to=under.id, area_sqft=800.0, u_factor=0.05)
    rate = f"<VentilationRate><UnitofMeasure>{unit}</UnitofMeasure><Value>3.5</Value></VentilationRate>"
    kind = "<FoundationType><Crawlspace><Vented>true</Vented></Crawlspace></FoundationType>"
    part = f"<Foundation><SystemIdentifier id='F'/>{kind}{rate}</Foundation>"
    document = export_hpxml(small_house(spaces=(under,), floors=(floor,)))
    result = import_hpxml(changed(document, "<Floors>", f"<Foundations>{part}</Foundations><Floors>"))
    (space,) = result.house.spaces
    assert isinstance(space, Crawlspace)
    assert space.vented_ach == expected
    assert (("hpxml_ignored", "VentilationRate") in codes(result)) is remark


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
