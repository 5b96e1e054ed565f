"""The API: sign in a device, upload, follow the run, correct, and what is refused how."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from blueprints.models import Blueprint, Correction, PipelineRun, Project
from blueprints.selectors import _typical_at
from tests.edges.rows import Whole
from tests.factories import PASSWORD, make_blueprint, make_run

PLAN = b"%PDF-1.7 a plan"


def upload(api: APIClient, whole: Whole, *, content: bytes = PLAN, **headers: str) -> Any:
    body = {"file": SimpleUploadedFile("plan.pdf", content), "project": str(whole.project.pk)}
    return api.post("/api/v1/blueprints", body, format="multipart", **headers)


def test_a_token_is_shown_once_and_can_be_revoked(whole: Whole) -> None:
    device = APIClient()
    body = {"email": whole.user.email, "password": PASSWORD, "name": "tablet"}
    made = device.post("/api/v1/auth/tokens", body, format="json").json()
    device.credentials(HTTP_AUTHORIZATION=f"Bearer {made['token']}")
    listed = device.get("/api/v1/auth/tokens").json()["results"]
    assert made["id"] in [row["id"] for row in listed] and "token" not in listed[0]
    assert device.delete(f"/api/v1/auth/tokens/{made['id']}").status_code == 204
    refused = device.get("/api/v1/projects")
    assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated")


def test_wrong_passwords_are_refused_and_slowed(whole: Whole) -> None:
    body = {"email": whole.user.email, "password": "wrong", "name": "tablet"}
    answers = [APIClient().post("/api/v1/auth/tokens", body, format="json") for _ in range(11)]
    assert [a.status_code for a in answers] == [401] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_upload_answers_202_with_a_run_to_follow(api: APIClient, whole: Whole) -> None:
    answer = upload(api, whole)
    assert answer.status_code == 202 and answer["Retry-After"] == "2"
    run = api.get(answer["Location"]).json()
    assert run["id"] == answer.json()["run"]["id"] and run["status"] == "queued"
    assert [stage["name"] for stage in run["stages"]] == [
        "validate", "pages", "geometry", "text", "cleanup", "loads", "report", "audit",
    ]  # fmt: skip


def test_a_file_that_is_no_plan_is_a_problem_with_code_and_advice(api: APIClient, whole: Whole) -> None:
    answer = upload(api, whole, content=b"GIF89a")
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_a_plan_file" and "upload that" in answer.json()["detail"]


def test_another_firms_project_cannot_be_uploaded_to(api: APIClient, whole: Whole) -> None:
    stranger = make_blueprint().project
    body = {"file": SimpleUploadedFile("plan.pdf", PLAN), "project": str(stranger.pk)}
    assert api.post("/api/v1/blueprints", body, format="multipart").status_code == 404


def test_the_same_key_does_it_once_and_answers_twice(api: APIClient, whole: Whole) -> None:
    body = {"name": "Elm 12", "zip_code": "52401"}
    first = api.post("/api/v1/projects", body, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    again = api.post("/api/v1/projects", body, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true" and again["Location"] == first["Location"]
    assert Project.objects.filter(name="Elm 12").count() == 1


def test_uploads_are_idempotent_too(api: APIClient, whole: Whole) -> None:
    before = Blueprint.objects.count()
    first, again = (upload(api, whole, HTTP_IDEMPOTENCY_KEY="u1") for _ in range(2))
    assert first.json()["run"]["id"] == again.json()["run"]["id"] and again["Idempotent-Replayed"] == "true"
    assert Blueprint.objects.count() == before + 1


def test_a_key_is_for_one_request_only(api: APIClient, whole: Whole) -> None:
    api.post("/api/v1/projects", {"name": "A", "zip_code": "52401"}, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    other = api.post(
        "/api/v1/projects", {"name": "B", "zip_code": "52401"}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


def test_a_refused_request_frees_its_key(api: APIClient, whole: Whole) -> None:
    bad = api.post(
        "/api/v1/projects", {"name": "A", "zip_code": "5"}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert bad.status_code == 400 and "zip_code" in bad.json()["fields"]
    good = api.post(
        "/api/v1/projects", {"name": "A", "zip_code": "52401"}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert good.status_code == 201


def test_five_digits_that_are_no_zip_code_make_no_project(api: APIClient) -> None:
    answer = api.post("/api/v1/projects", {"name": "A", "zip_code": "00000"}, format="json")
    assert answer.status_code == 400
    assert "This ZIP code is not known" in answer.content.decode()


def test_an_edit_names_the_version_it_changes(api: APIClient, whole: Whole) -> None:
    url, body = f"/api/v1/rooms/{whole.room.pk}", {"name": "GREAT ROOM", "reason": "owner"}
    assert api.patch(url, body, format="json").json()["code"] == "precondition_required"
    etag = api.get(url)["ETag"]
    answer = api.patch(url, body, format="json", HTTP_IF_MATCH=etag)
    assert answer.status_code == 202 and answer.json()["kind"] == "recalculation"
    assert Correction.objects.get(target_key=whole.room.key).value == "GREAT ROOM"
    stale = api.patch(url, body, format="json", HTTP_IF_MATCH=etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")


def test_an_opening_can_be_corrected_and_its_range_is_checked(api: APIClient, whole: Whole) -> None:
    url = f"/api/v1/openings/{whole.opening.pk}"
    etag = api.get(url)["ETag"]
    assert api.patch(url, {"width_ft": -3}, format="json", HTTP_IF_MATCH=etag).status_code == 400
    assert api.patch(url, {}, format="json", HTTP_IF_MATCH=etag).status_code == 400
    assert api.patch(url, {"width_ft": 6, "shgc": 0.25}, format="json", HTTP_IF_MATCH=etag).status_code == 202
    assert set(Correction.objects.filter(target_key="o0").values_list("field", flat=True)) == {
        "width_ft",
        "shgc",
    }


def test_building_values_are_corrected_on_the_blueprint(api: APIClient, whole: Whole) -> None:
    url = f"/api/v1/blueprints/{whole.blueprint.pk}"
    etag = api.get(url)["ETag"]
    unknown = api.patch(
        f"{url}/facts", {"values": {"safety_factor": "1.2"}}, format="json", HTTP_IF_MATCH=etag
    )
    assert unknown.status_code == 400
    answer = api.patch(f"{url}/facts", {"values": {"wall_r": "19"}}, format="json", HTTP_IF_MATCH=etag)
    assert answer.status_code == 202 and Correction.objects.get(target_key="facts").value == 19.0


def test_answers_start_a_new_run_and_wrong_ones_are_named(api: APIClient, whole: Whole) -> None:
    url = f"/api/v1/runs/{whole.run.pk}/answers"
    wrong = api.post(url, {"answers": {"foundation": "stilts"}}, format="json")
    assert (wrong.status_code, wrong.json()["facts"]["field"]) == (422, "foundation")
    answer = api.post(url, {"answers": {"foundation": "slab"}}, format="json")
    assert answer.status_code == 202 and answer.json()["id"] != str(whole.run.pk)


def test_a_run_tells_how_long_its_stages_usually_take_and_how_good_its_reading_is(
    api: APIClient, whole: Whole
) -> None:
    now = timezone.now()
    whole.run.stages.update(
        status="done", reused=False, started_at=now - timedelta(seconds=12), finished_at=now
    )
    PipelineRun.objects.filter(pk=whole.run.pk).update(completeness=0.9, validity=1.0, confidence=0.8)
    _typical_at.cache_clear()
    run = api.get(f"/api/v1/runs/{whole.run.pk}").json()
    _typical_at.cache_clear()
    assert (run["typical_s"], run["stages"][0]["typical_s"]) == (96.0, 12.0)
    assert run["quality"] == {"completeness": 0.9, "validity": 1.0, "confidence": 0.8}


def test_cancel_and_retry(api: APIClient, whole: Whole) -> None:
    live = make_run(whole.blueprint)
    refused = api.post(f"/api/v1/runs/{live.pk}/retry", {"stage": "loads"}, format="json")
    assert refused.json()["code"] == "run_not_retryable"
    cancelled = api.post(f"/api/v1/runs/{live.pk}/cancel").json()
    assert (cancelled["status"], cancelled["error"]["code"]) == ("cancelled", "cancelled")
    retried = api.post(f"/api/v1/runs/{live.pk}/retry", {"stage": "loads"}, format="json")
    assert (retried.status_code, retried.json()["status"]) == (202, "queued")
    assert api.post(f"/api/v1/runs/{live.pk}/retry", {"stage": "nine"}, format="json").status_code == 400


def events(api: APIClient, run: PipelineRun) -> list[str]:
    answer = api.get(f"/api/v1/runs/{run.pk}/events", HTTP_ACCEPT="text/event-stream")
    assert answer["Content-Type"] == "text/event-stream"
    return b"".join(answer.streaming_content).decode().strip().split("\n\n")


def test_events_of_an_ended_run_say_so_and_end(api: APIClient, whole: Whole) -> None:
    retry, progress, end = events(api, whole.run)
    assert retry == "retry: 2000" and end.startswith("event: end")
    assert json.loads(progress.split("data: ")[1])["status"] == "needs_review"


def test_events_of_a_live_run_close_in_time(api: APIClient, whole: Whole, monkeypatch: Any) -> None:
    monkeypatch.setattr("blueprints.api_runs.EVENTS_LAST_S", 0)
    live = make_run(whole.blueprint)
    assert [part.split("\n")[0] for part in events(api, live)] == ["retry: 2000", "event: progress"]


def test_lists_filter_and_page(api: APIClient, whole: Whole) -> None:
    assert len(api.get("/api/v1/rooms?conditioned=true").json()["results"]) == 3
    first = api.get("/api/v1/rooms?page_size=3").json()
    assert len(first["results"]) == 3 and len(api.get(first["next"]).json()["results"]) == 1
    whole_run = api.get(f"/api/v1/rooms?run={whole.run.pk}").json()["results"]
    assert {room["id"] for room in whole_run} == {
        room["id"] for room in api.get(f"/api/v1/rooms?blueprint={whole.blueprint.pk}").json()["results"]
    }
    assert api.get(f"/api/v1/rooms?run={whole.started.pk}").json()["results"] == []
    assert api.get("/api/v1/rooms?blueprint=nonsense").json()["fields"] == {
        "blueprint": ["Must be a valid UUID."]
    }


def test_a_closing_slash_is_sent_on_with_its_method(api: APIClient, whole: Whole) -> None:
    answer = api.get("/api/v1/projects/?search=x")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/projects?search=x")


def test_report_content(api: APIClient, whole: Whole) -> None:
    answer = api.get(f"/api/v1/reports/{whole.report.pk}/content", HTTP_ACCEPT="application/pdf")
    assert answer["Content-Type"] == "application/pdf" and b"".join(answer.streaming_content) == b"the report"


def test_loads_come_with_rooms_and_document(api: APIClient, whole: Whole) -> None:
    body = api.get(f"/api/v1/load-calculations/{whole.calculation.pk}").json()
    assert body["heating_btuh"] == 31000 and len(body["room_loads"]) == 4
    assert body["result"]["block"]["heating"]["walls"] == 9000
