"""How a question is put: attempts, waits, deadlines, and simpler forms for services that can do less."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from blueprints.ai.answers import Reply, answer_of
from blueprints.ai.failures import AskFailed
from blueprints.ai.prompt import Question
from blueprints.ai.schemas import Answer

log = logging.getLogger("autohvac.ai")
TICK_S = 0.25
LEAST_ATTEMPT_S = 2.0
MOST_SIMPLER = 5
Tick = Callable[[], None]


@dataclass(frozen=True)
class Shape:
    """The form of a request; services differ in what they take.

    `response` is json_schema, json_object or text; `limit` is the name of the output limit; `room` multiplies that limit.
    """

    response: str = "json_schema"
    stream: bool = True
    usage: bool = True
    temperature: bool = True
    limit: str = "max_tokens"
    images: bool = True
    room: int = 1

    def without(self, refused: str) -> Shape | None:
        """The next simpler form after the service refused a part of this one; None when there is none."""
        if refused == "response":
            following = {"json_schema": "json_object", "json_object": "text"}.get(self.response)
            return replace(self, response=following) if following else None
        if refused == "limit":
            return replace(self, limit="max_completion_tokens") if self.limit == "max_tokens" else None
        if refused == "usage":
            return replace(self, usage=False) if self.usage else None
        if refused == "temperature":
            return replace(self, temperature=False) if self.temperature else None
        if refused == "stream":
            return replace(self, stream=False) if self.stream else None
        if refused == "images":
            return replace(self, images=False) if self.images else None
        return None


@dataclass(frozen=True)
class Policy:
    """Patience, in seconds.

    `timeout_s` bounds one attempt, `silence_s` a pause inside an answer, `deadline_s` everything; `backoff_s` is the first
    wait when the service does not name one.
    """

    timeout_s: float = 60.0
    silence_s: float = 20.0
    deadline_s: float = 100.0
    attempts: int = 3
    backoff_s: float = 1.0


class Wire(Protocol):
    """One exchange with the service."""

    def exchange(
        self, question: Question, shape: Shape, *, policy: Policy, abandoned: threading.Event
    ) -> Reply:
        """Send and read the reply. Raises AskFailed. Stops reading when `abandoned` is set."""
        ...

    def close(self) -> None:
        """No more exchanges."""
        ...


@dataclass(frozen=True)
class Asked:
    """How it went: the answer, or the failure's code; `retry_after_s` when the service wants to be left alone."""

    answer: Answer | None
    code: str
    attempts: int
    shape: Shape
    reply: Reply | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    retry_after_s: float | None = None


class Asking:
    """One question put to one service, with patience."""

    def __init__(self, wire: Wire, policy: Policy, *, shape: Shape, tick: Tick) -> None:
        self.wire, self.policy, self.shape, self.tick = wire, policy, shape, tick
        self.ends_at = time.monotonic() + policy.deadline_s
        self.attempts = self.simpler = self.failures = 0
        self.input_tokens = self.output_tokens = 0
        self.reply: Reply | None = None

    def ask(self, question: Question) -> Asked:
        """Ask until there is an answer, or nothing more can help. Raises only what `tick` raises."""
        while True:
            try:
                return self._asked(self._attempt(question), "answered")
            except AskFailed as failure:
                following = self._after(failure, question)
                if following is None:
                    return self._asked(None, failure.code, retry_after_s=failure.retry_after_s)
                question = following

    def _attempt(self, question: Question) -> Answer:
        self.attempts += 1
        self.reply = None
        self.reply = self._in_thread(question)
        self.input_tokens += self.reply.input_tokens
        self.output_tokens += self.reply.output_tokens
        return answer_of(self.reply)

    def _in_thread(self, question: Question) -> Reply:
        """Exchange beside this thread, so that the lease is renewed and a cancel is seen while the service thinks."""
        box: list[Reply | BaseException] = []
        done, abandoned = threading.Event(), threading.Event()
        target = (question, box, done, abandoned)
        threading.Thread(target=self._exchange, args=target, name="ai-exchange", daemon=True).start()
        until = min(self.ends_at, time.monotonic() + self.policy.timeout_s)
        try:
            while not done.wait(TICK_S):
                self.tick()
                if time.monotonic() > until:
                    raise AskFailed("ai_timeout", passing=True)
        finally:
            abandoned.set()
        return self._taken(box[0])

    def _taken(self, found: Reply | BaseException) -> Reply:
        """What the other thread brought. A fault nobody foresaw is logged and costs the answer, never the run."""
        if isinstance(found, Reply):
            return found
        if not isinstance(found, AskFailed):
            log.error("ai exchange broke", exc_info=found)
            raise AskFailed("ai_client_broke") from found
        raise found

    def _exchange(
        self,
        question: Question,
        box: list[Reply | BaseException],
        done: threading.Event,
        abandoned: threading.Event,
    ) -> None:
        try:
            box.append(self.wire.exchange(question, self.shape, policy=self.policy, abandoned=abandoned))
        except BaseException as error:  # handed to the thread that waits, which raises it
            box.append(error)
        finally:
            done.set()

    def _after(self, failure: AskFailed, question: Question) -> Question | None:
        """The question for the next attempt, after the wait that is due; None to give up."""
        if failure.refused or failure.code == "ai_answer_cut":
            return self._simplified(failure, question)
        if not failure.passing:
            return None
        self.failures += 1
        if self.failures >= self.policy.attempts:
            return None
        return question if self._wait(failure) else None

    def _simplified(self, failure: AskFailed, question: Question) -> Question | None:
        """Never the same request again: a simpler form, a shorter question, or more room for the answer."""
        self.simpler += 1
        if self.simpler > MOST_SIMPLER:
            return None
        if failure.refused == "length":
            return question.shorter()
        if failure.code == "ai_answer_cut":
            self.shape, roomier = replace(self.shape, room=self.shape.room * 2), self.shape.room < 2
            return question if roomier else None
        shape = self.shape.without(failure.refused)
        if shape is None:
            return None
        self.shape = shape
        return question

    def _wait(self, failure: AskFailed) -> bool:
        """Wait as the service asks, else longer each time; False when the deadline comes first."""
        # Jitter spreads workers that failed together; it decides no result. A stated wait is never cut short.
        own = self.policy.backoff_s * 2 ** (self.failures - 1) * random.uniform(0.8, 1.2)  # noqa: S311
        stated = failure.retry_after_s
        until = time.monotonic() + (own if stated is None else stated * 1.02 + 0.05)
        if until + LEAST_ATTEMPT_S > self.ends_at:
            return False
        while (left := until - time.monotonic()) > 0:
            self.tick()
            time.sleep(min(left, TICK_S))
        return True

    def _asked(self, answer: Answer | None, code: str, *, retry_after_s: float | None = None) -> Asked:
        return Asked(
            answer, code, self.attempts, self.shape, self.reply, self.input_tokens, self.output_tokens, retry_after_s
        )  # fmt: skip
