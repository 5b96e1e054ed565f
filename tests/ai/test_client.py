"""The client alone against a scripted socket: forms of request, ends of answers, waits, bounds."""

from __future__ import annotations

import email.utils
import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blueprints.ai.answers import StreamReader
from blueprints.ai.asking import Asked, Asking, Policy, Shape
from blueprints.ai.openai_client import MOST_BYTES, OpenAiWire
from blueprints.ai.prompt import Question, question_of
from blueprints.ai.schemas import AiContext
from blueprints.ai.tiles import tiles_of
from tests.ai.conftest import about, said
from tests.ai.scripted import cut_off, drip, flood, raw, refuse, reply, scripted, silent_after, whole

GOOD = said([about("L1-R04", None, "bathroom")])
OVERLOADED = b'data: {"error": {"message": "overloaded"}}\n\n'
EVENTS = [
    *(json.dumps({"choices": [{"delta": {"content": letter}}]}).encode() for letter in GOOD),
    b'{"choices": [{"delta": {}, "finish_reason": "stop"}]}',
    b'{"choices": [], "usage": {"prompt_tokens": 700, "completion_tokens": 40}}',
]
QUICK = Policy(timeout_s=2.0, silence_s=0.5, deadline_s=6.0, backoff_s=0.02)


@pytest.fixture
def question(context: AiContext) -> Question:
    found = question_of(context)
    assert found is not None
    return found


def ask(server: Any, question: Question, *, policy: Policy = QUICK, shape: Shape | None = None) -> Asked:
    wire = OpenAiWire(api_key="k", base_url=server.url, model="gpt-4o")
    return Asking(wire, policy, shape=shape or Shape(), tick=lambda: None).ask(question)


def test_the_request_has_a_strict_schema_with_the_rooms_that_exist(question: Question) -> None:
    with scripted(reply(GOOD)) as server:
        asked = ask(server, question)
    form = server.asked[0]["response_format"]["json_schema"]
    assert (asked.code, form["strict"]) == ("answered", True)
    room = form["schema"]["$defs"]["RoomAnswer"]
    assert room["properties"]["id"]["enum"] == ["L1-R04"]
    assert sorted(room["required"]) == sorted(room["properties"]) == ["confidence", "id", "name", "type"]
    assert room["additionalProperties"] is form["schema"]["additionalProperties"] is False
    assert (asked.input_tokens, asked.output_tokens) == (700, 40)


REFUSED = {
    "json_schema": ("Invalid parameter: 'response_format' of type 'json_schema' is not supported", "response_format"),
    "guided": ("Grammar error: Unimplemented keys", None),
    "stream_options": ("Unknown field: stream_options", None),
    "temperature": ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature"),
    "max_tokens": ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens"),
    "stream": ("streaming is not enabled for this organization", None),
}  # fmt: skip


@pytest.mark.parametrize("part", REFUSED)
def test_a_service_that_can_do_less_is_asked_for_less(part: str, question: Question) -> None:
    message, param = REFUSED[part]
    with scripted(refuse(400, message, param=param), reply(GOOD)) as server:
        assert ask(server, question).code == "answered"
    first, second = server.asked
    assert first != second
    changed = {name for name in {*first, *second} if first.get(name) != second.get(name)}
    expected = {
        "json_schema": {"response_format", "messages"},
        "guided": {"response_format", "messages"},
        "stream_options": {"stream_options"},
        "temperature": {"temperature"},
        "max_tokens": {"max_tokens", "max_completion_tokens"},
        "stream": {"stream", "stream_options"},
    }
    assert changed == expected[part]


def test_a_service_that_takes_nothing_is_left_after_a_few_forms(question: Question) -> None:
    with scripted(refuse(400, "response_format is not supported")) as server:
        assert ask(server, question).code == "ai_request_refused"
    kinds = [asked.get("response_format", {}).get("type") for asked in server.asked]
    assert kinds == ["json_schema", "json_object", None]


def test_pictures_are_left_out_for_a_service_without_eyes(context: AiContext, tmp_path: Path) -> None:
    seeing = with_pictures(context, tmp_path)
    with scripted(refuse(400, "image_url is not supported by this model"), reply(GOOD)) as server:
        assert ask(server, seeing).code == "answered"
    contents = [asked["messages"][1]["content"] for asked in server.asked]
    assert [part["type"] for part in contents[0]] == ["text", "image_url"]
    assert contents[0][1]["image_url"]["url"].startswith("data:image/png;base64,iVBOR")
    assert isinstance(contents[1], str)


def test_too_long_a_question_is_shortened_pictures_first(context: AiContext, tmp_path: Path) -> None:
    seeing = with_pictures(context, tmp_path)
    overflow = refuse(
        400, "This model's maximum context length is 10 tokens.", code="context_length_exceeded"
    )
    with scripted(overflow) as server:
        assert ask(server, seeing).code == "ai_question_too_long"
    sizes = [len(json.dumps(asked)) for asked in server.asked]
    assert sizes == sorted(set(sizes), reverse=True) and len(sizes) == 3


def with_pictures(context: AiContext, folder: Path) -> Question:
    Image.new("RGB", (2448, 1584), "white").save(folder / "page.png")
    tiles = tiles_of([r for r in context.rooms if r.id == "L1-R04"], {1: folder / "page.png"}, {1: 1224.0})
    found = question_of(context, tiles)
    assert found is not None and len(found.tiles) == 1
    return found


