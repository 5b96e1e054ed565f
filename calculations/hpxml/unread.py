"""What nobody read: elements that may bear on the load are reported, the rest is known not to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from calculations.hpxml.document import Node
from calculations.hpxml.reader import Reader

DATA = Path(__file__).parent / "data" / "without_load.json"
HOLDERS: Final = frozenset({"extension", "Systems", "HVAC", "HVACPlant"})


@lru_cache(maxsize=1)
def without_load() -> frozenset[str]:
    """Names of elements that say nothing a design load depends on."""
    names: list[str] = json.loads(DATA.read_text(encoding="utf-8"))["names"]
    return frozenset(names)


def report_unread(reader: Reader) -> None:
    """One remark for each topmost element of the building that nobody read and that may matter."""
    for node in unread(reader.building):
        reader.notes.add("hpxml_ignored", node, shown(node))


def unread(node: Node) -> Iterator[Node]:
    """Topmost unread elements below a node, without those known to bear no load."""
    for child in node.children:
        if child.tag in without_load():
            continue
        if child.used or child.tag in HOLDERS:
            yield from unread(child)
        elif child.children or child.text or child.idref:
            yield child


def shown(node: Node) -> str:
    """The element's name and text."""
    return f"{node.tag} {node.text[:40]!r} is not used" if node.text else f"{node.tag} is not used"
