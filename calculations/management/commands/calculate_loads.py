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
        parser.add_argument(
            "--what-if",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help="the difference another value makes: wall_r=20, openings.<id>.u_factor=0.3; of HPXML walls.<id>.u_factor=0.05",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Calculate and print."""
        if not options["house"].is_file():
            raise RejectedInput("file_not_found", path=str(options["house"]))
        changes = _changes(options["what_if"])
        loads = loads_of_file(
            options["house"], method=options["method"], sweep=options["sweep"], changes=changes
        )
        if options["json_out"]:
            options["json_out"].write_text(json.dumps(loads, indent=1, ensure_ascii=False))
        for season in ("heating", "cooling_sensible", "cooling_latent"):
            self.stdout.write(f"{season}: {loads['block'][season]['total']:,.0f} Btu/h")
        for turned in loads.get("sweep", []):
            self.stdout.write(
                f"turned {turned['turned_deg']:g}°: {turned['cooling_total_btuh']:,.0f} Btu/h cooling"
            )
        if changes:
            self._print_difference(loads["what_if"]["difference"])
        for warning in loads["warnings"]:
            self.stdout.write(f"warning {warning['code']}: {warning['message']}")

    def _print_difference(self, difference: dict[str, dict[str, float]]) -> None:
        for season, components in difference.items():
            parts = [f"{name} {value:+,.0f}" for name, value in components.items() if name != "total"]
            total = components.get("total", 0.0)
            self.stdout.write(
                f"what if {season}: {total:+,.0f} Btu/h" + (f" ({', '.join(parts)})" if parts else "")
            )


def _changes(pairs: list[str]) -> dict[str, str]:
    """KEY=VALUE arguments. Raises RejectedInput answer_invalid for one without a value."""
    split = [pair.partition("=") for pair in pairs]
    for key, sign, value in split:
        if not (key.strip() and sign and value.strip()):
            raise RejectedInput("answer_invalid", field="--what-if", value=f"{key}{sign}{value}")
    return {key.strip(): value.strip() for key, _, value in split}
