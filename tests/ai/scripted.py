"""A service on a local socket that sends exactly the bytes it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answerer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `asked` is its JSON body."""

    asked: dict[str, Any]

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.asked = json.loads(self.rfile.read(length))
        server: Any = self.server
        server.asked.append(self.asked)
        server.script[min(len(server.asked), len(server.script)) - 1](self)

    def log_message(self, *args: Any) -> None:
        return None

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def scripted(*script: Answerer) -> Iterator[Any]:
    """Serve the script, one answer per request, the last for all that follow; `.asked` keeps the requests."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.script, server.asked = True, script, []
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def whole(text: str | None, finish: str = "stop", **message: Any) -> dict[str, Any]:
    """A reply as the chat protocol has it."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    usage = {"prompt_tokens": 700, "completion_tokens": 40, "total_tokens": 740}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "gpt-4o-2024-11-20",
        "choices": [choice],
        "usage": usage,
    }


def reply(text: str | None, finish: str = "stop", **message: Any) -> Answerer:
    return lambda h: h.send(200, json.dumps(whole(text, finish, **message)).encode())


def refuse(status: int, message: str, *, code: str | None = None, param: str | None = None) -> Answerer:
    error = {"message": message, "type": "invalid_request_error", "code": code, "param": param}
    return lambda h: h.send(status, json.dumps({"error": error}).encode())


def raw(body: bytes, status: int = 200, **headers: str) -> Answerer:
    return lambda h: h.send(status, body, **headers)


def cut_off(body: bytes) -> Answerer:
    """Half of what was announced, then the connection is gone."""

    def answer(h: Handler) -> None:
        h.send_response(200)
        h.send_header("content-type", "application/json")
        h.send_header("content-length", str(2 * len(body)))
        h.end_headers()
        h.wfile.write(body)
        h.close_connection = True

    return answer


def drip(seconds: float) -> Answerer:
    """A byte now and then: no single pause is long, and the answer never comes."""

    def answer(h: Handler) -> None:
        h.send_response(200)
        h.send_header("content-type", "text/event-stream")
        h.end_headers()
        try:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                h.wfile.write(b":")
                h.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    return answer


def silent_after(body: bytes, seconds: float) -> Answerer:
    """The beginning of a stream, then nothing."""

    def answer(h: Handler) -> None:
        h.send_response(200)
        h.send_header("content-type", "text/event-stream")
        h.end_headers()
        h.wfile.write(body)
        h.wfile.flush()
        time.sleep(seconds)

    return answer


def flood(size: int) -> Answerer:
    """More bytes than any answer has."""

    def answer(h: Handler) -> None:
        h.send_response(200)
        h.send_header("content-type", "text/event-stream")
        h.end_headers()
        try:
            for _ in range(size // 65_536):
                h.wfile.write(b"x" * 65_536)
        except OSError:
            return

    return answer
