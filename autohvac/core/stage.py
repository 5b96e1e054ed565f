"""The shape of a pipeline stage: typed input, pure compute, typed output."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from autohvac.core.digest import sha256_file
from autohvac.core.evidence import Frozen, Where
from autohvac.core.sandbox import ChildLimits

STAGES = ("validate", "pages", "geometry", "text", "cleanup", "loads", "report", "audit")


class Issue(Frozen):
    """Something a person should know or check: a stable code, a place, the load at stake."""

    code: str
    message: str = ""
    field: str = ""
    where: Where | None = None
    severity: str = "warning"
    stake_btuh: float | None = None


class StageOutput(Frozen):
    """Base of every stage output."""

    issues: tuple[Issue, ...] = ()


class Run(Protocol):
    """What a stage may know of a pipeline run."""

    @property
    def pk(self) -> Any:
        """Identity of the run."""
        ...  # UUID in the database, anything hashable in tests


In = TypeVar("In", bound=Frozen)
Out = TypeVar("Out", bound=StageOutput)


def _no_progress(done: float, total: float, what: str) -> None:
    return None


def _never_cancelled() -> None:
    return None


def _keep_nowhere(path: Path, media_type: str) -> str:
    return f"kept/{sha256_file(path)}{path.suffix}"


@dataclass(frozen=True)
class StageContext:
    """What `compute` may use of the world.

    `workdir` is a scratch folder, `plan_file()` gives the uploaded file as a local path, `keep(path, media_type)`
    stores a made file under its own sha256 and returns its name, `fetch(name)` gives a stored file as a local path,
    `progress(done, total, what)` renews the lease, `check_cancelled()` raises Cancelled.
    """

    workdir: Path
    plan_file: Callable[[], Path] = field(default=Path)
    keep: Callable[[Path, str], str] = field(default=_keep_nowhere)
    fetch: Callable[[str], Path] = field(default=Path)
    progress: Callable[[float, float, str], None] = field(default=_no_progress)
    check_cancelled: Callable[[], None] = field(default=_never_cancelled)
    limits: ChildLimits = field(default_factory=ChildLimits)


class Stage(ABC, Generic[In, Out]):
    """One of the eight stages. Raise `version` when the answer may change."""

    name: ClassVar[str]
    version: ClassVar[int]
    timeout_s: ClassVar[int]
    weight: ClassVar[float]
    output: ClassVar[type[StageOutput]]

    @abstractmethod
    def load(self, run: Any) -> In:
        """Read rows, earlier outputs and corrections into the typed input."""

    @abstractmethod
    def compute(self, inp: In, ctx: StageContext) -> Out:
        """The work: no database, no settings, no clock."""

    @abstractmethod
    def save(self, run: Any, out: Out) -> None:
        """Project the output to rows, inside the committing transaction."""
