"""`process_blueprint --overlay`: one PNG per floor-plan page, rooms, openings and north drawn over it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

from blueprints.models import BlueprintPage, PipelineRun
from blueprints.outputs import output_of
from blueprints.stages import CleanupOut
from reports.pictures import PagePicture, level_pictures


def write_overlays(run: PipelineRun, *, folder: Path) -> tuple[str, ...]:
    """Write the pictures of the run's levels into `folder`; none when the run did not get that far."""
    folder.mkdir(parents=True, exist_ok=True)
    if not run.stages.filter(name="cleanup").exclude(output_digest="").exists():
        return ()
    pages = BlueprintPage.objects.filter(blueprint=run.blueprint).exclude(preview="")
    previews = {page.number: PagePicture(name=page.preview.name, width_pt=page.width_pt) for page in pages}
    with tempfile.TemporaryDirectory() as scratch:

        def fetch(name: str) -> Path:
            target = Path(scratch) / Path(name).name
            with default_storage.open(name, "rb") as stream:
                target.write_bytes(stream.read())
            return target

        building = output_of(run, "cleanup", CleanupOut).building
        pictures = level_pictures(building, previews, folder=folder, fetch=fetch)
    return tuple(picture.path for picture in pictures)
