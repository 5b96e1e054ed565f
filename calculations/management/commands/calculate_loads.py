"""`manage.py calculate_loads HOUSE.{xml,json}`: the load engine alone."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from calculations.loadfile import loads_of_file


class Command(BaseCommand):
    """Loads of an HPXML 4.x or 5.0 file, or of the `building` part of an analysis."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments of the contract."""
        parser.add_argument("house", type=Path)
        parser.add_argument("--method", choices=("as_published", "as_openstudio"), default="as_published")
        parser.add_argument("--json", type=Path, metavar="OUT", dest="json_out")
        parser.add_argument("--sweep", action="store_true", help="add the eight orientations")

    def handle(self, *args: Any, **options: Any) -> None:
        """Calculate and print."""
        if not options["house"].is_file():
            raise RejectedInput("file_not_found", path=str(options["house"]))
        loads = loads_of_file(options["house"], method=options["method"], sweep=options["sweep"])
        if options["json_out"]:
            options["json_out"].write_text(json.dumps(loads, indent=1, ensure_ascii=False))
        for season in ("heating", "cooling_sensible", "cooling_latent"):
            self.stdout.write(f"{season}: {loads['block'][season]['total']:,.0f} Btu/h")
        for turned in loads.get("sweep", []):
            self.stdout.write(
                f"turned {turned['turned_deg']:g}°: {turned['cooling_total_btuh']:,.0f} Btu/h cooling"
            )
        for warning in loads["warnings"]:
            self.stdout.write(f"warning {warning['code']}: {warning['message']}")
