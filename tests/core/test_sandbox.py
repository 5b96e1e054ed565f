"""The limited child process: results, refusals, limits, no secrets, no orphans."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from autohvac.core.errors import Cancelled, RejectedInput, Transient
from autohvac.core.offline import can_go_offline
from autohvac.core.sandbox import ChildFailed, ChildLimits, family, run_limited
from tests.conftest import ROOT
from tests.whole.clusters import wait_until

MODULE = "tests.core.child_for_tests"


def run(verb: str, folder: Path, *, limits: ChildLimits | None = None, **kwargs: Any) -> Any:
    settings: dict[str, Any] = {"progress": lambda *a: None, "check_cancelled": lambda: None, "payload": {}}
    settings |= {"limits": limits or ChildLimits(seconds=30)} | kwargs
    return run_limited(module=MODULE, verb=verb, workdir=folder, **settings)


def test_a_result_comes_back_and_progress_is_seen(tmp_path: Path) -> None:
    seen: list[tuple[float, float, str]] = []
    assert run("echo", tmp_path, payload={"value": 7}, progress=lambda *a: seen.append(a)) == {"got": 7}
    assert seen[-1] == (1.0, 2.0, "half")


def test_a_refusal_keeps_its_code_and_facts(tmp_path: Path) -> None:
    with pytest.raises(RejectedInput) as caught:
        run("reject", tmp_path)
    assert (caught.value.code, caught.value.facts) == ("pdf_damaged", {"page": 3})


def test_a_bug_of_ours_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="a bug of ours"):
        run("crash", tmp_path)


def test_a_full_disk_is_a_passing_fault(tmp_path: Path) -> None:
    with pytest.raises(Transient, match="storage_unavailable"):
        run("no_room", tmp_path)


@pytest.mark.parametrize(
    ("verb", "limits", "payload"),
    [
        ("eat", ChildLimits(memory_mb=200, seconds=30), {}),
        ("offspring", ChildLimits(memory_mb=200, seconds=30), {}),
        ("sleep", ChildLimits(seconds=1), {"seconds": 60}),
        ("chatter", ChildLimits(seconds=30, answer_mb=1), {"megabytes": 2}),
    ],
)
def test_past_a_limit_the_plan_is_too_complex(
    tmp_path: Path, verb: str, limits: ChildLimits, payload: dict[str, Any]
) -> None:
    with pytest.raises(RejectedInput, match="plan_too_complex"):
        run(verb, tmp_path, limits=limits, payload=payload)


def test_a_file_cannot_grow_past_its_limit(tmp_path: Path) -> None:
    with pytest.raises((RejectedInput, ChildFailed)):
        run("fill", tmp_path, limits=ChildLimits(seconds=30, file_mb=8))
    assert (tmp_path / "fill" / "big").stat().st_size <= 8 * 1024 * 1024


@pytest.mark.skipif(not can_go_offline(), reason="needs Linux on x86-64 or 64-bit ARM")
def test_the_child_has_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()  # from here it answers
        with pytest.raises(ChildFailed, match="PermissionError"):
            run("call_home", tmp_path, payload={"port": port})


def test_cancelling_kills_the_child(tmp_path: Path) -> None:
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run("sleep", tmp_path, payload={"seconds": 60}, check_cancelled=cancel)


def test_the_child_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert not {"OPENAI_API_KEY", "DATABASE_URL"} & set(run("secrets", tmp_path))


def test_a_killed_parent_leaves_no_orphan(tmp_path: Path) -> None:
    body = (
        "import sys; from pathlib import Path; from autohvac.core.sandbox import *;"
        f"run_limited(module={MODULE!r}, verb='sleep', payload={{'seconds': 99}}, workdir=Path({str(tmp_path)!r}),"
        " limits=ChildLimits(), progress=lambda *a: None, check_cancelled=lambda: None)"
    )
    parent = subprocess.Popen([sys.executable, "-c", body], cwd=ROOT)
    mark = str(tmp_path / "sleep")

    def children() -> list[str]:
        lines = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                text = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if mark in text and f"-m {MODULE}" in text:
                lines.append(text)
        return lines

    if not Path("/proc").is_dir():
        pytest.skip("needs /proc")
    wait_until(children, seconds=20, what="the child")
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    wait_until(lambda: not children(), seconds=10, what="the child's end")


def test_a_process_that_ends_while_its_children_are_asked_for_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(path: Path, pattern: str) -> Any:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "glob", gone)
    assert family(4711) == [4711]
