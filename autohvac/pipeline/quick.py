"""A recalculation at once: the reading of an earlier run is taken over, the house put together and calculated here.

Nothing opens the plan again. The queue writes the report and the seal afterwards.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from autohvac.core.stage import STAGES
from autohvac.doorbell import ring, silenced
from autohvac.pipeline.runner import done_percent, execute_stage, stages
from blueprints.cleaners import cleaner_name
from blueprints.models import FINISHED, LIVE, AiStatus, PipelineRun, StageRun, StageStatus
from blueprints.services.endings import run_hold

READING = STAGES[: STAGES.index("cleanup")]
AT_ONCE = ("cleanup", "loads")
TAKEN_OVER = ("version", "status", "input_digest", "output_digest", "issues", "started_at", "finished_at")


def warm() -> None:
    """Load what the stages need, so that the first edit in a web process is as quick as those that follow."""
    stages()


def recalculate_now(run: PipelineRun) -> bool:
    """Bring a new run of a plan that was read before to its loads; True when they are there.

    The caller started the run with the doorbell silenced; it is rung here, for the report or for what could not be done.
    """
    if take_over_reading(run) and not _asks_a_service(run):
        with silenced():
            for name in AT_ONCE:
                execute_stage(run.pk, name)
    run.refresh_from_db()
    following = run.stages.filter(status__in=[StageStatus.PENDING, StageStatus.WAITING]).first()
    if following is not None:
        ring(run.pk, following.name)
    return bool(run.stages.filter(name="loads", status__in=FINISHED).exists())


@transaction.atomic
def take_over_reading(run: PipelineRun) -> bool:
    """Give the run the checkpoints of the last reading of the same file by the same stages; False when there are none."""
    run_hold(run)
    mine = {row.name: row for row in run.stages.select_for_update()}
    if run.status not in LIVE or mine[READING[0]].status != StageStatus.PENDING or mine[READING[0]].attempt:
        return False
    read = _last_reading(run)
    if read is None:
        return False
    for name in READING:
        for field in TAKEN_OVER:
            setattr(mine[name], field, getattr(read[name], field))
        mine[name].reused, mine[name].progress = True, 1.0
        mine[name].save()
    following = mine[STAGES[len(READING)]]
    following.status, following.due_at = StageStatus.PENDING, timezone.now()
    following.save()
    run.percent, run.stage = done_percent(run), following.name
    run.save()
    return True


def _last_reading(run: PipelineRun) -> dict[str, StageRun] | None:
    rows = StageRun.objects.filter(
        run__blueprint=run.blueprint_id, name__in=READING, status__in=FINISHED
    ).exclude(run=run)
    by_run: dict[object, dict[str, StageRun]] = {}
    for row in rows.order_by("-run__created_at", "index"):
        if row.output_digest and row.version == stages()[row.name].version:
            by_run.setdefault(row.run_id, {})[row.name] = row
    return next((found for found in by_run.values() if len(found) == len(READING)), None)


def _asks_a_service(run: PipelineRun) -> bool:
    """Whether stage 5 would wait for an answer of the AI service: it was asked before and never answered."""
    if cleaner_name(run) == "rules":
        return False
    exchanges = run.blueprint.runs.filter(ai_exchanges__isnull=False)
    answered = exchanges.filter(ai_exchanges__status__in=[AiStatus.ANSWERED, AiStatus.REMEMBERED])
    return exchanges.exists() and not answered.exists()
