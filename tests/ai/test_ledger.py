"""Budgets, breaker and memory are in the rows: every worker sees the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from blueprints.ai.asking import Asked, Shape
from blueprints.ai.breaker import Failure, breaker_state
from blueprints.ai.ledger import Ledger, Service, cost_usd, service_state
from blueprints.ai.prompt import Question, question_of
from blueprints.ai.schemas import AiContext, Answer
from blueprints.models import AiExchange, AiStatus, Blueprint, PipelineRun
from tests.factories import make_blueprint, make_firm, make_project, make_run

SERVICE = Service(endpoint="http://service/v1", model="gpt-4o")
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.get_default_timezone())


def ago(*minutes: float) -> list[Failure]:
    return [Failure(NOON - timedelta(minutes=m)) for m in minutes]


def test_two_failures_leave_the_breaker_closed_three_open_it_for_a_minute() -> None:
    assert breaker_state(ago(0, 1), now=NOON).state == "closed"
    state = breaker_state(ago(0, 1, 2), now=NOON)
    assert (state.state, state.until) == ("open", NOON + timedelta(minutes=1))


def test_after_the_pause_one_may_try() -> None:
    assert breaker_state(ago(1, 2, 3), now=NOON).state == "half_open"


def test_the_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    pauses = [breaker_state(ago(*range(n)), now=NOON).until for n in range(3, 10)]
    assert [(until - NOON).total_seconds() for until in pauses if until] == [60, 120, 240, 480, 900, 900, 900]


def test_a_wait_the_service_stated_opens_it_at_once() -> None:
    state = breaker_state([Failure(NOON, NOON + timedelta(minutes=30))], now=NOON)
    assert (state.state, state.until) == ("open", NOON + timedelta(minutes=30))


def test_failures_of_an_hour_ago_are_forgotten() -> None:
    assert breaker_state(ago(61, 62, 63), now=NOON).state == "closed"


@pytest.fixture
def question(context: AiContext) -> Question:
    found = question_of(context)
    assert found is not None
    return found


@pytest.fixture
def ledger(db: None) -> Ledger:
    return Ledger(SERVICE, make_run())


def fail(ledger: Ledger, question: Question, code: str = "ai_unavailable", **fields: Any) -> AiExchange:
    row = ledger.leave_to_ask(question)
    assert row.outcome == ""
    ledger.settle(row, Asked(None, code, 3, Shape(), **fields), latency_ms=5)
    return row


def answer(ledger: Ledger, question: Question) -> None:
    row = ledger.leave_to_ask(question)
    assert row.outcome == ""
    asked = Asked(Answer(rooms=()), "answered", 1, Shape(), input_tokens=1000, output_tokens=100)
    ledger.settle(row, asked, latency_ms=5)


def other(ledger: Ledger) -> Ledger:
    """Another firm's worker, same service."""
    return Ledger(ledger.service, make_run())


def later(minutes: float) -> None:
    """All rows become older."""
    for row in AiExchange.objects.all():
        shift = timedelta(minutes=minutes)
        finished = row.finished_at - shift if row.finished_at else None
        AiExchange.objects.filter(pk=row.pk).update(created_at=row.created_at - shift, finished_at=finished)


def test_what_one_worker_meets_all_workers_know(ledger: Ledger, question: Question) -> None:
    for _ in range(3):
        fail(ledger, question)
    assert other(ledger).leave_to_ask(question).outcome == "ai_breaker_open"
    elsewhere = Ledger(Service("http://another/v1", "gpt-4o"), make_run())
    assert elsewhere.leave_to_ask(question).outcome == ""


def test_exactly_one_tries_after_the_pause_and_its_success_closes(ledger: Ledger, question: Question) -> None:
    for _ in range(3):
        fail(ledger, question)
    later(2)
    trying = other(ledger).leave_to_ask(question)
    assert (trying.outcome, trying.probe_of is not None) == ("", True)
    assert other(ledger).leave_to_ask(question).outcome == "ai_breaker_open"
    ledger.settle(trying, Asked(Answer(rooms=()), "answered", 1, Shape()), latency_ms=5)
    assert service_state(SERVICE)[0].state == "closed"
    assert other(ledger).leave_to_ask(question).outcome == ""


def test_a_failed_try_makes_the_pause_longer(ledger: Ledger, question: Question) -> None:
    for _ in range(3):
        fail(ledger, question)
    later(2)
    fail(other(ledger), question)
    state, _ = service_state(SERVICE)
    assert (state.state, state.failures) == ("open", 4)


def test_a_try_that_was_cancelled_leaves_the_place_to_another(ledger: Ledger, question: Question) -> None:
    for _ in range(3):
        fail(ledger, question)
    later(2)
    ledger.stopped(ledger.leave_to_ask(question))
    assert other(ledger).leave_to_ask(question).outcome == ""


