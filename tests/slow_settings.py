"""Settings for tests that kill a real cluster: the real stages, each held for a second so that it can be hit."""

from __future__ import annotations

import os

from autohvac.settings import *  # noqa: F403  # settings are made to be extended this way
from autohvac.settings import PIPELINE as REAL_PIPELINE
from autohvac.settings import Q_CLUSTER

SLOWED = REAL_PIPELINE
PIPELINE = {name: f"tests.slow_stages.{name}" for name in REAL_PIPELINE}
HOLD_S = float(os.environ.get("AUTOHVAC_TEST_HOLD_S", "1.0"))
Q_CLUSTER = {**Q_CLUSTER, "poll": 0.2, "workers": 1, "queue_limit": 1}
