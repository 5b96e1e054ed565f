"""The editor's requests: one change, one recalculation, loads at once, history, undo, and the same on a revised plan."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from autohvac.core.digest import canonical_json, sha256_bytes
from autohvac.core.stage import STAGES
from autohvac.doorbell import silenced
from autohvac.pipeline import quick
from autohvac.pipeline.quick import recalculate_now
from autohvac.pipeline.runner import stages, store_bytes
from blueprints.artifacts import artifact_name
from blueprints.models import Blueprint, Correction, PipelineRun, Room, RunStatus, StageStatus
from blueprints.models.plan import Opening
from blueprints.plan.model import PageFacts, PdfFacts
from blueprints.projection import project_pages
from blueprints.services.runs import run_start
from blueprints.stages import PagesOut
from calculations.models import LoadCalculation
from tests.blueprints.plan.sheets import Sheet
from tests.edges.rows import Whole
from tests.factories import make_blueprint

UP_AT_4 = [(4.0, 12.0), (4.0, 0.0)]
READING = STAGES[:4]


def read_by_stages(run: PipelineRun, sheet: Sheet) -> None:
    """The checkpoints of stages 1 to 4, as if they had read this sheet."""
    inp = sheet.inputs()
    page = inp.pages.pages[0]
    facts = PdfFacts(
        sha256=run.blueprint.sha256, media_type="application/pdf", size_bytes=1, page_count=1,
        pages=(PageFacts(number=1, width_pt=page.width_pt, height_pt=page.height_pt),),
    )  # fmt: skip
    outputs = (facts, PagesOut(pages=inp.pages, previews={}), inp.plan, inp.text)
    for name, out in zip(READING, outputs, strict=True):
        data = canonical_json(out)
        store_bytes(artifact_name(sha256_bytes(data)), data)
        row = run.stages.get(name=name)
        row.status, row.version, row.output_digest = (
            StageStatus.DONE,
            stages()[name].version,
            sha256_bytes(data),
        )
        row.input_digest, row.attempt = "0" * 64, 1
        row.save()
    project_pages(run, inp.pages, {})


def read_plan(blueprint: Blueprint, sheet: Sheet) -> PipelineRun:
    """A plan that was read and calculated up to its loads."""
    with silenced():
        run = run_start(blueprint=blueprint, actor=None)
        read_by_stages(run, sheet)
        run.stages.filter(name="cleanup").update(status=StageStatus.PENDING)
        for name in quick.AT_ONCE:
            quick.execute_stage(run.pk, name)
    run.refresh_from_db()
    return run


@pytest.fixture
def plan(whole: Whole) -> Blueprint:
    """A plan of the firm with rooms and loads."""
    whole.project.zip_code, whole.project.front = "80202", "S"
    whole.project.save()
    blueprint = make_blueprint(whole.project)
    read_plan(blueprint, Sheet())
    return blueprint


def room(plan: Blueprint, name: str) -> Room:
    return Room.objects.get(level__blueprint=plan, name=name)


def names(plan: Blueprint) -> list[str]:
    return sorted(Room.objects.filter(level__blueprint=plan).values_list("name", flat=True))


def send(
    client: Client, plan: Blueprint, *edits: dict[str, Any], version: int | None = None, reason: str = ""
) -> Any:
    known = plan.corrections.count() if version is None else version
    body = {"edits": list(edits), "version": str(known), "reason": reason}
    return client.post(
        f"/blueprints/{plan.pk}/edit/", json.dumps(body), content_type="application/json", headers={"X-Editor": "1"}
    )  # fmt: skip


def split_a(plan: Blueprint) -> dict[str, Any]:
    target = room(plan, "ROOM A")
    parts = [
        {"key": target.key, "name": "DEN", "type": "office"},
        {"key": "N-1", "name": "STUDY", "type": "bedroom"},
    ]
    line = [Sheet().p(*p) for p in UP_AT_4]
    return {"target": target.key, "field": "split", "value": {"line": line, "parts": parts}}


def loads(plan: Blueprint) -> LoadCalculation:
    return LoadCalculation.objects.filter(run__blueprint=plan).latest("created_at")


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def test_a_split_is_one_change_whose_loads_are_there_at_once(
    page: Client, plan: Blueprint, whole: Whole
) -> None:
    before = loads(plan)
    answer = send(page, plan, split_a(plan), reason="two rooms on site")
    assert answer.status_code == 200, answer.content
    assert {"DEN", "STUDY"} < set(names(plan)) and "ROOM A" not in names(plan)
    run = plan.runs.first()
    assert run.parent == before.run and loads(plan).run == run
    assert [s.reused for s in run.stages.order_by("index")[:4]] == [True] * 4
    assert run.stages.get(name="report").status == StageStatus.PENDING  # for the queue
    said = text_of(answer)
    assert (
        "ROOM A split in DEN and STUDY" in said and "two rooms on site" in said and whole.user.email in said
    )
    new = {load.name: load for load in loads(plan).room_loads.all()}
    assert f"STUDY {new['STUDY'].heating_btuh:,.0f} +{new['STUDY'].heating_btuh:,.0f}" in said


def test_several_fields_are_one_change_and_one_run(page: Client, plan: Blueprint) -> None:
    key, runs = room(plan, "ROOM C").key, plan.runs.count()
    edits = [
        {"target": key, "field": "name", "value": "SUITE"},
        {"target": key, "field": "ceiling_height_ft", "value": 12},
    ]
    answer = send(page, plan, *edits)
    assert answer.status_code == 200 and plan.runs.count() == runs + 1
    rows = list(plan.corrections.all())
    assert len({row.change for row in rows}) == 1
    assert [(r.before["name"], r.before["value"], r.value) for r in rows] == [
        ("ROOM C", "ROOM C", "SUITE"), ("ROOM C", None, 12.0)
    ]  # fmt: skip
    assert room(plan, "SUITE").ceiling_height_ft == 12
    assert "ROOM C: Name ROOM C → SUITE" in text_of(answer)


def test_undo_brings_the_loads_back_and_undoing_that_the_change(page: Client, plan: Blueprint) -> None:
    before = loads(plan).heating_btuh
    send(page, plan, {"target": room(plan, "ROOM G").key, "field": "conditioned", "value": True})
    heated = loads(plan).heating_btuh
    assert heated > before + 1000
    first = plan.corrections.get()
    page.post(f"/blueprints/{plan.pk}/undo/", {"change": str(first.change)})
    assert loads(plan).heating_btuh == pytest.approx(before, rel=1e-9)
    undone = plan.corrections.get(field="undone")
    answer = page.post(f"/blueprints/{plan.pk}/undo/", {"change": str(undone.change)})
    assert loads(plan).heating_btuh == pytest.approx(heated, rel=1e-9)
    assert answer.url == f"/runs/{plan.runs.first().pk}/plan/"
    assert plan.corrections.count() == 3  # nothing is ever deleted


def test_an_undone_change_is_not_undone_twice(page: Client, plan: Blueprint) -> None:
    send(page, plan, {"target": room(plan, "ROOM C").key, "field": "name", "value": "SUITE"})
    change = str(plan.corrections.get().change)
    page.post(f"/blueprints/{plan.pk}/undo/", {"change": change})
    assert page.post(f"/blueprints/{plan.pk}/undo/", {"change": change}).status_code == 422


def test_a_revised_plan_keeps_the_corrections_and_says_where_they_come_from(
    page: Client, plan: Blueprint, whole: Whole
) -> None:
    send(page, plan, split_a(plan))
    send(page, plan, {"target": room(plan, "DEN").key, "field": "name", "value": "LIBRARY"})
    revised = make_blueprint(whole.project)
    revised.supersedes = plan
    revised.save()
    run = read_plan(revised, Sheet(at=(400.0, 250.0)))
    assert {"LIBRARY", "STUDY"} < set(names(revised))
    said = text_of(page.get(f"/runs/{run.pk}/plan/"))
    assert "made on an earlier version of the plan" in said and "not found again" not in said
    assert "Compared with the plan this one revises." in said and "(±0)" in said
    send(page, plan, {"target": room(plan, "ROOM B").key, "field": "name", "value": "LATER"})
    send(page, revised, {"target": room(revised, "ROOM D").key, "field": "name", "value": "OFFICE"})
    assert "OFFICE" in names(revised) and "LATER" not in names(revised)  # made after the revision came


def test_what_a_revised_plan_no_longer_shows_is_reported(page: Client, plan: Blueprint, whole: Whole) -> None:
    send(page, plan, split_a(plan))
    revised = make_blueprint(whole.project)
    revised.supersedes = plan
    revised.save()
    boxes = {name: box for name, box in Sheet().boxes.items() if name != "A"}
    run = read_plan(revised, Sheet(boxes))
    gone = loads(plan).room_loads.get(name="STUDY").heating_btuh
    assert f"STUDY – −{gone:,.0f}" in text_of(page.get(f"/runs/{run.pk}/plan/"))
    assert run.review_items.filter(reason="correction_unmatched").count() == 1
    assert "This was not found again on the plan" in text_of(page.get(f"/runs/{run.pk}/plan/"))


def test_scale_and_north_by_the_editor(page: Client, plan: Blueprint) -> None:
    area = room(plan, "ROOM A").area_sqft
    answer = send(page, plan, {"target": "facts", "field": "scale:1:0", "value": 1 / 9})
    assert answer.status_code == 200 and room(plan, "ROOM A").area_sqft == pytest.approx(4 * area)
    assert "Scale: one inch of the sheet is 4 → 8 ft" in text_of(answer)
    send(page, plan, {"target": "facts", "field": "north_deg", "value": 90})
    assert plan.levels.get().drawing.north_deg == 90


def test_openings_are_added_changed_and_removed(page: Client, plan: Blueprint) -> None:
    level, before = plan.levels.get(), loads(plan).heating_btuh
    value = {"kind": "window", "at_pt": Sheet().p(0, 17), "width_ft": 6, "height_ft": 5}
    answer = send(page, plan, {"target": f"{level.pk}:N-9", "field": "opening", "value": value})
    assert answer.status_code == 200, answer.content
    added = Opening.objects.get(level=level, key="N-9")
    assert (added.room.name, added.exterior, added.height_ft) == ("ROOM C", True, 5)
    assert loads(plan).heating_btuh > before
    send(page, plan, {"target": "N-9", "field": "width_ft", "value": 3})
    assert Opening.objects.get(level=level, key="N-9").width_ft == 3
    send(page, plan, {"target": "N-9", "field": "deleted", "value": True})
    assert loads(plan).heating_btuh == pytest.approx(before, rel=1e-9)


@pytest.mark.parametrize(
    ("edit", "status"),
    [
        ({"field": "split", "value": {"line": [[0, 0], [1, 0]], "parts": []}}, 422),
        ({"field": "merge", "value": {"keys": []}}, 422),
        ({"field": "merge", "value": {"keys": ["nobody"]}}, 422),
        ({"field": "edge", "value": {"side": [[0, 0], [1, 1]], "by_ft": 1e9}}, 422),
        ({"field": "type", "value": "castle"}, 422),
        ({"field": "area_sqft", "value": "NaN"}, 422),
        ({"field": "conditioned", "value": "yes"}, 422),
        ({"field": "polygon_pt", "value": []}, 422),
        ({"field": "name", "value": "  "}, 422),
        ({"target": "facts", "field": "scale:1:0", "value": -1}, 422),
        ({"target": "elsewhere:N-1", "field": "room", "value": {}}, 422),
    ],
)
def test_edits_that_make_no_sense_are_refused_and_leave_nothing(
    page: Client, plan: Blueprint, edit: dict[str, Any], status: int
) -> None:
    runs = plan.runs.count()
    answer = send(page, plan, {"target": room(plan, "ROOM A").key} | edit)
    assert answer.status_code == status and answer.content
    assert not plan.corrections.exists() and plan.runs.count() == runs


@pytest.mark.parametrize("body", [b"", b"[]", b'{"edits": []}', b"{" * 4000, b'{"edits": 3, "version": "0"}'])
def test_a_body_that_is_no_edit(page: Client, plan: Blueprint, body: bytes) -> None:
    url = f"/blueprints/{plan.pk}/edit/"
    assert page.post(url, body, content_type="application/json").status_code == 400


def test_who_saw_an_older_plan_is_told(page: Client, plan: Blueprint) -> None:
    edit = {"target": room(plan, "ROOM C").key, "field": "name", "value": "SUITE"}
    assert send(page, plan, edit).status_code == 200
    assert send(page, plan, edit, version=0).status_code == 412
    assert plan.corrections.count() == 1


def test_a_plan_that_is_not_read_yet_is_left_to_the_queue(whole: Whole) -> None:
    with silenced():
        run = run_start(blueprint=make_blueprint(whole.project), actor=None)
    assert recalculate_now(run) is False
    assert run.stages.get(name="validate").status == StageStatus.PENDING


def test_an_edit_costs_about_a_second_of_computing_and_less(page: Client, plan: Blueprint) -> None:
    key = room(plan, "ROOM C").key
    send(
        page, plan, {"target": key, "field": "name", "value": "ONE"}
    )  # the first edit loads tables and templates
    began = time.process_time()
    send(page, plan, {"target": key, "field": "ceiling_height_ft", "value": 10})
    took = time.process_time() - began
    print(f"an edit of a house of five rooms: {took:.2f} s of one processor")
    assert took < 1.0


def test_an_edit_while_the_report_is_written_starts_anew(page: Client, plan: Blueprint) -> None:
    key = room(plan, "ROOM C").key
    for name in ("ONE", "TWO"):
        assert send(page, plan, {"target": key, "field": "name", "value": name}).status_code == 200
    newest, before = plan.runs.all()[:2]
    assert (newest.status, before.status) == (RunStatus.RUNNING, RunStatus.CANCELLED)
    assert "TWO" in names(plan) and "ONE" not in names(plan)


# ---- without a script -------------------------------------------------------------------------------
def test_rename_retype_and_remove_by_form(page: Client, plan: Blueprint) -> None:
    target = room(plan, "ROOM G")
    form = {
        "name": "SHOP",
        "type": "storage",
        "area_sqft": round(target.area_sqft, 2),
        "ceiling_height_ft": 9,
    }
    answer = page.post(f"/rooms/{target.pk}/", form)
    assert answer.url == f"/runs/{plan.runs.first().pk}/plan/"
    assert room(plan, "SHOP").type == "storage"
    target = room(plan, "SHOP")
    form |= {"conditioned": "on"} if target.conditioned else {}
    page.post(f"/rooms/{target.pk}/", form | {"deleted": "on"})
    assert "SHOP" not in names(plan)
    assert "SHOP removed" in text_of(page.get(f"/runs/{plan.runs.first().pk}/plan/"))


def test_a_drawing_without_a_scale_is_measured_on_the_plan_page(page: Client, whole: Whole) -> None:
    unscaled = make_blueprint(whole.project)
    run = read_plan(unscaled, Sheet(noted=False))
    assert (run.status, names(unscaled)) == (RunStatus.NEEDS_INPUT, [])
    unscaled.pages.update(preview="previews/x.png")
    answer = page.get(f"/runs/{run.pk}/plan/").content.decode()
    assert "No scale could be confirmed on this drawing." in answer and 'data-scale="scale:1:0"' in answer
    answer = send(page, unscaled, {"target": "facts", "field": "scale:1:0", "value": 1 / 18})
    assert answer.status_code == 200 and room(unscaled, "ROOM A").area_sqft == pytest.approx(144.0)
    assert "Scale: one inch of the sheet is – → 4 ft" in text_of(answer)


def test_the_editor_is_for_those_who_may_change(client: Client, plan: Blueprint, whole: Whole) -> None:
    whole.membership.role = "viewer"
    whole.membership.save()
    client.force_login(whole.user)
    page = client.get(f"/runs/{plan.runs.first().pk}/plan/").content.decode()
    assert "editor.js" not in page and "data-edit" not in page and "data-tool" not in page
    assert send(client, plan, split_a(plan)).status_code == 403


def test_the_upload_page_offers_the_newest_plan_as_the_one_revised(
    page: Client, plan: Blueprint, whole: Whole
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = f"/projects/{whole.project.pk}/upload/"
    assert f'<option value="{plan.pk}" selected>' in page.get(url).content.decode()
    file = SimpleUploadedFile("revised.pdf", b"%PDF-1.7 revised")
    page.post(url, {"file": file, "supersedes": str(plan.pk)})
    assert Blueprint.objects.get(original_name="revised.pdf").supersedes == plan


def test_a_plan_of_another_project_is_not_revised(api: APIClient, plan: Blueprint, whole: Whole) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    other = make_blueprint()
    for pk, status in ((other.pk, 404), (whole.started.blueprint_id, 202)):
        file = SimpleUploadedFile("revised.pdf", b"%PDF-1.7 revised")
        body = {"file": file, "project": str(whole.project.pk), "supersedes": str(pk)}
        assert api.post("/api/v1/blueprints", body, format="multipart").status_code == status


# ---- the same by the API ----------------------------------------------------------------------------
def test_split_and_merge_by_the_api(api: APIClient, plan: Blueprint) -> None:
    target = room(plan, "ROOM A")
    url = f"/api/v1/rooms/{target.pk}"
    parts = [{"name": "DEN", "type": "office"}, {"name": "STUDY", "type": "bedroom"}]
    body = {"line": [Sheet().p(*p) for p in UP_AT_4], "parts": parts, "reason": "site visit"}
    assert api.post(f"{url}/split", body, format="json").status_code == 428
    etag = api.get(url)["ETag"]
    answer = api.post(f"{url}/split", body, format="json", headers={"If-Match": etag})
    assert answer.status_code == 202 and {"DEN", "STUDY"} < set(names(plan))
    assert answer.json()["stage"] == "loads" and loads(plan).run_id == plan.runs.first().pk
    assert api.post(f"{url}/split", body, format="json", headers={"If-Match": etag}).status_code == 412
    den, study = room(plan, "DEN"), room(plan, "STUDY")
    url = f"/api/v1/rooms/{den.pk}"
    headers = {"If-Match": api.get(url)["ETag"]}
    elsewhere = {"rooms": [str(Room.objects.exclude(level__blueprint=plan).first().pk)]}
    assert api.post(f"{url}/merge", elsewhere, format="json", headers=headers).status_code == 400
    answer = api.post(f"{url}/merge", {"rooms": [str(study.pk)]}, format="json", headers=headers)
    assert answer.status_code == 202 and "STUDY" not in names(plan)
    assert room(plan, "DEN").area_sqft == pytest.approx(144.0, abs=0.1)


def test_several_fields_by_the_api_are_one_change(api: APIClient, plan: Blueprint) -> None:
    target = room(plan, "ROOM C")
    url = f"/api/v1/rooms/{target.pk}"
    headers = {"If-Match": api.get(url)["ETag"]}
    answer = api.patch(url, {"name": "SUITE", "type": "family"}, format="json", headers=headers)
    assert answer.status_code == 202
    assert Correction.objects.filter(blueprint=plan).values("change").distinct().count() == 1
