"""A limited child by fork, with the reader already loaded: the same limits as the product's child, a tenth of its start.

Only for fuzzing: a process that forks must have no threads of its own.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import blueprints.plan.geometry.extract
import blueprints.plan.pages.analyse
import blueprints.plan.preview
import blueprints.plan.text.extract  # noqa: F401 - loaded here so that no child has to
from autohvac.core.errors import AutoHvacError, RejectedInput
from autohvac.core.sandbox import ChildFailed, ChildLimits, _limit_self, family, resident_mb

POLL_S = 0.02


def run_forked(
    work: Callable[[dict[str, Any], Any], Any], payload: dict[str, Any], *, folder: Path, limits: ChildLimits
) -> Any:
    """`work(payload, progress)` in a forked child; raises as `run_limited` does."""
    answer = folder / "forked.json"
    pid = os.fork()
    if pid == 0:
        _child(work, payload, answer=answer, limits=limits)
    status = _wait(pid, limits=limits)
    if not answer.exists():
        if os.WIFSIGNALED(status):
            raise RejectedInput("plan_too_complex", limit="crash", signal=os.WTERMSIG(status))
        raise ChildFailed(f"exit {os.waitstatus_to_exitcode(status)}")
    if answer.stat().st_size > limits.answer_mb * 2**20:
        raise RejectedInput("plan_too_complex", limit="answer")
    return _judged(json.loads(answer.read_text()))


def _judged(said: dict[str, Any]) -> Any:
    if "code" in said:
        raise RejectedInput(said["code"], **said["facts"])
    if "memory" in said:
        raise RejectedInput("plan_too_complex", limit="memory or time")
    if "bug" in said:
        raise ChildFailed(said["bug"])
    return said["result"]


def _child(work: Any, payload: dict[str, Any], *, answer: Path, limits: ChildLimits) -> None:
    try:
        faulthandler.disable()  # a crash is the answer, its trace would be noise
        os.setpgid(0, 0)
        _limit_self(limits)
        os.environ["OMP_THREAD_LIMIT"] = "1"
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        said = _said(work, payload)
        partial = answer.with_suffix(".part")
        partial.write_text(json.dumps(said))
        partial.rename(answer)
    finally:
        os._exit(0)


def _said(work: Any, payload: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": work(payload, lambda *_: None)}
    except AutoHvacError as error:
        return {"code": error.code, "facts": error.facts}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # a bug of ours: what it is and where
        trace, places = error.__traceback__, []
        while trace is not None:
            places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
            trace = trace.tb_next
        return {"bug": f"{type(error).__name__}: {error} at {' '.join(places[-4:])}"}


def _wait(pid: int, *, limits: ChildLimits) -> int:
    deadline = time.monotonic() + limits.seconds
    try:
        while True:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return status
            if time.monotonic() > deadline:
                raise RejectedInput("plan_too_complex", limit="time")
            if sum(resident_mb(one) for one in family(pid)) > limits.memory_mb:
                raise RejectedInput("plan_too_complex", limit="memory")
            time.sleep(POLL_S)
    finally:
        _end(pid)


def _end(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        return
