"""Eight tiny stages with which the runner's guarantees are tested without reading a plan."""

from __future__ import annotations

from typing import Any

from autohvac.core.evidence import Frozen
from autohvac.core.stage import STAGES, Stage, StageContext, StageOutput


class Word(Frozen):
    """Input."""

    text: str


class Said(StageOutput):
    """Output."""

    text: str


class Recorder:
    """What the fake stages did, and what they should raise."""

    def __init__(self) -> None:
        self.computed: list[str] = []
        self.saved: list[str] = []
        self.errors: dict[str, list[Exception]] = {}


def fake_stages(recorder: Recorder) -> dict[str, Stage[Any, Any]]:
    """A stage per name that says its own name."""
    return {name: _fake(name, recorder) for name in STAGES}


def _fake(stage_name: str, recorder: Recorder) -> Stage[Any, Any]:
    class Fake(Stage[Word, Said]):
        name, version, timeout_s, weight, output = stage_name, 1, 10, 1 / 8, Said

        def load(self, run: Any) -> Word:
            return Word(text=f"{stage_name}{run.options.get('salt', '')}")

        def compute(self, inp: Word, ctx: StageContext) -> Said:
            recorder.computed.append(stage_name)
            ctx.progress(1, 2, stage_name)
            waiting = recorder.errors.get(stage_name, [])
            if waiting:
                raise waiting.pop(0)
            return Said(text=inp.text.upper())

        def save(self, run: Any, out: Said) -> None:
            recorder.saved.append(stage_name)

    return Fake()
