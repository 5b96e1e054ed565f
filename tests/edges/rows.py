"""A firm with one project whose run has every kind of row, for tests of pages and API."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from audit.chain import record
from audit.models import AuditEvent
from autohvac.accounts.models import Customer, DeviceToken, Membership, User
from autohvac.api.auth import issue_token
from autohvac.api.models import Webhook, WebhookDelivery
from blueprints.models import (
    AiExchange,
    Blueprint,
    BlueprintPage,
    Correction,
    Drawing,
    Level,
    Opening,
    PipelineRun,
    Project,
    Question,
    ReviewItem,
    Room,
    RunStatus,
    StageStatus,
    Surface,
)
from calculations.models import (
    ComponentLoad,
    ConstructionAssembly,
    DesignConditions,
    LoadCalculation,
    RoomLoad,
)
from reports.models import Report
from tests.factories import make_blueprint, make_member, make_project, make_run, make_user

HEATING = {"total": 31000.0, "walls": 9000.0, "windows": 8000.0, "infiltration": 9000.0, "ceilings": 5000.0}
SENSIBLE = {
    "total": 18000.0,
    "windows": 9000.0,
    "walls": 3000.0,
    "internal_gains": 4000.0,
    "infiltration": 2000.0,
}
LATENT = {"total": 3000.0, "infiltration": 1500.0, "internal_gains": 1500.0}
CURVE = [2000, 3100, 4200, 5000, 5600, 6100, 6800, 7900, 8200, 7000, 5200, 3000]
ROOMS = (
    ("LIVING ROOM", "living", (100, 100, 400, 300)),
    ("KITCHEN", "kitchen", (400, 100, 600, 300)),
    ("BEDROOM 1", "bedroom", (100, 300, 350, 500)),
    ("GARAGE", "garage", (350, 300, 600, 500)),
)


@dataclass
class Whole:
    """One of everything, all of one firm."""

    user: User
    membership: Membership
    customer: Customer
    token: DeviceToken
    clear_token: str
    project: Project
    blueprint: Blueprint
    page: BlueprintPage
    drawing: Drawing
    level: Level
    room: Room
    surface: Surface
    opening: Opening
    run: PipelineRun
    started: PipelineRun
    question: Question
    review_item: ReviewItem
    correction: Correction
    design: DesignConditions
    assembly: ConstructionAssembly
    calculation: LoadCalculation
    room_load: RoomLoad
    component: ComponentLoad
    report: Report
    event: AuditEvent
    webhook: Webhook
    delivery: WebhookDelivery


def make_whole(**user_fields: Any) -> Whole:
    """A firm, its owner, and a finished run with rooms, loads, a question, a review item and reports."""
    user = make_member(**user_fields)
    membership = user.memberships.get()
    organization = membership.organization
    customer = Customer.objects.create(organization=organization, user=make_user(), name="C. Customer")
    token, clear = issue_token(user=user, organization=organization, name="phone")
    project = make_project(
        organization, customer=customer, address="12 Elm Street", bedrooms=2, year_built=1998
    )
    blueprint = make_blueprint(project)
    run = finished(make_run(blueprint))
    plan = make_plan(blueprint)
    calculation, extra = make_loads(run, plan["room"])
    question = Question.objects.create(
        run=run,
        field="foundation",
        text="What is under the lowest floor?",
        options=["slab", "vented_crawlspace"],
    )
    item = ReviewItem.objects.create(run=run, field="wall_r", reason="insulation_assumed", stake_btuh=2300)
    correction = Correction.objects.create(
        blueprint=blueprint, author=user, target_key="elsewhere", field="name", value="DEN"
    )
    webhook = Webhook.objects.create(organization=organization, url="https://hooks.example.com/plans")
    delivery = WebhookDelivery.objects.create(
        webhook=webhook, event="run.completed", run_id=run.pk, payload={}, status="sent"
    )
    AiExchange.objects.create(run=run, endpoint="http://service/v1", model="m", answer="private words")
    return Whole(
        user=user, membership=membership, customer=customer, token=token, clear_token=clear, project=project,
        blueprint=blueprint, run=run, started=make_run(make_blueprint(project)), question=question, review_item=item,
        webhook=webhook, delivery=delivery, correction=correction, calculation=calculation,
        event=record(organization.pk, kind="tests.made", obj=project)
        or AuditEvent.objects.latest("at"), **plan, **extra,
    )  # fmt: skip


def finished(run: PipelineRun) -> PipelineRun:
    """As after a complete passage, with open review items."""
    now = timezone.now()
    for stage in run.stages.all():
        stage.status, stage.attempt, stage.started_at, stage.finished_at = StageStatus.DONE, 1, now, now
        stage.save()
    run.status, run.percent, run.stage, run.finished_at = RunStatus.NEEDS_REVIEW, 100, "audit", now
    run.save()
    return run


def make_plan(blueprint: Blueprint) -> dict[str, Any]:
    """A page with its picture, a drawing, a level with four rooms, a wall and a window."""
    picture = io.BytesIO()
    Image.new("RGB", (720, 576), "white").save(picture, "PNG")
    name = default_storage.save("previews/test.png", ContentFile(picture.getvalue()))
    page = BlueprintPage.objects.create(
        blueprint=blueprint, number=1, width_pt=720, height_pt=576, kind="floor_plan", score=0.9, preview=name
    )
    drawing = Drawing.objects.create(
        page=page, index=0, title="FIRST FLOOR PLAN", kind="floor_plan", bbox=[80, 80, 620, 520],
        scale_notation="1/4\" = 1'-0\"", feet_per_point=1 / 18, north_deg=20,
    )  # fmt: skip
    level = Level.objects.create(
        blueprint=blueprint, drawing=drawing, key="First floor", name="First floor", index=1, page_number=1
    )
    rooms = [_room(level, f"r{i}", *row) for i, row in enumerate(ROOMS)]
    surface = Surface.objects.create(
        room=rooms[0], key="r0-w0", kind="wall", adjacent_to="outdoors", facing_deg=0
    )
    opening = Opening.objects.create(
        level=level, room=rooms[0], key="o0", kind="window", exterior=True, facing_deg=0, width_ft=4, height_ft=5,
        u_factor=0.3, shgc=0.3, at_pt=[250, 100], confidence=0.8,
    )  # fmt: skip
    return {
        "page": page, "drawing": drawing, "level": level, "room": rooms[0], "surface": surface, "opening": opening
    }  # fmt: skip


def _room(level: Level, key: str, name: str, kind: str, box: tuple[int, int, int, int]) -> Room:
    left, top, right, bottom = box
    area = {
        "value": 180.0,
        "unit": "ft²",
        "source": "derived",
        "where": None,
        "confidence": 0.8,
        "note": "from walls",
    }
    return Room.objects.create(
        level=level, key=key, name=name, type=kind, conditioned=kind != "garage", area_sqft=(right - left) * (bottom - top) / 324,
        polygon_pt=[[left, top], [right, top], [right, bottom], [left, bottom]], confidence=0.85, evidence={"area_sqft": area},
    )  # fmt: skip


def make_loads(run: PipelineRun, room: Room) -> tuple[LoadCalculation, dict[str, Any]]:
    """Loads with parts and rooms, and one report of each format."""
    design = DesignConditions.objects.create(
        project=run.blueprint.project, station="Cedar Rapids Municipal AP", heating_db_f=-4.0, cooling_db_f=89.1,
        grains_difference=36, daily_range="medium", latitude=41.9, elevation_ft=869,
    )  # fmt: skip
    result = {
        "design": {"heating_db_f": -4.0, "cooling_db_f": 89.1},
        "block": {"heating": HEATING, "cooling_sensible": SENSIBLE, "cooling_latent": LATENT},
        "aed_curve": CURVE,
        "interval": {"heating_total": [27000, 36000], "cooling_total": [18500, 24500], "coverage": 0.9},
        "drivers": [
            {
                "field": "ach50",
                "effect_btuh": 4200.0,
                "why": "Air leakage is one of the two or three largest parts of the load.",
            }
        ],
        "warnings": [],
        "rooms": [],
    }
    calculation = LoadCalculation.objects.create(
        run=run, design=design, method="as_published", building_digest="0" * 64, engine_version="1.0", result=result,
        heating_btuh=31000, sensible_btuh=18000, latent_btuh=3000,
    )  # fmt: skip
    component = ComponentLoad.objects.create(
        calculation=calculation, season="heating", component="walls", btuh=9000
    )
    loads = [
        RoomLoad.objects.create(
            calculation=calculation, room=row, room_key=row.key, name=row.name, area_sqft=row.area_sqft,
            heating_btuh=31000 / 4, sensible_btuh=4500, heating_cfm=180, cooling_cfm=210,
        )
        for row in room.level.rooms.all()
    ]  # fmt: skip
    assembly = ConstructionAssembly.objects.create(
        project=run.blueprint.project, key="wall_r", value=13, unit="h·ft²·°F/Btu", source="assumed",
        note="IECC 1998, zone 6", confidence=0.5,
    )  # fmt: skip
    reports = [_report(calculation, kind) for kind in ("pdf", "json", "csv")]
    return calculation, {
        "design": design, "component": component, "room_load": loads[0], "assembly": assembly, "report": reports[0]
    }  # fmt: skip


def _report(calculation: LoadCalculation, kind: str) -> Report:
    name = default_storage.save(f"reports/test.{kind}", ContentFile(b"the report"))
    return Report.objects.create(calculation=calculation, format=kind, sha256="a" * 64, file=name)
