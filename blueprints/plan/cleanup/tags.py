"""Marks beside openings: the schedule's marks where they stand next to a window or door."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from blueprints.plan.cleanup.surfaces import LevelParts
from blueprints.plan.model import Word

MARK = re.compile(r"^[A-Z]$|^[A-Z]?\d{1,2}[A-Z]?$")
REACH_FT = 5.0


def opening_tags(words: Sequence[Word], levels: Sequence[LevelParts]) -> dict[str, str]:
    """Opening id → mark: each mark goes to the nearest opening within reach, letters to windows, numbers to doors."""
    found: dict[str, tuple[float, str]] = {}
    for parts in levels:
        reach = REACH_FT / parts.level.scale.feet_per_point
        for word in words:
            if word.page != parts.level.page or not MARK.match(word.text.strip()):
                continue
            place = ((word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2)
            glazed = word.text.strip()[0].isalpha()
            near = [
                (math.dist(place, opening.at_pt), opening.id)
                for opening in parts.geometry.openings
                if (opening.kind in ("window", "glass_door")) == glazed
            ]
            best = min(near, default=None)
            if best is not None and best[0] <= reach and best[0] < found.get(best[1], (math.inf, ""))[0]:
                found[best[1]] = (best[0], word.text.strip())
    return {opening: mark for opening, (_, mark) in found.items()}
