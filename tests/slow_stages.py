"""The real stages, held for settings.HOLD_S before they compute."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from autohvac.core.stage import StageContext


def _slowed(path: str) -> type[Any]:
    real = import_string(path)

    class Slow(real):  # type: ignore[misc,valid-type]  # the class is only known at run time
        def compute(self, inp: Any, ctx: StageContext) -> Any:
            time.sleep(settings.HOLD_S)
            return super().compute(inp, ctx)

    return Slow


def __getattr__(name: str) -> type[Any]:
    if name not in settings.SLOWED:
        raise AttributeError(name)
    return _slowed(settings.SLOWED[name])
