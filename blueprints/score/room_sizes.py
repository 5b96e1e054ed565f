"""`python -m blueprints.score.room_sizes FOLDER > blueprints/plan/cleanup/room_sizes.json`: how large rooms usually are.

Floor areas by use over the houses with a known truth, each house counted once: half the smallest to twice the largest of
the middle 98 in 100, for uses that enough houses have.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from blueprints.score.manifest import entries_of

FEWEST_ROOMS = 12
PERCENTILES = (1.0, 99.0)
MARGIN = 2.0


def usual_sizes(folder: Path) -> dict[str, tuple[float, float]]:
    """Smallest and largest usual area by use [ft²]."""
    areas: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for entry in entries_of(folder):
        for room in entry.truth.rooms:
            if room.type and room.area_sqft:
                areas[room.type][entry.truth.dwelling, room.id] = room.area_sqft
    bands = {}
    for use, found in sorted(areas.items()):
        if len(found) >= FEWEST_ROOMS:
            low, high = np.percentile(list(found.values()), PERCENTILES)
            bands[use] = (round(low / MARGIN, 1), round(high * MARGIN, 1))
    return bands


def main() -> None:
    """Print the table."""
    table = {
        "table": "usual floor area of a room by its use: half the 1st to twice the 99th percentile",
        "unit": "ft²",
        "source": "rooms of the development houses with a known truth, each house once; blueprints/score/room_sizes.py",
        "rows": usual_sizes(Path(sys.argv[1])),
    }
    print(json.dumps(table, ensure_ascii=False))


if __name__ == "__main__":
    main()
