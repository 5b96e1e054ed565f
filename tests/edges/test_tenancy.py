"""Every address of the product, asked by nobody, by another firm, and by its owner."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.edges.routes import ADMIN_MODELS, ADMIN_PLAIN, ADMIN_VIEWS, ROUTES, Row
from tests.edges.rows import Whole, make_whole
from tests.factories import make_user

OBJECT_VIEWS = [view for view in ADMIN_VIEWS if view not in ("changelist", "add")]


def all_routes(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_routes(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}"


def is_known(route: str) -> bool:
    if route in ROUTES or route in ADMIN_PLAIN:
        return True
    model, _, view = route.removeprefix("admin:").rpartition("_")
    if view == "history" and model.endswith("_simple"):
        model, view = model.removesuffix("_simple"), "simple_history"
    return route.startswith("admin:") and model in ADMIN_MODELS and view in ADMIN_VIEWS


def test_every_route_has_a_row() -> None:
    assert [route for route in all_routes() if not is_known(route)] == []


def test_every_row_has_a_route() -> None:
    assert sorted(set(ROUTES) - set(all_routes())) == []


def pick(whole: Whole, path: str) -> Any:
    found = attrgetter(path)(whole)
    return found() if callable(found) else found


def address(route: str, row: Row, whole: Whole) -> str:
    if row.fill.startswith("="):
        return reverse(route, args=row.fill[1:].split("/"))
    return reverse(route, args=[pick(whole, row.fill).pk] if row.fill else [])


def ask(client: Client, route: str, row: Row, whole: Whole) -> int:
    wants_json = route.startswith("api:") and row.method != "get"
    extra = {"content_type": "application/json"} if wants_json else {}
    response = getattr(client, row.method)(address(route, row, whole), data=row.data or {}, **extra)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture
def staff_whole(db: Any) -> Whole:
    return make_whole(is_staff=True)


@pytest.fixture
def outsider(db: Any) -> Client:
    client = Client()
    client.force_login(make_whole(is_staff=True).user)
    return client


@pytest.fixture
def owner(staff_whole: Whole) -> Client:
    client = Client()
    client.force_login(staff_whole.user)
    return client


@pytest.mark.parametrize("route", ROUTES)
def test_nobody(route: str, staff_whole: Whole, client: Client) -> None:
    assert ask(client, route, ROUTES[route], staff_whole) == ROUTES[route].anonymous


@pytest.mark.parametrize("route", ROUTES)
def test_another_firm(route: str, staff_whole: Whole, outsider: Client) -> None:
    assert ask(outsider, route, ROUTES[route], staff_whole) == ROUTES[route].other


@pytest.mark.parametrize("route", ROUTES)
def test_the_owner(route: str, staff_whole: Whole, owner: Client) -> None:
    assert ask(owner, route, ROUTES[route], staff_whole) == ROUTES[route].owner


@pytest.mark.parametrize("route", [route for route, row in ROUTES.items() if row.fill and row.other == 404])
def test_a_person_without_any_firm(route: str, staff_whole: Whole, client: Client) -> None:
    client.force_login(make_user())
    expected = 302 if route.startswith("admin:") else 404
    assert ask(client, route, ROUTES[route], staff_whole) == expected


CUSTOMER_REFUSED = {  # what a firm's customer may see but not do: 403
    "web:project-edit", "web:plan-edit", "web:plan-undo", "web:run-retry", "web:review-item", "api:blueprint-facts",
    "api:run-retry", "api:room-split", "api:room-merge",
}  # fmt: skip
NOT_FOR_CUSTOMERS = {"api:token", "api:webhook", "api:webhook-replay"}


@pytest.mark.parametrize(
    "route", [r for r, row in ROUTES.items() if row.fill and row.other == 404 and r[:5] != "admin"]
)
def test_the_customer_of_the_project(route: str, staff_whole: Whole, client: Client) -> None:
    client.force_login(staff_whole.customer.user)
    row = ROUTES[route]
    expected = 403 if route in CUSTOMER_REFUSED else 404 if route in NOT_FOR_CUSTOMERS else row.owner
    assert ask(client, route, row, staff_whole) == expected


def admin_address(model: str, view: str, whole: Whole) -> str | None:
    name = f"admin:{model}_{view}"
    if name not in set(all_routes()):
        return None
    if view in ("changelist", "add"):
        return reverse(name)
    if not ADMIN_MODELS[model]:
        return reverse(name, args=[1, 1] if view == "simple_history" else [1])
    obj = pick(whole, ADMIN_MODELS[model])
    return reverse(name, args=[obj.pk, obj.history.first().pk] if view == "simple_history" else [obj.pk])


@pytest.mark.parametrize("model", ADMIN_MODELS)
@pytest.mark.parametrize("view", ADMIN_VIEWS)
def test_admin_shows_nothing_to_nobody_and_to_customers(
    model: str, view: str, staff_whole: Whole, client: Client
) -> None:
    url = admin_address(model, view, staff_whole)
    if url is None:
        return
    assert client.get(url).status_code == 302
    client.force_login(staff_whole.customer.user)
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("model", ADMIN_MODELS)
@pytest.mark.parametrize("view", OBJECT_VIEWS)
def test_admin_objects_of_another_firm_are_not_there(
    model: str, view: str, staff_whole: Whole, outsider: Client
) -> None:
    url = admin_address(model, view, staff_whole)
    if url is not None:
        assert outsider.get(url).status_code in (
            302,
            403,
            404,
        )  # the admin says "not there" by going to its start
        assert outsider.post(url, {"post": "yes"}).status_code in (302, 403, 404)


@pytest.mark.parametrize("model", [model for model, fill in ADMIN_MODELS.items() if fill])
def test_admin_lists_show_own_rows_only(
    model: str, staff_whole: Whole, outsider: Client, owner: Client
) -> None:
    pk = str(pick(staff_whole, ADMIN_MODELS[model]).pk)
    url = reverse(f"admin:{model}_changelist")
    assert pk not in outsider.get(url).content.decode()
    assert owner.get(url).status_code in (200, 403)


@pytest.mark.parametrize(
    "route",
    [r for r, row in ROUTES.items() if r.startswith("api:") and row.fill == "" and row.anonymous == 401],
)
def test_api_lists_show_own_rows_only(
    route: str, staff_whole: Whole, outsider: Client, owner: Client
) -> None:
    theirs = {row["id"] for row in outsider.get(reverse(route)).json()["results"]}
    ours = {row["id"] for row in owner.get(reverse(route)).json()["results"]}
    assert ours and theirs and not ours & theirs