def test_a_try_whose_worker_died_does_not_bar_the_way_for_ever(ledger: Ledger, question: Question) -> None:
    for _ in range(3):
        fail(ledger, question)
    later(2)
    lost = ledger.leave_to_ask(question)
    later(6)
    assert other(ledger).leave_to_ask(question).outcome == "ai_breaker_open"  # the loss counts as a failure
    lost.refresh_from_db()
    assert lost.outcome == "ai_lost"
    later(3)
    assert other(ledger).leave_to_ask(question).outcome == ""


def test_a_question_whose_worker_died_gives_back_its_tokens(ledger: Ledger, question: Question) -> None:
    lost = ledger.leave_to_ask(question)
    later(6)
    other(ledger).leave_to_ask(question)
    lost.refresh_from_db()
    assert (lost.outcome, lost.reserved_tokens) == ("ai_stopped", 0)
    assert service_state(SERVICE)[0].failures == 0


def test_an_answer_that_is_no_use_is_still_an_answer(ledger: Ledger, question: Question) -> None:
    fail(ledger, question)
    fail(ledger, question)
    fail(ledger, question, "ai_refused")
    fail(ledger, question)
    assert service_state(SERVICE)[0].failures == 1


def test_a_stated_wait_is_kept_by_all_workers(ledger: Ledger, question: Question) -> None:
    fail(ledger, question, "ai_rate_limited", retry_after_s=1800.0)
    assert other(ledger).leave_to_ask(question).outcome == "ai_breaker_open"


def test_a_run_has_a_budget(ledger: Ledger, question: Question, settings: Any) -> None:
    settings.AI_RUN_TOKENS = question.likely_tokens + 1100
    answer(ledger, question)
    assert ledger.leave_to_ask(question).outcome == ""  # 1,100 were counted
    assert (
        ledger.leave_to_ask(question).outcome == "ai_budget_used_up"
    )  # what is being asked counts as likely
    assert other(ledger).leave_to_ask(question).outcome == ""


def test_a_firm_has_a_budget_for_a_day(ledger: Ledger, question: Question, settings: Any) -> None:
    settings.AI_DAY_TOKENS = question.likely_tokens + 1000
    answer(ledger, question)
    firm = ledger.run.blueprint.project.organization
    same_firm = Ledger(SERVICE, make_run(make_blueprint(make_project(firm))))
    assert same_firm.leave_to_ask(question).outcome == "ai_budget_used_up"
    assert (
        Ledger(SERVICE, make_run(make_blueprint(make_project(make_firm())))).leave_to_ask(question).outcome
        == ""
    )
    later(24 * 60)
    assert same_firm.leave_to_ask(question).outcome == ""


def test_a_firm_has_a_budget_in_dollars(ledger: Ledger, question: Question, settings: Any) -> None:
    settings.AI_DAY_USD = 0.005
    assert ledger.leave_to_ask(question).outcome == ""
    answer(ledger, question)  # 1,000 in and 100 out of gpt-4o: 0.0035 $
    assert AiExchange.objects.get(input_tokens=1000).cost_usd == Decimal("0.003500")
    assert ledger.leave_to_ask(question).outcome == "ai_budget_used_up"


def test_a_budget_of_nothing_asks_nothing(ledger: Ledger, question: Question, settings: Any) -> None:
    settings.AI_RUN_TOKENS = 0
    assert ledger.leave_to_ask(question).status == AiStatus.SKIPPED


def test_prices_are_of_the_longest_name_or_as_set(settings: Any) -> None:
    assert cost_usd("gpt-4o-mini-2024-07-18", 10**6, 10**6) == Decimal("0.75")
    assert cost_usd("gpt-4o-2024-11-20", 10**6, 10**6) == Decimal("12.5")
    assert cost_usd("our-own-model", 10**6, 10**6) is None
    settings.AI_USD_PER_MILLION = "1/2"
    assert cost_usd("our-own-model", 10**6, 10**6) == Decimal(3)


def test_an_answer_is_remembered_for_its_plan_only(ledger: Ledger, question: Question) -> None:
    assert ledger.remembered(question) is None
    answer(ledger, question)
    assert ledger.remembered(question) is not None
    again = Ledger(SERVICE, again_run(ledger.run.blueprint))
    assert again.remembered(question) is not None
    assert other(ledger).remembered(question) is None
    assert AiExchange.objects.filter(status=AiStatus.REMEMBERED).count() == 2


def again_run(blueprint: Blueprint) -> PipelineRun:
    return PipelineRun.objects.create(blueprint=blueprint, status="completed")


def test_a_form_the_service_took_is_used_again(ledger: Ledger, question: Question) -> None:
    row = ledger.leave_to_ask(question)
    shape = Shape(response="json_object", temperature=False, room=2)
    ledger.settle(row, Asked(Answer(rooms=()), "answered", 3, shape), latency_ms=5)
    assert ledger.shape(stream=True) == Shape(response="json_object", temperature=False)
    assert ledger.shape(stream=False).stream is False


def test_a_row_has_history(ledger: Ledger, question: Question) -> None:
    fail(ledger, question)
    row = AiExchange.objects.get()
    assert [h.status for h in row.history.order_by("history_date")] == ["asking", "failed"]
