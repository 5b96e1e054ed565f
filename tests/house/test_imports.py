"""The pure cores import no Django."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

PURE = (
    "autohvac.core.stage",
    "autohvac.core.sandbox",
    "blueprints.plan.building",
    "blueprints.plan.pdf.validate",
    "blueprints.plan.pages.analyse",
    "blueprints.plan.geometry.extract",
    "blueprints.plan.text.extract",
    "blueprints.plan.cleanup.clean",
    "blueprints.ai.port",
    "calculations.manualj.engine",
    "calculations.weather.lookup",
    "calculations.assembly.estimate",
    "calculations.assembly.what_if",
    "calculations.equipment.manual_s",
    "calculations.hpxml.importer",
    "reports.document",
)


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_imports_no_django(module: str) -> None:
    code = f"import {module}, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
