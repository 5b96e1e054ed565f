"""Every route of the product: how to fill its address, and what each kind of caller must get.

A route that is not here fails `test_tenancy.py`. `other` is the owner of another firm, `owner` of this one.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Row(NamedTuple):
    """`fill`: attribute of `Whole` that is the object, '' for none, or a literal beginning with '='."""

    fill: str
    anonymous: int
    other: int
    owner: int
    method: str = "get"
    data: Any = None


def public(fill: str = "", owner: int = 200) -> Row:
    """The same for everybody."""
    return Row(fill, owner, owner, owner)


def own_page(fill: str, method: str = "get", owner: int = 200, data: Any = None) -> Row:
    """A page of one object: sign in first; not yours is not there."""
    return Row(fill, 302, 404, owner, method, data)


def own_api(fill: str, method: str = "get", owner: int = 200, data: Any = None) -> Row:
    """An API object."""
    return Row(fill, 401, 404, owner, method, data)


def listed() -> Row:
    """A list of the API: everybody sees their own."""
    return Row("", 401, 200, 200)


ROUTES: dict[str, Row] = {
    "healthz": public(),
    "readyz": public(),
    "metrics": public(),  # from a local address; test_health.py has the others
    "pipeline": Row("", 302, 200, 200),
    "pipeline-retry": Row("", 302, 302, 302, "post", {"all": "1"}),  # only what one may see is tried again
    # ---- pages
    "web:home": Row("", 200, 302, 302),
    "web:sign-up": public(),
    "web:login": Row("", 200, 302, 302),
    "web:logout": Row("", 302, 302, 302, "post"),
    "web:language": Row("", 302, 302, 302, "post", {"language": "es"}),
    "web:projects": Row("", 302, 200, 200),
    "web:project-new": Row("", 302, 200, 200),
    "web:project": own_page("project"),
    "web:project-edit": own_page("project"),
    "web:upload": own_page("project"),
    "web:blueprint-file": own_page("blueprint"),
    "web:run-again": own_page("blueprint", "post", 302),
    "web:plan-edit": own_page("blueprint", "post", 400),  # an edit is JSON; test_editor.py has real ones
    "web:plan-undo": own_page("blueprint", "post", 400, {"change": "none"}),
    "web:page-preview": own_page("page"),
    "web:run": own_page("run"),
    "web:run-progress": own_page("run"),
    "web:run-cancel": own_page("run", "post", 302),
    "web:run-retry": own_page("run", "post", 302, {"stage": "report"}),
    "web:questions": own_page("run"),
    "web:plan": own_page("run"),
    "web:results": own_page("run"),
    "web:room": own_page("room"),
    "web:opening": own_page("opening"),
    "web:review-item": own_page("review_item", "post", 302, {"status": "confirmed"}),
    "web:report-download": own_page("report"),
    # ---- API
    "api:tokens": listed(),
    "api:token": own_api("token", "delete", 204),
    "api:projects": listed(),
    "api:project": own_api("project"),
    "api:blueprints": listed(),
    "api:blueprint": own_api("blueprint"),
    "api:blueprint-runs": own_api("blueprint", "post", 202),
    "api:blueprint-facts": own_api("blueprint", "patch", 428),
    "api:runs": listed(),
    "api:run": own_api("run"),
    "api:run-events": own_api("run"),
    "api:run-cancel": own_api("run", "post", 202),
    "api:run-retry": own_api("run", "post", 202, {"stage": "report"}),
    "api:run-answers": own_api("run", "post", 202, {"answers": {"foundation": "slab"}}),
    "api:run-analysis": own_api("started", "get", 409),
    "api:rooms": listed(),
    "api:room": own_api("room"),
    "api:room-split": own_api("room", "post", 428),
    "api:room-merge": own_api("room", "post", 428),
    "api:openings": listed(),
    "api:opening": own_api("opening"),
    "api:review-items": listed(),
    "api:review-item": own_api("review_item"),
    "api:load-calculations": listed(),
    "api:load-calculation": own_api("calculation"),
    "api:reports": listed(),
    "api:report": own_api("report"),
    "api:report-content": own_api("report"),
    "api:webhooks": listed(),
    "api:webhook": own_api("webhook"),
    "api:webhook-deliveries": listed(),
    "api:webhook-replay": own_api("delivery", "post", 202),
    "api:schemas": public(),
    "api:schema-file": public("=nothing.json", 404),
    "api:schema": public(),
    "api:docs": public(),
    "api:without-slash": public("=runs", 308),
    # ---- admin, apart from its models
    "admin:index": Row("", 302, 200, 200),
    "admin:login": Row("", 200, 302, 302),
    "admin:logout": Row("", 302, 302, 302, "post"),
    "admin:password_change": Row("", 302, 200, 200),
    "admin:password_change_done": Row("", 302, 200, 200),
    "admin:autocomplete": Row("", 302, 403, 403),
    "admin:jsi18n": Row("", 302, 200, 200),
    "admin:view_on_site": Row("=0/0", 302, 404, 404),
}
ADMIN_MODELS: dict[str, str] = {  # admin's model → attribute of `Whole`; '' is for operators of the site only
    "accounts_user": "user",
    "accounts_organization": "membership.organization",
    "accounts_membership": "membership",
    "accounts_customer": "customer",
    "accounts_devicetoken": "token",
    "api_webhook": "webhook",
    "api_webhookdelivery": "delivery",
    "audit_auditevent": "event",
    "blueprints_project": "project",
    "blueprints_blueprint": "blueprint",
    "blueprints_pipelinerun": "run",
    "blueprints_aiexchange": "run.ai_exchanges.first",
    "blueprints_reviewitem": "review_item",
    "blueprints_stagerun": "run.stages.first",
    "blueprints_blueprintpage": "page",
    "blueprints_drawing": "drawing",
    "blueprints_level": "level",
    "blueprints_room": "room",
    "blueprints_surface": "surface",
    "blueprints_opening": "opening",
    "blueprints_question": "question",
    "blueprints_correction": "correction",
    "calculations_loadcalculation": "calculation",
    "calculations_designconditions": "design",
    "calculations_constructionassembly": "assembly",
    "calculations_componentload": "component",
    "calculations_roomload": "room_load",
    "reports_report": "report",
    "monitor_alert": "",
    "auth_group": "",
    "django_q_schedule": "",
    "django_q_success": "",
    "django_q_failure": "",
    "django_q_ormq": "",
}
ADMIN_VIEWS = ("changelist", "add", "history", "delete", "change", "simple_history")
ADMIN_PLAIN = ("admin:app_list", "admin:None")  # lists of apps, and redirects of old addresses
