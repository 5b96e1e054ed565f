"""From bytes of the service to an `Answer`: nothing is taken on trust, and every way to fail has a code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from blueprints.ai.failures import AskFailed
from blueprints.ai.schemas import Answer

END_OF_EVENT = re.compile(rb"\r?\n\r?\n")
FENCE = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """What the service said: text, how it ended, and what it counted [tokens]."""

    text: str
    finish_reason: str
    refusal: str = ""
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0


def whole_reply(body: bytes) -> Reply:
    """Read a body that is one JSON document. Raises AskFailed `ai_answer_garbled`, worth another try."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AskFailed("ai_answer_garbled", passing=True) from error
    choice = _at(data, "choices", 0)
    text, finish = _text(_at(choice, "message", "content")), _text(_at(choice, "finish_reason"))
    refusal = _text(_at(choice, "message", "refusal"))
    if not finish or not (text or refusal or finish != "stop"):
        raise AskFailed("ai_answer_garbled", passing=True)
    return Reply(text, finish, refusal, *_counted(data))


class StreamReader:
    """Reads server-sent events as they arrive, so that a broken stream is left at once and not read to its end."""

    def __init__(self) -> None:
        self.left, self.events, self.done = b"", list[Any](), False

    def feed(self, piece: bytes) -> None:
        """Take the next bytes. Raises AskFailed `ai_answer_garbled`, `ai_unavailable`; both are worth another try."""
        *blocks, self.left = END_OF_EVENT.split(self.left + piece)
        for block in blocks:
            self._event(block)

    def _event(self, block: bytes) -> None:
        lines = [line[5:].removeprefix(b" ") for line in block.splitlines() if line.startswith(b"data:")]
        data = b"\n".join(lines).strip()
        if self.done or not data:
            return
        if data == b"[DONE]":
            self.done = True
            return
        try:
            event = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise AskFailed("ai_answer_garbled", passing=True) from error
        if _at(event, "error") is not None:
            raise AskFailed("ai_unavailable", passing=True)
        self.events.append(event)

    def reply(self) -> Reply:
        """The whole. Raises AskFailed `ai_stream_cut` when the stream ended without saying how: half an answer is none."""
        self._event(self.left)
        text, refusal = (self._joined("delta", field) for field in ("content", "refusal"))
        ends = (_text(_at(event, "choices", 0, "finish_reason")) for event in self.events)
        finish = next(filter(None, ends), "")
        if not finish:
            raise AskFailed("ai_stream_cut", passing=True)
        counted = [event for event in self.events if _at(event, "usage") is not None] or self.events
        return Reply(text, finish, refusal, *_counted(counted[-1]))

    def _joined(self, *path: str) -> str:
        return "".join(_text(_at(event, "choices", 0, *path)) for event in self.events)


def answer_of(reply: Reply) -> Answer:
    """The answer in the reply. Raises AskFailed: `ai_refused`, `ai_answer_cut`, `ai_answer_invalid`."""
    if reply.refusal or reply.finish_reason == "content_filter":
        raise AskFailed("ai_refused")
    if reply.finish_reason == "length":
        raise AskFailed("ai_answer_cut")
    fenced = FENCE.match(reply.text)
    try:
        return Answer.model_validate(json.loads(fenced[1] if fenced else reply.text))
    except (ValueError, ValidationError, RecursionError) as error:
        raise AskFailed("ai_answer_invalid") from error


def _counted(data: Any) -> tuple[str, int, int]:
    return (
        _text(_at(data, "model"))[:100],
        _count(_at(data, "usage", "prompt_tokens")),
        _count(_at(data, "usage", "completion_tokens")),
    )


def _at(value: Any, *path: str | int) -> Any:
    """What lies at a path of keys and indexes; None where the shape is another."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**8 else 0
