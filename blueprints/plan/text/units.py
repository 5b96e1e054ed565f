"""Whether a sheet prints metric lengths, and the unit of its whole numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blueprints.plan.text.grammar import BareUnit, normal
from blueprints.plan.text.lines import Line

FEET = re.compile(r"\d\s*'")
METRIC = re.compile(
    r"^\d{1,2}[.,]\d{2}\s*m?$|^\d{3,5}$|(?<![a-z])m[²2]|\d\s*(?:mm|cm|kvm|qm|sqm)\b|\b1\s*:\s*(?:50|100|200|75)\b"
    r"|^\d{3,5}\s*x\s*\d{3,5}$|\d[.,]\d{1,2}\s*m?\s*x\s*\d{1,2}[.,]\d{1,2}\s*m?\b",
    re.IGNORECASE,
)
PAIR = re.compile(r"^(\d{2,4})\s*x\s*(\d{2,4})$", re.IGNORECASE)
MILLIMETRES = re.compile(r"^\d{4,5}$|\dmm\b")
ROOM_CM = (70, 2000)  # a side of a room
LONGEST_CM = 2500  # lengths over 25 m are read as millimetres
FEWEST_PAIRS = 2
BARE = re.compile(r"^\d{2,4}$|^\d,\d{3}$")
HOUSE_CM = (300, LONGEST_CM)  # the longest length of a house's plan
FEWEST_BARE = 8


def metric_unit(lines: Sequence[Line]) -> BareUnit:
    """The unit of bare whole numbers where metric figures clearly outnumber feet and inches; "" elsewhere."""
    texts = [normal(line.text) for line in lines]
    feet = sum(bool(FEET.search(text)) for text in texts)
    metric = sum(bool(METRIC.search(text)) for text in texts)
    if metric < 3 or metric <= 2 * feet:
        return ""
    return "cm" if _in_centimetres(texts) else "mm"


def _in_centimetres(texts: Sequence[str]) -> bool:
    """True where room sizes are printed as pairs like `352 x 301`, or many lengths, and nothing on the sheet is longer."""
    pairs = [(int(m[1]), int(m[2])) for text in texts if (m := PAIR.match(text))]
    rooms = [pair for pair in pairs if ROOM_CM[0] <= min(pair) and max(pair) < ROOM_CM[1]]
    longer = any(MILLIMETRES.search(text) and int(re.sub(r"\D", "", text)) > LONGEST_CM for text in texts)
    bare = [int(text.replace(",", "")) for text in texts if BARE.match(text)]
    lengths = len(bare) >= FEWEST_BARE and HOUSE_CM[0] <= max(bare) < HOUSE_CM[1]
    return ((len(rooms) >= FEWEST_PAIRS and len(rooms) > len(pairs) / 2) or lengths) and not longer
