"""HPXML of a run."""

from __future__ import annotations

from blueprints.models import PipelineRun
from blueprints.outputs import output_of
from calculations.assembly.house_of import house_of
from calculations.hpxml.exporter import export_hpxml
from calculations.stages import LoadsOut


def hpxml_of(run: PipelineRun) -> bytes:
    """The house of a run as the engine was given it."""
    return export_hpxml(house_of(output_of(run, "loads", LoadsOut).building))
