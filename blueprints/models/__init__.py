"""Models of the blueprints app."""

from blueprints.models.ai import AiExchange, AiStatus
from blueprints.models.blueprint import Blueprint, BlueprintPage, Drawing
from blueprints.models.plan import Level, Opening, Room, Surface
from blueprints.models.project import Project
from blueprints.models.review import Correction, Question, ReviewItem
from blueprints.models.run import FINISHED, LIVE, PipelineRun, RunKind, RunStatus, StageRun, StageStatus

__all__ = [
    "FINISHED",
    "LIVE",
    "AiExchange",
    "AiStatus",
    "Blueprint",
    "BlueprintPage",
    "Correction",
    "Drawing",
    "Level",
    "Opening",
    "PipelineRun",
    "Project",
    "Question",
    "ReviewItem",
    "Room",
    "RunKind",
    "RunStatus",
    "StageRun",
    "StageStatus",
    "Surface",
]
