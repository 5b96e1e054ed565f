"""Hostile input is parsed in a child process with limits on memory, time, files and output, and without network.

The child is `python -m MODULE VERB`, with a work folder holding `input.json`. It prints progress as JSON lines, writes
`output.json`, and ends itself when its stdin closes, so a killed parent leaves no orphan.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from autohvac.core.errors import RejectedInput, Transient, out_of_room
from autohvac.core.offline import go_offline

ROOT = Path(__file__).resolve().parent.parent.parent
POLL_S = 0.1
LONGEST_LINE = 65536
TAIL_BYTES = 65536
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")


@dataclass(frozen=True)
class ChildLimits:
    """Resident memory of the child and its own children [MB], wall time [s], any written file and the answer [MB]."""

    memory_mb: int = 1500
    seconds: int = 240
    file_mb: int = 512
    answer_mb: int = 64


class ChildFailed(RuntimeError):
    """The child ended by an error of ours; its last lines are the message."""


def run_limited(
    *,
    module: str,
    verb: str,
    payload: dict[str, Any],
    workdir: Path,
    limits: ChildLimits,
    progress: Callable[[float, float, str], None],
    check_cancelled: Callable[[], None],
) -> Any:
    """Run `python -m module verb` on `payload` and return its JSON result.

    Raises: RejectedInput as the child raised it, or `plan_too_complex` past a limit; Transient `storage_unavailable`
    when its disk is full; ChildFailed on our own bug.
    """
    folder = workdir / verb
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "input.json").write_text(json.dumps(payload))
    (folder / "output.json").unlink(missing_ok=True)
    child = _start(module=module, verb=verb, folder=folder, limits=limits)
    try:
        _watch(child, limits=limits, progress=progress, check_cancelled=check_cancelled)
    finally:
        _kill_group(child)
    return _result(child, folder=folder, limits=limits)


def _start(*, module: str, verb: str, folder: Path, limits: ChildLimits) -> subprocess.Popen[bytes]:
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    env |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"}
    env |= {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", module, verb, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "stderr.txt").open("wb"),
        env=env,
        cwd=folder,
        start_new_session=True,
        preexec_fn=lambda: _limit_self(limits),  # only system calls, no locks are taken
    )


def _limit_self(limits: ChildLimits) -> None:
    # Libraries reserve far more address space than they use: the parent watches resident memory, this is the backstop.
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_mb * 6 * 1024 * 1024),
        (resource.RLIMIT_CPU, limits.seconds * 2),
        (resource.RLIMIT_FSIZE, limits.file_mb * 1024 * 1024),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue
    go_offline()


def _watch(
    child: subprocess.Popen[bytes],
    *,
    limits: ChildLimits,
    progress: Callable[[float, float, str], None],
    check_cancelled: Callable[[], None],
) -> None:
    latest: list[tuple[float, float, str]] = [(0.0, 1.0, "")]
    reader = threading.Thread(target=_read_progress, args=(child, latest), daemon=True)
    reader.start()
    deadline = time.monotonic() + limits.seconds
    while child.poll() is None:
        check_cancelled()
        progress(*latest[-1])
        if time.monotonic() > deadline:
            raise RejectedInput("plan_too_complex", limit="time", seconds=limits.seconds)
        if sum(resident_mb(pid) for pid in family(child.pid)) > limits.memory_mb:
            raise RejectedInput("plan_too_complex", limit="memory", megabytes=limits.memory_mb)
        time.sleep(POLL_S)
    reader.join(timeout=2)
    progress(*latest[-1])


def _read_progress(child: subprocess.Popen[bytes], latest: list[tuple[float, float, str]]) -> None:
    assert child.stdout is not None
    for line in iter(partial(child.stdout.readline, LONGEST_LINE), b""):
        try:
            done, total, what = json.loads(line)
            latest[:] = [(float(done), float(total), str(what)[:200])]
        except (ValueError, TypeError):
            continue


def resident_mb(pid: int) -> float:
    """Resident memory of a process [MB]; 0 when it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        if sys.platform == "darwin":
            shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False)
            return int(shown.stdout.strip() or 0) / 1024
    return 0.0


def family(pid: int) -> list[int]:
    """A process and all that it started (OCR runs in a program of its own); the process alone where /proc is not told."""
    found, at = [pid], 0
    while at < len(found):
        with contextlib.suppress(OSError):  # it may end while it is asked
            for path in Path(f"/proc/{found[at]}/task").glob("*/children"):
                found += [int(word) for word in path.read_text().split()]
        at += 1
    return found


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()


def _result(child: subprocess.Popen[bytes], *, folder: Path, limits: ChildLimits) -> Any:
    output = folder / "output.json"
    if not output.exists():
        tail = _last_line(folder / "stderr.txt")
        if "MemoryError" in tail or child.returncode in (-signal.SIGXCPU, -signal.SIGXFSZ):
            raise RejectedInput("plan_too_complex", limit="memory or time", megabytes=limits.memory_mb)
        if child.returncode == os.EX_TEMPFAIL:
            raise Transient("storage_unavailable", problem="no room in the work folder")
        if child.returncode < 0:
            raise RejectedInput("plan_too_complex", limit="crash", signal=-child.returncode)
        raise ChildFailed(tail or f"exit {child.returncode}")
    if output.stat().st_size > limits.answer_mb * 2**20:  # it would be held in the worker's own memory
        raise RejectedInput("plan_too_complex", limit="answer", megabytes=limits.answer_mb)
    answer = json.loads(output.read_text())
    if "rejected" in answer:
        raise RejectedInput(answer["rejected"]["code"], **answer["rejected"]["facts"])
    return answer["result"]


def _last_line(path: Path) -> str:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = stream.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def child_main(verbs: dict[str, Callable[..., Any]]) -> None:
    """The child's side: run `verbs[argv[1]](payload, progress)` in the folder argv[2] and write its result."""
    verb, folder = sys.argv[1], Path(sys.argv[2])
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        _answer(verbs[verb], folder)
    except OSError as error:
        if out_of_room(error):
            os._exit(os.EX_TEMPFAIL)
        raise


def _answer(verb: Callable[..., Any], folder: Path) -> None:
    payload = json.loads((folder / "input.json").read_text())
    try:
        answer: dict[str, Any] = {"result": verb(payload, _print_progress)}
    except RejectedInput as error:
        answer = {"rejected": {"code": error.code, "facts": error.facts}}
    partial = folder / "output.part"
    partial.write_text(json.dumps(answer))
    partial.rename(folder / "output.json")


def _print_progress(done: float, total: float, what: str) -> None:
    print(json.dumps([done, total, what]), flush=True)


def _die_with_parent() -> None:
    while os.read(0, 65536):  # not sys.stdin: its lock would be held at interpreter shutdown
        continue
    os._exit(77)
