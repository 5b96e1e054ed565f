"""One exchange over the openai client, at any compatible address; the only import of openai."""

from __future__ import annotations

import base64
import email.utils
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import openai

from blueprints.ai.answers import Reply, StreamReader, whole_reply
from blueprints.ai.asking import Policy, Shape
from blueprints.ai.failures import AskFailed
from blueprints.ai.prompt import INSTRUCTIONS, Question, answer_schema

CONNECT_S = 10.0
MOST_BYTES = 1_000_000
REFUSALS = (
    (
        "length",
        re.compile(r"context.{0,12}(length|window|size)|too (long|many tokens)|maximum.{0,20}tokens", re.I),
    ),
    (
        "response",
        re.compile(r"response_format|json_schema|json_object|structured output|guided|grammar", re.I),
    ),
    ("usage", re.compile(r"stream_options|include_usage", re.I)),
    ("temperature", re.compile(r"temperature", re.I)),
    ("limit", re.compile(r"max_(completion_)?tokens", re.I)),
    ("images", re.compile(r"image|vision|multi-?modal|content.{0,20}(must be|expected).{0,12}string", re.I)),
    ("stream", re.compile(r"\bstream", re.I)),
)
"""What a 400 or 422 complains of, by the words of its parameter, code or message; the first that matches."""


class OpenAiWire:
    """Sends a question and reads the reply, bounded in time and bytes. Retries and waits are not decided here."""

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | None,
        model: str,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """A client without retries of its own: its defaults would outlive the task. `transport` replaces the network."""
        self.model = model
        http = openai.DefaultHttpxClient(transport=transport, follow_redirects=False)
        self.client = openai.OpenAI(api_key=api_key, base_url=base_url, max_retries=0, http_client=http)
        self.lock, self.busy, self.closing = threading.Lock(), 0, False

    def close(self) -> None:
        """Close the connections; one that an abandoned exchange still reads from is closed when that ends."""
        self._count(0, closing=True)

    def _count(self, change: int, *, closing: bool = False) -> None:
        with self.lock:
            self.busy += change
            self.closing = self.closing or closing
            if self.closing and not self.busy:
                self.client.close()

    def exchange(
        self, question: Question, shape: Shape, *, policy: Policy, abandoned: threading.Event
    ) -> Reply:
        """See `asking.Wire`."""
        self._count(1)
        try:
            return self._read(question, shape, policy, abandoned)
        except openai.APITimeoutError as error:
            raise AskFailed("ai_timeout", passing=True) from error
        except openai.APIConnectionError as error:
            raise AskFailed("ai_unreachable", passing=True) from error
        except openai.APIStatusError as error:
            raise _failure(error) from error
        except openai.OpenAIError as error:
            raise AskFailed("ai_request_refused") from error
        except httpx2.TimeoutException as error:
            raise AskFailed("ai_timeout", passing=True) from error
        except httpx2.InvalidURL as error:
            raise AskFailed("ai_request_refused") from error
        except (httpx2.HTTPError, OSError) as error:
            raise AskFailed("ai_unreachable", passing=True) from error
        finally:
            self._count(-1)

    def _read(self, question: Question, shape: Shape, policy: Policy, abandoned: threading.Event) -> Reply:
        timeout = httpx2.Timeout(policy.timeout_s, connect=min(CONNECT_S, policy.timeout_s))
        request: Any = request_of(
            question, shape, model=self.model
        )  # the SDK's types name each combination apart
        create = self.client.chat.completions.with_streaming_response.create
        with create(**request, timeout=timeout) as response:
            if "text/event-stream" not in response.headers.get("content-type", ""):
                return whole_reply(b"".join(_bounded(response.iter_bytes(), abandoned)))
            # Thinking may take long, but once a stream has begun, silence means that it is broken.
            response.http_request.extensions["timeout"]["read"] = min(policy.silence_s, policy.timeout_s)
            reader = StreamReader()
            for piece in _bounded(response.iter_bytes(), abandoned):
                reader.feed(piece)
            return reader.reply()


def _bounded(pieces: Iterator[bytes], abandoned: threading.Event) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if abandoned.is_set():
            raise AskFailed("ai_timeout", passing=True)
        if total > MOST_BYTES:
            raise AskFailed("ai_answer_too_long")
        yield piece


def request_of(question: Question, shape: Shape, *, model: str) -> dict[str, Any]:
    """The request as the protocol wants it."""
    request: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS + _form(question, shape)},
            {"role": "user", "content": _content(question, shape)},
        ],
        shape.limit: question.most_output_tokens * shape.room,
    }
    if shape.response == "json_schema":
        schema = {"name": "rooms", "strict": True, "schema": answer_schema(question.ids)}
        request["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif shape.response == "json_object":
        request["response_format"] = {"type": "json_object"}
    if shape.temperature:
        request["temperature"] = 0
    if shape.stream:
        request |= {"stream": True} | ({"stream_options": {"include_usage": True}} if shape.usage else {})
    return request


def _form(question: Question, shape: Shape) -> str:
    """Without a schema on the wire the form of the answer is told in words."""
    if shape.response == "json_schema":
        return ""
    return (
        '\nAnswer with JSON alone: {"rooms": [{"id": "...", "name": "..." or null, "type": "..." or null, '
        '"confidence": 0.0}]}. Types: ' + ", ".join(_types(answer_schema(question.ids))) + "."
    )


def _types(schema: dict[str, Any]) -> list[str]:
    options = schema["$defs"]["RoomAnswer"]["properties"]["type"]["anyOf"]
    return next(list(option["enum"]) for option in options if "enum" in option)


def _content(question: Question, shape: Shape) -> Any:
    if not (question.tiles and shape.images):
        return question.text
    pictures = [
        {"type": "image_url", "image_url": {"url": _data_url(tile.data), "detail": "high"}}
        for tile in question.tiles
    ]
    return [{"type": "text", "text": question.text}, *pictures]


def _data_url(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _failure(error: openai.APIStatusError) -> AskFailed:
    status, said = error.status_code, f"{error.param or ''} {error.code or ''} {error.message}"
    if status == 429 and re.search(r"insufficient_quota|billing", said):
        return AskFailed("ai_quota_used_up")
    if status in (408, 409, 429) or status >= 500:
        outcome = {429: "ai_rate_limited", 408: "ai_timeout"}.get(status, "ai_unavailable")
        return AskFailed(outcome, passing=True, retry_after_s=_stated_wait_s(error.response.headers))
    if status in (400, 413, 415, 422):
        if status == 413:
            return AskFailed("ai_question_too_long", refused="length")
        refused = next((part for part, pattern in REFUSALS if pattern.search(said)), "")
        outcome = "ai_question_too_long" if refused == "length" else "ai_request_refused"
        return AskFailed(outcome, refused=refused)
    outcome = {401: "ai_key_refused", 403: "ai_key_refused", 404: "ai_model_unknown"}.get(
        status, "ai_request_refused"
    )
    return AskFailed(outcome)


def _stated_wait_s(headers: httpx2.Headers) -> float | None:
    """Retry-After in milliseconds, seconds or as a date [s]; None when it is absent or makes no sense."""
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            wait = float(headers.get(name, "")) * factor
        except ValueError:
            continue
        return wait if 0 <= wait < 86_400 else None
    date = email.utils.parsedate_tz(headers.get("retry-after", ""))
    if date is None:
        return None
    return min(86_400.0, max(0.0, email.utils.mktime_tz(date) - time.time()))
