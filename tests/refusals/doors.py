"""The doors of the product as people and programs use them; each reports the stable codes that come out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from django.core.management import call_command

from autohvac.messages import ERRORS, error_text
from blueprints.models import PipelineRun
from tests.refusals.provoke import seen

OUR_FAILURE, REJECTED, NEEDS_ANSWER = 1, 2, 3
ERROR_LINE = re.compile(r"error\[([a-z0-9_]+)\]: .+[;.] .+")


@dataclass(frozen=True)
class Ended:
    """A command that ended: exit code and what it printed."""

    status: int
    out: str
    err: str


def command(name: str, *args: object) -> Ended:
    """A management command with its own arguments, in this process."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *(str(arg) for arg in args), stdout=out, stderr=err)
    except SystemExit as end:
        return Ended(int(end.code or 0), out.getvalue(), err.getvalue())
    return Ended(0, out.getvalue(), err.getvalue())


def process(plan: Path, *args: object) -> Ended:
    """`process_blueprint` on a plan in Cedar Rapids."""
    return command("process_blueprint", plan, "--zip", "52401", "--quiet", *args)


def refused(ended: Ended, code: str, *, status: int = REJECTED) -> None:
    """It ended with this exit code and one line `error[CODE]: what is wrong; what to do`, and no traceback."""
    lines = ended.err.splitlines()
    assert (ended.status, len(lines)) == (status, 1), ended
    found = ERROR_LINE.fullmatch(lines[0])
    assert found is not None and found[1] == code, lines
    assert "Traceback" not in ended.out
    seen(code)


def asked(ended: Ended, code: str, field: str) -> None:
    """It ended with exit code 3 and the question on stdout."""
    assert ended.status == NEEDS_ANSWER and f"question {field}: " in ended.out, ended
    assert "Traceback" not in ended.out + ended.err
    seen(code)


def problem(answer: Any, code: str, *, status: int) -> None:
    """An HTTP answer that is problem+json with this code and a sentence."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    body = answer.json()
    assert body["code"] == code and body["status"] == status and body["detail"], body
    assert "Traceback" not in answer.content.decode()
    seen(code)


def page_says(answer: Any, code: str, *, status: int = 200) -> None:
    """A page that says the code's sentence."""
    assert answer.status_code == status, answer.content
    assert error_text(code) in unescape(answer.content.decode())
    seen(code)


def run_ended(run: PipelineRun, code: str, *, status: str) -> None:
    """A run that stands in this state for this reason, with a sentence for people."""
    run.refresh_from_db()
    assert (run.status, run.error_code) == (status, code)
    assert code in ERRORS
    seen(code)
