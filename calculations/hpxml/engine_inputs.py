"""Engine inputs that HPXML has no element for, kept in `extension/EngineInputs`.

One child per field, named as in `calculations.manualj.house`, with the value as JSON. They take the place of
what the standard elements beside them say.
"""

from __future__ import annotations

import json
from typing import Any

from calculations.hpxml.document import Node

ELEMENT = "EngineInputs"


def engine_inputs(node: Node) -> dict[str, Any]:  # JSON values of any type
    """The fields given apart for this element; empty without the extension."""
    holder = node.at(f"extension/{ELEMENT}")
    if holder is None:
        return {}
    holder.read_whole()
    return {child.tag: json_value(child) for child in holder.children}


def json_value(node: Node) -> Any:  # JSON
    """The value of one field."""
    try:
        return json.loads(node.text)
    except (ValueError, RecursionError):
        raise node.refusal("not JSON") from None
