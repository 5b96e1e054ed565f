"""A service that fails on purpose, on a real socket: the client behaves, the run completes, the loads stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from blueprints.models import AiExchange, AiStatus, PipelineRun
from tests.ai.conftest import UNKNOWN, about, cleaned, loads_of, said

Finish = Callable[..., PipelineRun]
Break = Callable[[Any], Any]
OPEN_ROOM = "L1-R04"
GOOD = said([about(OPEN_ROOM, UNKNOWN, "bathroom")])

RECOVERED: dict[str, Break] = {
    "429 with Retry-After": lambda s: s.rate_limit(times=2, retry_after=0.4),
    "500 twice": lambda s: s.fail(500, times=2),
    "503 with Retry-After": lambda s: s.fail(503, times=1, retry_after=0.3),
    "408": lambda s: s.fail(408),
    "409": lambda s: s.fail(409),
    "disconnect in the middle": lambda s: s.disconnect(after_chunks=2, times=2),
    "disconnect at once": lambda s: s.disconnect(after_chunks=0),
    "stream cut politely": lambda s: s.truncate(after_chunks=2, times=2),
    "broken chunk": lambda s: s.corrupt(after_chunks=2, times=2).pace(15),
    "stalled stream": lambda s: s.stall(after_chunks=2, seconds=30),
    "slow first token": lambda s: s.slow_first_token(0.5),
}
FAILED: dict[str, tuple[Break, str]] = {
    "outage": (lambda s: s.outage(), "ai_unavailable"),
    "500 for ever": (lambda s: s.fail(500, times=None), "ai_unavailable"),
    "429 for ever": (lambda s: s.rate_limit(times=None, retry_after=0.2), "ai_rate_limited"),
    "disconnects for ever": (lambda s: s.disconnect(times=None), "ai_unreachable"),
    "key refused": (lambda s: s.fail(401, times=None), "ai_key_refused"),
    "forbidden": (lambda s: s.fail(403, times=None), "ai_key_refused"),
    "no such model": (lambda s: s.fail(404, times=None), "ai_model_unknown"),
    "bad request": (lambda s: s.fail(400, times=None), "ai_request_refused"),
    "unprocessable": (lambda s: s.fail(422, times=None), "ai_request_refused"),
    "context overflow": (lambda s: s.context_overflow(times=None), "ai_question_too_long"),
    "context window of 50": (lambda s: s.limits(context_window=50), "ai_question_too_long"),
    "not JSON": (lambda s: s.reply("The bathroom is probably a bathroom.", times=None), "ai_answer_invalid"),
    "half of the JSON": (lambda s: s.reply(GOOD[:40], times=None), "ai_answer_invalid"),
    "deep nesting": (lambda s: s.reply("[" * 100_000, times=None), "ai_answer_invalid"),
    "class that is none": (lambda s: s.reply(said([about(OPEN_ROOM, None, "spa")])), "ai_answer_invalid"),
    "confidence of 7": (
        lambda s: s.reply(said([about(OPEN_ROOM, None, "bathroom", 7)])),
        "ai_answer_invalid",
    ),
    "an area": (
        lambda s: s.reply(said([{**about(OPEN_ROOM, None, "bathroom"), "area_sqft": 9999}])),
        "ai_answer_invalid",
    ),
    "a room twice": (lambda s: s.reply(said([about(OPEN_ROOM), about(OPEN_ROOM)])), "ai_answer_invalid"),
}


@pytest.mark.parametrize("fault", RECOVERED)
def test_a_passing_fault_is_overcome(fault: str, service: Any, finished: Finish, by_rules: bytes) -> None:
    RECOVERED[fault](service)
    service.reply(GOOD, times=None)
    run = finished()
    assert cleaned(run).ai.outcome == "answered"
    assert cleaned(run).ai.accepted == 1
    assert loads_of(run) == by_rules
    service.assert_resilient(strict=True)


@pytest.mark.parametrize("fault", FAILED)
def test_a_lasting_fault_leaves_the_rules(
    fault: str, service: Any, finished: Finish, by_rules: bytes
) -> None:
    breaks, outcome = FAILED[fault]
    breaks(service)
    run = finished()
    out = cleaned(run)
    assert (out.ai.outcome, out.ai.accepted) == (outcome, 0)
    assert [issue.code for issue in out.issues] == ["ai_took_no_part"]
    assert outcome in out.issues[0].message
    assert not any(word.startswith("ai_") for room in out.building.rooms for word in room.evidence)
    assert loads_of(run) == by_rules
    assert len(service.requests) <= 4
    service.assert_resilient(strict=True)
    assert AiExchange.objects.get().status == AiStatus.FAILED


def test_nothing_listens(service: Any, settings: Any, finished: Finish, by_rules: bytes) -> None:
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    run = finished()
    assert cleaned(run).ai.outcome == "ai_unreachable"
    assert loads_of(run) == by_rules


def test_an_answer_that_never_comes(service: Any, settings: Any, finished: Finish, by_rules: bytes) -> None:
    settings.AI_TIMEOUT_S, settings.AI_DEADLINE_S = 0.4, 2.6
    service.delay(2, times=None)
    run = finished()
    assert cleaned(run).ai.outcome == "ai_timeout"
    assert loads_of(run) == by_rules
    service.assert_resilient(strict=True)