ENDS = {
    "refusal": (reply(None, refusal="I cannot help with that."), "ai_refused", 1),
    "content filter": (reply("", "content_filter"), "ai_refused", 1),
    "cut at the limit": (reply(GOOD[:30], "length"), "ai_answer_cut", 2),
    "web page": (raw(b"<html>Sign in to the hotel network</html>", content_type="text/html"), "ai_answer_garbled", 3),
    "empty body": (raw(b""), "ai_answer_garbled", 3),
    "no choices": (raw(b'{"choices": []}'), "ai_answer_garbled", 3),
    "choices of another kind": (raw(b'{"choices": {"0": 7}}'), "ai_answer_garbled", 3),
    "a number": (raw(b"17"), "ai_answer_garbled", 3),
    "not utf-8": (raw(b'{"choices": "\xff\xfe"}'), "ai_answer_garbled", 3),
    "body cut off": (cut_off(json.dumps(whole(GOOD)).encode()), "ai_unreachable", 3),
    "error in the stream": (raw(OVERLOADED, content_type="text/event-stream"), "ai_unavailable", 3),
    "quota used up": (refuse(429, "You exceeded your current quota", code="insufficient_quota"), "ai_quota_used_up", 1),
    "redirect": (raw(b"", 307, location="http://127.0.0.1:9/"), "ai_request_refused", 1),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_how_an_answer_can_end(end: str, question: Question) -> None:
    answer, outcome, requests = ENDS[end]
    with scripted(answer) as server:
        assert (ask(server, question).code, len(server.asked)) == (outcome, requests)


def test_more_room_is_given_once_to_an_answer_that_was_cut(question: Question) -> None:
    with scripted(reply(GOOD[:30], "length"), reply(GOOD)) as server:
        asked = ask(server, question)
    assert asked.code == "answered"
    assert server.asked[1]["max_tokens"] == 2 * server.asked[0]["max_tokens"]
    assert asked.output_tokens == 80  # both were paid


def test_a_fenced_answer_of_a_small_model_is_read(question: Question) -> None:
    with scripted(reply(f"```json\n{GOOD}\n```")) as server:
        assert ask(server, question).code == "answered"


def test_drops_of_an_answer_do_not_hold_the_worker(question: Question) -> None:
    policy = Policy(timeout_s=0.6, silence_s=0.5, deadline_s=2.0, attempts=1)
    started = time.monotonic()
    with scripted(drip(20)) as server:
        assert ask(server, question, policy=policy).code == "ai_timeout"
    assert time.monotonic() - started < 5


def test_a_stream_that_falls_silent_is_left_before_the_time_is_up(question: Question) -> None:
    policy = Policy(timeout_s=20, silence_s=0.3, deadline_s=30, attempts=1)
    started = time.monotonic()
    with scripted(silent_after(b'data: {"choices": []}\n\n', 4)) as server:
        assert ask(server, question, policy=policy).code == "ai_timeout"
    assert time.monotonic() - started < 3.5


def test_a_flood_is_not_read(question: Question) -> None:
    with scripted(flood(50 * MOST_BYTES)) as server:
        assert ask(server, question).code == "ai_answer_too_long"


def test_retry_after_as_a_date_is_honoured(question: Question) -> None:
    times: list[float] = []

    def busy(h: Any) -> None:
        times.append(time.time())
        h.send(503, b"{}", retry_after=email.utils.formatdate(time.time() + 1.9, usegmt=True))

    def ready(h: Any) -> None:
        times.append(time.time())
        reply(GOOD)(h)

    with scripted(busy, ready) as server:
        assert ask(server, question).code == "answered"
    assert times[1] - times[0] >= 0.9  # HTTP dates have whole seconds


def test_a_wait_past_the_deadline_is_not_begun(question: Question) -> None:
    with scripted(raw(b"{}", 429, retry_after="3600")) as server:
        asked = ask(server, question)
    assert (asked.code, asked.retry_after_s, len(server.asked)) == ("ai_rate_limited", 3600, 1)


def test_what_the_ticking_raises_ends_the_wait(question: Question) -> None:
    class Stop(Exception):
        pass

    def tick() -> None:
        raise Stop

    with scripted(drip(20)) as server:
        wire = OpenAiWire(api_key="k", base_url=server.url, model="m")
        started = time.monotonic()
        with pytest.raises(Stop):
            Asking(wire, QUICK, shape=Shape(), tick=tick).ask(question)
        assert time.monotonic() - started < 2


@given(cuts=st.lists(st.integers(0, 2000), max_size=12))
def test_a_stream_reads_the_same_however_it_is_cut(cuts: list[int]) -> None:
    body = b"".join(b"data: " + event + b"\r\n\r\n" for event in EVENTS) + b": ping\n\ndata: [DONE]\n\n"
    reader, places = StreamReader(), sorted({min(cut, len(body)) for cut in cuts})
    for start, end in itertools.pairwise([0, *places, len(body)]):
        reader.feed(body[start:end])
    found = reader.reply()
    assert (found.text, found.finish_reason, found.input_tokens) == (GOOD, "stop", 700)


def test_an_address_that_is_none_costs_the_answer_only(question: Question) -> None:
    for address in ("http://[broken", "ftp://somewhere/v1", "no address"):
        wire = OpenAiWire(api_key="k", base_url=address, model="m")
        asked = Asking(wire, QUICK, shape=Shape(), tick=lambda: None).ask(question)
        assert asked.code in ("ai_unreachable", "ai_request_refused", "ai_client_broke")


def test_a_fault_nobody_foresaw_costs_the_answer_only(
    question: Question, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def exchange(self, *args: Any, **kwargs: Any) -> Any:
            raise ZeroDivisionError

        def close(self) -> None:
            return None

    asked = Asking(Broken(), QUICK, shape=Shape(), tick=lambda: None).ask(question)
    assert (asked.code, asked.attempts) == ("ai_client_broke", 1)
    assert "ZeroDivisionError" in caplog.text
