"""Sound files that look odd are taken at the door and by the first stage: only what is really bad is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autohvac.doorbell import silenced
from autohvac.pipeline import runner
from blueprints.outputs import output_of
from blueprints.plan.model import PdfFacts
from blueprints.services.uploads import blueprint_upload
from tests import hostile
from tests.factories import make_project

pytestmark = pytest.mark.django_db
ODD: list[Callable[[Path], Path]] = [
    hostile.owner_locked_pdf,
    hostile.broken_xref_pdf,
    hostile.junk_before_header_pdf,
    hostile.talks_of_javascript_pdf,
    hostile.linked_pdf,
    hostile.attached_drawing_pdf,
    hostile.pdf_named_png,
    hostile.animated_png,
]


@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
def test_an_odd_but_sound_plan_passes_the_first_stage(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    with silenced(), path.open("rb") as stream:
        _, run = blueprint_upload(project=make_project(), stream=stream, name=path.name, actor=None)
        assert runner.execute_stage(run.pk, "validate") == "done"
    assert output_of(run, "validate", PdfFacts).page_count >= 1
