"""Pages with a browser that runs no script: from signing up to the run, and the errors people meet on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from autohvac.accounts.models import Membership, Role, User
from blueprints.models import Correction, PipelineRun, Project
from tests.edges.rows import Whole
from tests.factories import PASSWORD, make_run

PLAN = b"%PDF-1.7 a plan"
SIGN_UP = {"firm_name": "Elm Heating", "email": "Ann@Example.com", "password": "a long-enough secret"}


def test_from_sign_up_to_the_run(client: Any, db: Any) -> None:
    assert client.post("/sign-up/", SIGN_UP).url == "/projects/"
    user = User.objects.get(email="ann@example.com")
    assert Membership.objects.get(user=user).role == Role.OWNER
    to_upload = client.post("/projects/new/", {"name": "Elm 12", "zip_code": "52401", "front": "S"}).url
    project = Project.objects.get()
    assert to_upload == f"/projects/{project.pk}/upload/"
    to_run = client.post(to_upload, {"file": SimpleUploadedFile("plan.pdf", PLAN)}).url
    run = PipelineRun.objects.get()
    assert to_run == f"/runs/{run.pk}/"
    page = client.get(to_run).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert page.count("<li class=") == 8 and "Waiting for a free worker." in page


def test_the_same_plan_twice_is_one_blueprint(page: Any, whole: Whole) -> None:
    url = f"/projects/{whole.project.pk}/upload/"
    first = page.post(url, {"file": SimpleUploadedFile("plan.pdf", PLAN)}).url
    assert page.post(url, {"file": SimpleUploadedFile("again.pdf", PLAN)}).url == first


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.pdf", b"", "The file is empty"),
    ("a.pdf", b"GIF89a not a plan", "not a PDF, PNG, JPEG or TIFF"),
])  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_with_what_to_do(
    page: Any, whole: Whole, name: str, content: bytes, says: str
) -> None:
    answer = page.post(f"/projects/{whole.project.pk}/upload/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and says in answer.content.decode()


def test_no_file_chosen(page: Any, whole: Whole) -> None:
    answer = page.post(f"/projects/{whole.project.pk}/upload/")
    assert answer.status_code == 400 and 'aria-invalid="true"' in answer.content.decode()


def test_a_wrong_zip_code_is_said_at_its_field(page: Any, whole: Whole) -> None:
    answer = page.post("/projects/new/", {"name": "x", "zip_code": "524"})
    assert answer.status_code == 400 and "Give the ZIP code as five digits." in answer.content.decode()
    answer = page.post("/projects/new/", {"name": "x", "zip_code": "00000"})
    assert answer.status_code == 400 and "This ZIP code is not known" in answer.content.decode()


@pytest.mark.parametrize("change", [{"password": "12345678"}, {"email": "nonsense"}, {"firm_name": ""}])
def test_sign_up_says_what_is_wrong(client: Any, db: Any, change: dict[str, str]) -> None:
    answer = client.post("/sign-up/", SIGN_UP | change)
    assert answer.status_code == 200 and 'class="problem"' in answer.content.decode()
    assert not User.objects.exists()


def test_sign_up_with_a_known_email(client: Any, whole: Whole) -> None:
    assert (
        "sign in instead" in client.post("/sign-up/", SIGN_UP | {"email": whole.user.email}).content.decode()
    )


def test_sign_in_takes_any_case_and_slows_guessing(client: Any, whole: Whole) -> None:
    for _ in range(10):
        assert client.post("/login/", {"username": whole.user.email, "password": "wrong"}).status_code == 200
    assert client.post("/login/", {"username": whole.user.email, "password": PASSWORD}).status_code == 429


def test_sign_in(client: Any, whole: Whole) -> None:
    answer = client.post("/login/", {"username": whole.user.email.upper(), "password": PASSWORD})
    assert answer.url == "/projects/"


def test_progress_part_says_whether_to_go_on_looking(page: Any, whole: Whole) -> None:
    live = make_run(whole.blueprint)
    assert page.get(f"/runs/{live.pk}/progress/")["X-Run-Status"] == "live"
    assert page.get(f"/runs/{whole.run.pk}/progress/")["X-Run-Status"] == "ended"


def test_an_answer_starts_a_new_run(page: Any, whole: Whole) -> None:
    url = f"/runs/{whole.run.pk}/questions/"
    assert "What is under the lowest floor?" in page.get(url).content.decode()
    answer = page.post(url, {"q0": "slab"})
    new = whole.blueprint.runs.first()
    assert answer.url == f"/runs/{new.pk}/" and new.pk != whole.run.pk
    whole.project.refresh_from_db()
    assert whole.project.answers == {"foundation": "slab"}


def test_an_answer_off_the_list_is_refused(page: Any, whole: Whole) -> None:
    assert page.post(f"/runs/{whole.run.pk}/questions/", {"q0": "stilts"}).status_code == 400


def test_the_plan_shows_rooms_as_links_and_as_a_table(page: Any, whole: Whole) -> None:
    text = page.get(f"/runs/{whole.run.pk}/plan/").content.decode()
    assert text.count("<polygon") == 4 and f'href="/rooms/{whole.room.pk}/"' in text
    assert 'aria-label="LIVING ROOM, 185 ft²"' in text and f"/pages/{whole.page.pk}/preview/" in text
    assert re.search(r'points="100\.0,100\.0 400\.0,100\.0', text)


def test_only_what_differs_is_recorded_as_a_correction(page: Any, whole: Whole) -> None:
    room = whole.room
    form = {
        "name": "GREAT ROOM",
        "type": room.type,
        "area_sqft": round(room.area_sqft, 2),
        "conditioned": "on",
    }
    answer = page.post(f"/rooms/{room.pk}/", form | {"reason": "owner says"})
    correction = Correction.objects.filter(target_key=room.key).get()
    assert (correction.field, correction.value, correction.reason) == ("name", "GREAT ROOM", "owner says")
    assert answer.url == f"/runs/{whole.blueprint.runs.first().pk}/"


def test_an_area_of_nothing_is_refused(page: Any, whole: Whole) -> None:
    answer = page.post(f"/rooms/{whole.room.pk}/", {"name": "x", "type": "hall", "area_sqft": 0})
    assert answer.status_code == 400 and not Correction.objects.filter(target_key=whole.room.key).exists()


def test_results_show_the_answer_its_parts_and_its_doubts(page: Any, whole: Whole) -> None:
    text = page.get(f"/runs/{whole.run.pk}/results/").content.decode()
    for wanted in (
        "31,000",
        "21,000",
        "27,000",
        "Cedar Rapids",
        "LIVING ROOM",
        "The insulation was assumed.",
        "2,300",
    ):
        assert wanted in text
    assert "<polyline" in text and "has not been reviewed by ACCA" in text


def test_a_report_is_streamed_under_a_safe_name(page: Any, whole: Whole) -> None:
    whole.project.name = 'x"; filename="evil.exe'
    whole.project.save()
    answer = page.get(f"/reports/{whole.report.pk}/download/")
    assert b"".join(answer.streaming_content) == b"the report"
    assert re.fullmatch(
        r'attachment; filename="x-filenameevilexe-manual-j-[\d-]+\.pdf"', answer["Content-Disposition"]
    )
    assert answer["Cache-Control"] == "private, no-store"


def test_a_review_item_never_leads_away(page: Any, whole: Whole) -> None:
    url = f"/review-items/{whole.review_item.pk}/"
    answer = page.post(url, {"status": "confirmed", "next": "https://evil.example/"})
    assert answer.url == f"/runs/{whole.run.pk}/results/"
    whole.review_item.refresh_from_db()
    assert whole.review_item.status == "confirmed"


def test_viewers_look_but_do_not_change(client: Any, whole: Whole) -> None:
    whole.membership.role = Role.VIEWER
    whole.membership.save()
    client.force_login(whole.user)
    assert client.get(f"/runs/{whole.run.pk}/results/").status_code == 200
    assert client.get(f"/projects/{whole.project.pk}/upload/").status_code == 403
    assert client.post(f"/rooms/{whole.room.pk}/", {}).status_code == 403


def test_unknown_addresses_have_a_page_of_their_own(client: Any, db: Any) -> None:
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404 and "Not found" in answer.content.decode()
    assert client.get("/api/v1/nothing")["Content-Type"] == "application/problem+json"


def test_spanish_pages(page: Any, whole: Whole) -> None:
    page.post("/language/", {"language": "es", "next": "/projects/"})
    text = page.get(f"/runs/{whole.run.pk}/results/").content.decode()
    assert 'lang="es"' in text and "Carga de calefacción" in text and "Heating load" not in text
