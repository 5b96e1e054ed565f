"""API of pipeline runs: state, events, cancel, retry, answers, analysis."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.idempotency import idempotent
from autohvac.api.problems import problem
from autohvac.api.views import RETRY_AFTER_S, AnyAccept, TenantListView, TenantObjectView, accepted, validated
from autohvac.core.stage import STAGES
from autohvac.messages import error_text
from blueprints.models import LIVE, PipelineRun, Question, RunStatus
from blueprints.selectors import run_progress
from blueprints.services.runs import run_answer, run_cancel, run_retry
from reports.selectors import analysis_of

EVENTS_LAST_S = 60
LOOK_EVERY_S = 1.0
IDEMPOTENCY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=False)


class StageOut(serializers.Serializer):
    """One stage of a run."""

    name = serializers.ChoiceField(choices=STAGES)
    status = serializers.CharField()
    attempt = serializers.IntegerField()
    progress = serializers.FloatField()
    progress_text = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    seconds = serializers.FloatField(allow_null=True)
    typical_s = serializers.FloatField(allow_null=True)
    error_code = serializers.CharField()


class QuestionOut(serializers.ModelSerializer):
    """A question to the customer."""

    class Meta:
        model = Question
        fields = ["field", "text", "why", "options", "required", "answer", "answered_at"]


class ErrorOut(serializers.Serializer):
    """Why a run failed, and what to do."""

    code = serializers.CharField()
    detail = serializers.CharField()
    facts = serializers.DictField()


class QualityOut(serializers.Serializer):
    """How good the reading is, shares from 0 to 1; null until the house was put together."""

    completeness = serializers.FloatField(allow_null=True)
    validity = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)


class RunOut(serializers.ModelSerializer):
    """A run."""

    project = serializers.UUIDField(source="blueprint.project_id", read_only=True)
    stages = serializers.SerializerMethodField()
    waiting_for = serializers.SerializerMethodField()
    elapsed_s = serializers.SerializerMethodField()
    typical_s = serializers.SerializerMethodField()
    quality = QualityOut(source="*", read_only=True)
    questions = QuestionOut(many=True, read_only=True)
    error = serializers.SerializerMethodField()

    class Meta:
        model = PipelineRun
        fields = [
            "id", "blueprint", "project", "kind", "status", "stage", "percent", "stages", "waiting_for", "elapsed_s",
            "typical_s", "quality", "questions", "error", "engine_version", "cancel_requested_at", "created_at", "finished_at",
        ]  # fmt: skip

    def to_representation(self, instance: PipelineRun) -> dict[str, Any]:
        """Look at the stages once."""
        self._progress = run_progress(instance)
        return dict(super().to_representation(instance))

    @extend_schema_field(StageOut(many=True))
    def get_stages(self, run: PipelineRun) -> Any:
        """Per-stage attempts and timings."""
        return self._progress["stages"]

    def get_waiting_for(self, run: PipelineRun) -> str:
        """What the run waits for: worker, retry, answer, stage, or nothing."""
        return str(self._progress["waiting_for"])

    def get_elapsed_s(self, run: PipelineRun) -> float:
        """Seconds since the start."""
        return float(self._progress["elapsed_s"])

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_typical_s(self, run: PipelineRun) -> float | None:
        """Seconds that such a run usually takes; null while too little is known."""
        typical: float | None = self._progress["typical_s"]
        return typical

    @extend_schema_field(ErrorOut(allow_null=True))
    def get_error(self, run: PipelineRun) -> dict[str, Any] | None:
        """Code, sentence and facts of a failure."""
        if not run.error_code:
            return None
        detail = error_text(run.error_code, **run.error_facts)
        return {"code": run.error_code, "detail": detail, "facts": run.error_facts}


class RunsView(TenantListView):
    """Runs."""

    model, serializer_class, related = PipelineRun, RunOut, ("blueprint",)
    filters = {
        "blueprint": ("blueprint", serializers.UUIDField()),
        "project": ("blueprint__project", serializers.UUIDField()),
        "status": ("status", serializers.ChoiceField(choices=RunStatus.choices)),
    }

    def get_queryset(self) -> Any:
        """With stages and questions."""
        return super().get_queryset().prefetch_related("stages", "questions")


class RunView(TenantObjectView):
    """One run."""

    model, serializer_class = PipelineRun, RunOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read a run; a live one says when to look again."""
        run = self.found()
        headers = {"Retry-After": str(RETRY_AFTER_S)} if run.status in LIVE else {}
        return Response(RunOut(run).data, headers=headers)


