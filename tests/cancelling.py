"""`python -m tests.cancelling`: cancels a sample run in each stage on a real cluster of one worker.

Prints how long after the request the run was cancelled, and when its worker had left the stage and sealed the run. Exits 1
when a run went on, was hit in another stage, or took longer than `ALLOWED_S`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from autohvac.core.stage import STAGES
from blueprints.sample.draw import draw_sample
from tests.whole.clusters import Site, wait_until
from tests.whole.test_kill import UPLOAD

ALLOWED_S = 5.0
HELD_S = 0.5  # some stages are too short to be hit
CANCEL = """
import time
from blueprints.models import PipelineRun, StageRun
from blueprints.services.runs import run_cancel
while not StageRun.objects.filter(name={stage!r}, status='running').exists():
    time.sleep(0.02)
run_cancel(run=PipelineRun.objects.get(), actor=None)
print('0')
"""
OUTCOME = """
import json
from blueprints.models import PipelineRun
run = PipelineRun.objects.get()
seal = run.stages.get(name='audit')
seconds = lambda at: (at - run.cancel_requested_at).total_seconds()
sealed = seconds(seal.finished_at) if seal.status == 'done' else None
hit = [row.name for row in run.stages.all() if row.status == 'cancelled']
print(json.dumps([run.status, hit, seconds(run.finished_at), sealed]))
"""


def cancelled_in(folder: Path, plan: Path, stage: str) -> Any:
    """Cancel while `stage` runs; status, stages hit, seconds to the end and to the seal [s]."""
    held = {"AUTOHVAC_TEST_HOLD_S": str(HELD_S), "AUTOHVAC_LEASE_SECONDS": "30"}
    site = Site(folder, environment=held)
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        site.script(CANCEL.format(stage=stage))
        wait_until(lambda: site.script(OUTCOME)[3] is not None, seconds=120, what="the seal")
        return site.script(OUTCOME)
    finally:
        site.kill()


def main() -> None:
    """All stages but the seal."""
    wrong = []
    with tempfile.TemporaryDirectory() as made:
        plan = draw_sample(Path(made) / "plan.pdf")
        for stage in STAGES[:-1]:
            folder = Path(made) / stage
            folder.mkdir()
            status, hit, ended_s, sealed_s = cancelled_in(folder, plan, stage)
            right = status == "cancelled" and hit == [stage] and max(ended_s, sealed_s) <= ALLOWED_S
            wrong += [] if right else [stage]
            print(
                f"{stage}: {status} in {', '.join(hit)} {ended_s:.1f} s after the request, "
                f"its worker free and the run sealed after {sealed_s:.1f} s",
                flush=True,
            )
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
