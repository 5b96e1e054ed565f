"""Recorded answers instead of a service: `OPENAI_BASE_URL=replay:SET` answers from `recorded/SET/*.json`, without a network.

A recording holds a reply as the service sent it, and which question it belongs to: the ids of the rooms and the texts printed
in them. Areas and wording do not count, so a better plan reader or prompt does not make the recordings useless.
With `AUTOHVAC_AI_RECORD=FOLDER` and `AUTOHVAC_AI_STREAM=false` the replies of a real service are kept in that form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2

from autohvac.core.digest import sha256_of

FOLDER = Path(__file__).parent / "recorded"
KEPT_HEADERS = ("content-type", "retry-after", "retry-after-ms")


class ReplayTransport(httpx2.BaseTransport):
    """Answers requests of the openai client from a set of recordings; 404 where none fits, or there is no such set."""

    def __init__(self, name: str) -> None:
        known = FOLDER / name if re.fullmatch(r"[a-z0-9_]+", name) else None
        entries = _entries(known) if known is not None else ()
        self.replies = {entry["question"]: entry for entry in entries}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded reply, as a stream of events where a stream was asked for."""
        asked = json.loads(request.read())
        entry = self.replies.get(question_key(asked))
        if entry is None:
            error = {"message": "no recorded answer fits this question", "code": "replay_missing"}
            return httpx2.Response(404, json={"error": error}, request=request)
        if entry["status"] == 200 and asked.get("stream"):
            events = b"".join(b"data: " + event + b"\n\n" for event in _events(entry["body"]))
            headers = {"content-type": "text/event-stream"}
            return httpx2.Response(
                200, content=events + b"data: [DONE]\n\n", headers=headers, request=request
            )
        headers = {"content-type": "application/json", **entry.get("headers", {})}
        body = json.dumps(entry["body"]).encode()
        return httpx2.Response(entry["status"], content=body, headers=headers, request=request)


class RecordingTransport(httpx2.HTTPTransport):
    """The network, with every whole reply kept in a folder as a recording."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask the service and keep what it said; streams pass by."""
        response = super().handle_request(request)
        if "json" not in response.headers.get("content-type", ""):
            return response
        body = response.read()
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        question = question_key(json.loads(request.read()))
        entry = {
            "question": question,
            "status": response.status_code,
            "headers": headers,
            "body": json.loads(body),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{question[:16]}-{response.status_code}.json"
        (self.folder / name).write_text(json.dumps(entry, indent=1, ensure_ascii=False), encoding="utf-8")
        return httpx2.Response(response.status_code, headers=headers, content=body, request=request)


def question_key(request: dict[str, Any]) -> str:
    """Identity of a question by its rooms and the texts printed in them."""
    content = request["messages"][-1]["content"]
    text = content if isinstance(content, str) else content[0]["text"]
    return sha256_of([[room["id"], room["printed_inside"]] for room in json.loads(text)["rooms"]])


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _events(body: dict[str, Any]) -> Iterator[bytes]:
    """A whole reply as the pieces a stream sends: text in parts, then how it ended, then the counts."""
    head = {key: body.get(key) for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    for choice in body["choices"][:1]:
        message = choice["message"]
        text = message.get("content") or ""
        deltas = [{"role": "assistant"}, *({"content": text[n : n + 24]} for n in range(0, len(text), 24))]
        if message.get("refusal"):
            deltas.append({"refusal": message["refusal"]})
        for delta in deltas:
            yield _event(head, [{"index": 0, "delta": delta, "finish_reason": None}])
        yield _event(head, [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}])
    yield json.dumps({**head, "choices": [], "usage": body.get("usage")}).encode()


def _event(head: dict[str, Any], choices: list[dict[str, Any]]) -> bytes:
    return json.dumps({**head, "choices": choices}).encode()
