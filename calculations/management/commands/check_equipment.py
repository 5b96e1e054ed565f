"""`manage.py check_equipment LOADS.json EQUIPMENT.json`: the Manual S check of chosen equipment."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from calculations.equipment.entered import equipment_of
from calculations.equipment.manual_s import check_equipment
from calculations.equipment.saying import lines_of
from calculations.equipment.sizing import sizing_loads

MAX_BYTES = 50 * 1024 * 1024


class Command(BaseCommand):
    """Capacity at design conditions, from entered performance data, against the loads and the edition's limits."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two documents in, one out."""
        parser.add_argument("loads", type=Path, help="loads or analysis JSON")
        parser.add_argument("equipment", type=Path, help="equipment JSON, see docs/equipment.md")
        parser.add_argument("--json", type=Path, metavar="OUT", dest="json_out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print."""
        loads = sizing_loads(_document(options["loads"], code="loads_invalid"))
        equipment = equipment_of(_document(options["equipment"], code="equipment_invalid"))
        found = check_equipment(equipment, loads)
        if options["json_out"]:
            options["json_out"].write_text(found.model_dump_json(indent=1))
        for line in lines_of(found):
            self.stdout.write(line)


def _document(path: Path, *, code: str) -> object:
    if not path.is_file():
        raise RejectedInput("file_not_found", path=str(path))
    if path.stat().st_size > MAX_BYTES:
        raise RejectedInput("file_too_large", max_mb=MAX_BYTES // 2**20)
    try:
        document: object = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise RejectedInput(code, problem=str(error)[:200]) from None
    return document