class RunCancelView(TenantObjectView):
    """Cancel a run."""

    model, serializer_class = PipelineRun, RunOut

    @extend_schema(request=None, responses={202: RunOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Ask a live run to stop; one that has ended stays as it is."""
        run = run_cancel(run=self.found("upload"), actor=request.user)
        return accepted(RunOut(run).data, run_id=run.pk)


class RetryIn(serializers.Serializer):
    """From which stage."""

    stage = serializers.ChoiceField(choices=STAGES)


class RunRetryView(TenantObjectView):
    """Retry a run."""

    model, serializer_class = PipelineRun, RunOut

    @extend_schema(request=RetryIn, responses={202: RunOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Do a stage and those after it again."""
        run = self.found("change")
        run = run_retry(run=run, stage=validated(RetryIn, request)["stage"], actor=request.user)
        return accepted(RunOut(run).data, run_id=run.pk)


class AnswersIn(serializers.Serializer):
    """Answers by the questions' fields."""

    answers = serializers.DictField(child=serializers.CharField(max_length=200), allow_empty=False)


class RunAnswersView(TenantObjectView):
    """Answers to a run's questions."""

    model, serializer_class = PipelineRun, RunOut

    @extend_schema(request=AnswersIn, responses={202: RunOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Answer; 202 with the new run that uses the answers."""
        run = self.found("answer")
        run = run_answer(run=run, answers=validated(AnswersIn, request)["answers"], actor=request.user)
        return accepted(RunOut(run).data, run_id=run.pk)


class RunAnalysisView(TenantObjectView):
    """The analysis document of a run."""

    model, serializer_class = PipelineRun, RunOut

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, pk: Any) -> Response:
        """The analysis (schema autohvac.analysis/1) of a run that has ended, as far as it got; 409 before."""
        run = self.found()
        if run.status in LIVE:
            response = problem(409, "run_not_ended")
            response["Retry-After"] = str(RETRY_AFTER_S)
            return response
        return Response(analysis_of(run))


class RunEventsView(TenantObjectView):
    """Server-sent events of a run."""

    model, serializer_class = PipelineRun, RunOut
    content_negotiation_class = AnyAccept

    @extend_schema(responses={(200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request, pk: Any) -> StreamingHttpResponse:
        """Progress from the database; closes after a minute and says when to come back."""
        run = self.found()
        response = StreamingHttpResponse(run_events(run), content_type="text/event-stream")
        response["Cache-Control"], response["X-Accel-Buffering"] = "no-store", "no"
        return response


def run_events(run: PipelineRun) -> Iterator[str]:
    """An event per change, a comment as heartbeat, `end` when the run has ended."""
    yield f"retry: {RETRY_AFTER_S * 1000}\n\n"
    ends_at, last = time.monotonic() + EVENTS_LAST_S, ""
    while True:
        run.refresh_from_db()
        progress = run_progress(run)
        shown = json.dumps({key: value for key, value in progress.items() if key != "elapsed_s"})
        yield f"event: progress\ndata: {json.dumps(progress)}\n\n" if shown != last else ": still here\n\n"
        last = shown
        if run.status not in LIVE:
            yield f"event: end\ndata: {json.dumps({'status': run.status})}\n\n"
            return
        if time.monotonic() >= ends_at:
            return
        time.sleep(LOOK_EVERY_S)
