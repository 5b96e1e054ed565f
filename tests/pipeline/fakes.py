"""Eight tiny stages with which the runner's guarantees are tested without reading a plan."""

from __future__ import annotations

from collections.abc import Callable
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
    """What the fake stages did, what they should raise, and what happens beside them while they compute."""

    def __init__(self) -> None:
        self.computed: list[str] = []
        self.saved: list[str] = []
        self.errors: dict[str, list[Exception]] = {}
        self.meanwhile: dict[str, Callable[[], Any]] = {}


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
            recorder.meanwhile.get(stage_name, lambda: None)()
            waiting = recorder.errors.get(stage_name, [])
            if waiting:
                raise waiting.pop(0)
            return Said(text=inp.text.upper())

        def save(self, run: Any, out: Said) -> None:
            recorder.saved.append(stage_name)

    return Fake()
