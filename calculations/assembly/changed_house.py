"""A house with the values at some paths replaced, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from autohvac.core.errors import RejectedInput
from calculations.manualj.house import House

EVERY: Final = "*"


def changed_house(house: House, changes: Mapping[str, str]) -> House:
    """The house with the values at these paths replaced."""
    document = house.model_dump(mode="json")
    for key, text in changes.items():
        _put(document, key=key, value=_json(text))
    try:
        return House.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise RejectedInput(
            "answer_invalid", field=field, value=str(first["input"])[:80], allowed=first["msg"]
        ) from None


def _json(text: str) -> Any:  # a JSON scalar, or the word itself
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _put(document: dict[str, Any], *, key: str, value: Any) -> None:  # parsed JSON of a house
    """Replace the value at a path: names of fields, ids of parts or `*` for all of a list."""
    unknown = RejectedInput("answer_unknown", field=key, known=", ".join(document))
    head, _, rest = key.partition(".")
    if head not in document:
        raise unknown
    if isinstance(document[head], list) and rest:
        part_id, _, field = rest.rpartition(".")
        parts = [part for part in document[head] if part_id in (EVERY, part.get("id"))]
        if not parts or any(field not in part for part in parts):
            raise unknown
        for part in parts:
            part[field] = value
    elif rest:
        if not isinstance(document[head], dict) or rest.split(".")[0] not in document[head]:
            raise unknown
        _put(document[head], key=rest, value=value)
    else:
        document[head] = value
