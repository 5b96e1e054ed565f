"""Bad requests at the API and the pages: problem+json with a stable code, or the sentence on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from autohvac.accounts.models import Membership, Role
from tests import hostile
from tests.edges.rows import Whole
from tests.factories import make_project, make_run
from tests.refusals.doors import page_says, problem
from tests.refusals.provoke import provokes, provokes_each

PROJECT = {"name": "Elm 12", "zip_code": "52401"}
UPLOADS: list[tuple[Callable[[Path], Path], str]] = [
    (hostile.empty_file, "file_empty"),
    (hostile.web_page_named_pdf, "not_a_plan_file"),
]


def as_upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


@provokes_each("make, code", UPLOADS)
def test_an_upload_that_is_no_plan(
    make: Callable[[Path], Path], code: str, api: APIClient, whole: Whole, tmp_path: Path
) -> None:
    body = {"file": as_upload(make(tmp_path)), "project": str(whole.project.pk)}
    problem(api.post("/api/v1/blueprints", body, format="multipart"), code, status=422)


@provokes_each("make, code", UPLOADS)
def test_an_upload_on_the_page_that_is_no_plan(
    make: Callable[[Path], Path], code: str, page: Any, whole: Whole, tmp_path: Path
) -> None:
    body = {"file": as_upload(make(tmp_path))}
    page_says(page.post(f"/projects/{whole.project.pk}/upload/", body), code, status=422)


@provokes("file_too_large")
def test_an_upload_over_the_limit(api: APIClient, whole: Whole, tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 500
    body = {"file": as_upload(hostile.sound_pdf(tmp_path)), "project": str(whole.project.pk)}
    problem(api.post("/api/v1/blueprints", body, format="multipart"), "file_too_large", status=422)


@provokes("storage_unavailable")
def test_an_upload_while_the_storage_is_gone(
    api: APIClient, page: Any, whole: Whole, tmp_path: Path, settings: Any
) -> None:
    hostile.storage_on_a_file(settings, tmp_path)
    body = {"file": as_upload(hostile.sound_pdf(tmp_path)), "project": str(whole.project.pk)}
    answer = api.post("/api/v1/blueprints", body, format="multipart")
    problem(answer, "storage_unavailable", status=503)
    assert answer["Retry-After"] == "5"
    body = {"file": as_upload(hostile.sound_pdf(tmp_path))}
    page_says(page.post(f"/projects/{whole.project.pk}/upload/", body), "storage_unavailable", status=503)


@provokes("not_authenticated")
def test_no_token(whole: Whole) -> None:
    answer = APIClient().get("/api/v1/projects")
    problem(answer, "not_authenticated", status=401)
    assert "sign in" in answer.json()["detail"]


@provokes("throttled")
def test_guessing_passwords(whole: Whole) -> None:
    body = {"email": whole.user.email, "password": "wrong", "name": "tablet"}
    answers = [APIClient().post("/api/v1/auth/tokens", body, format="json") for _ in range(11)]
    problem(answers[-1], "throttled", status=429)


@provokes("forbidden")
def test_a_viewer_changes_nothing(api: APIClient, page: Any, whole: Whole) -> None:
    Membership.objects.filter(pk=whole.membership.pk).update(role=Role.VIEWER)
    problem(api.post(f"/api/v1/runs/{whole.started.pk}/cancel"), "forbidden", status=403)
    page_says(page.post(f"/runs/{whole.started.pk}/cancel/"), "forbidden", status=403)


@provokes("not_found")
def test_what_is_another_firms_is_not_there(api: APIClient, page: Any, whole: Whole) -> None:
    stranger = make_project().pk
    problem(api.get(f"/api/v1/projects/{stranger}"), "not_found", status=404)
    problem(api.get("/api/v1/castles"), "not_found", status=404)
    page_says(page.get(f"/projects/{stranger}/"), "not_found", status=404)


@provokes("invalid")
def test_fields_that_cannot_be_used_are_named(api: APIClient) -> None:
    answer = api.post("/api/v1/projects", PROJECT | {"zip_code": "5"}, format="json")
    problem(answer, "invalid", status=400)
    assert "zip_code" in answer.json()["fields"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b"[]", b"7", b"null", b'{"name": 1e999}'])
@provokes("invalid")
def test_a_body_that_is_no_json(body: bytes, api: APIClient) -> None:
    for headers in ({}, {"HTTP_IDEMPOTENCY_KEY": "k"}):
        answer = api.post("/api/v1/projects", body, content_type="application/json", **headers)
        problem(answer, "invalid", status=400)


@provokes("method_not_allowed")
def test_a_method_the_address_does_not_take(api: APIClient) -> None:
    answer = api.put("/api/v1/projects", PROJECT, format="json")
    problem(answer, "method_not_allowed", status=405)
    assert "see the API documentation" in answer.json()["detail"]


@provokes("media_type_unsupported")
def test_a_body_of_a_kind_we_do_not_read(api: APIClient) -> None:
    answer = api.post("/api/v1/projects", b"<project/>", content_type="application/xml")
    problem(answer, "media_type_unsupported", status=415)


@provokes("precondition_required", "precondition_failed")
def test_an_edit_of_no_version_and_of_an_old_one(api: APIClient, whole: Whole) -> None:
    url, body = f"/api/v1/rooms/{whole.room.pk}", {"name": "GREAT ROOM", "reason": "owner"}
    problem(api.patch(url, body, format="json"), "precondition_required", status=428)
    etag = api.get(url)["ETag"]
    assert api.patch(url, body, format="json", HTTP_IF_MATCH=etag).status_code == 202
    problem(api.patch(url, body, format="json", HTTP_IF_MATCH=etag), "precondition_failed", status=412)


@provokes("idempotency_mismatch")
def test_a_key_used_for_two_requests(api: APIClient) -> None:
    api.post("/api/v1/projects", PROJECT, format="json", HTTP_IDEMPOTENCY_KEY="k")
    other = api.post("/api/v1/projects", PROJECT | {"name": "B"}, format="json", HTTP_IDEMPOTENCY_KEY="k")
    problem(other, "idempotency_mismatch", status=422)


@provokes("answer_invalid")
def test_an_answer_that_cannot_be(api: APIClient, whole: Whole) -> None:
    body = {"answers": {"foundation": "stilts"}}
    problem(
        api.post(f"/api/v1/runs/{whole.run.pk}/answers", body, format="json"), "answer_invalid", status=422
    )


@provokes("edit_impossible")
def test_a_line_beside_the_room(api: APIClient, whole: Whole) -> None:
    url = f"/api/v1/rooms/{whole.room.pk}"
    parts = [{"name": "A", "type": "bedroom"}, {"name": "B", "type": "office"}]
    body = {"line": [[900, 0], [900, 10]], "parts": parts}
    answer = api.post(f"{url}/split", body, format="json", headers={"If-Match": api.get(url)["ETag"]})
    problem(answer, "edit_impossible", status=422)


@provokes("answer_unknown")
def test_an_answer_to_nothing(api: APIClient, whole: Whole) -> None:
    body = {"answers": {"moat": "deep"}}
    problem(
        api.post(f"/api/v1/runs/{whole.run.pk}/answers", body, format="json"), "answer_unknown", status=422
    )


@provokes("run_not_ended")
def test_a_run_that_is_still_going_has_no_analysis_and_is_not_called_failed(
    api: APIClient, whole: Whole
) -> None:
    live = make_run(whole.blueprint)
    answer = api.get(f"/api/v1/runs/{live.pk}/analysis")
    problem(answer, "run_not_ended", status=409)
    assert int(answer["Retry-After"]) > 0


@provokes("run_not_retryable")
def test_a_run_that_is_still_going_is_not_retried(api: APIClient, whole: Whole) -> None:
    live = make_run(whole.blueprint)
    answer = api.post(f"/api/v1/runs/{live.pk}/retry", {"stage": "loads"}, format="json")
    problem(answer, "run_not_retryable", status=422)


@provokes("stage_unknown")
def test_a_ninth_stage(page: Any, whole: Whole) -> None:
    answer = page.post(f"/runs/{whole.run.pk}/retry/", {"stage": "nine"}, follow=True)
    page_says(answer, "stage_unknown")
