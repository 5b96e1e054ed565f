"""What a field of the house may be, in words, from its own schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from calculations.manualj.house import House

Schema = Mapping[str, object]
NAMES = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "boolean": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "an object",
}


@lru_cache(maxsize=1)
def _schema() -> Schema:
    return House.model_json_schema()


def allowed_at(loc: Sequence[str | int]) -> str:
    """What the field at this place takes, say "a number, more than 0, at most 10"; empty if no such field."""
    nodes = [_schema()]
    for part in loc:
        nodes = [found for node in nodes for found in _steps(node, part)]
    words = [text for node in nodes for text in _words(node)]
    return " or ".join(dict.fromkeys(words))


def _resolved(node: object) -> list[Schema]:
    """The alternatives of a schema node, its references followed."""
    if not isinstance(node, Mapping):
        return []
    reference = node.get("$ref")
    if isinstance(reference, str):
        definitions = _schema()["$defs"]
        return _resolved(definitions[reference.rsplit("/", 1)[1]]) if isinstance(definitions, Mapping) else []
    for key in ("anyOf", "oneOf"):
        options = node.get(key)
        if isinstance(options, list):
            return [found for option in options for found in _resolved(option)]
    return [node]


def _steps(node: object, part: str | int) -> list[Schema]:
    """Schemas one step further down; a word that names the kind of a union stays where it is."""
    found: list[Schema] = []
    for option in _resolved(node):
        properties, items = option.get("properties"), option.get("items")
        if isinstance(part, int) and isinstance(items, Mapping):
            found.append(items)
        elif isinstance(properties, Mapping) and part in properties:
            found.append(properties[part])
        elif isinstance(properties, Mapping) and _is_kind(properties.get("kind"), part):
            found.append(option)
    return found


def _is_kind(kind: object, part: str | int) -> bool:
    if not isinstance(kind, Mapping):
        return False
    values = kind.get("enum")
    return kind.get("const") == part or (isinstance(values, list) and part in values)


def _words(node: object) -> list[str]:
    """One description for each alternative."""
    return [_described(option) for option in _resolved(node)]


def _described(option: Schema) -> str:
    values = option.get("enum")
    if isinstance(values, list):
        return "one of " + ", ".join(str(value) for value in values)
    if "const" in option:
        return str(option["const"])
    parts = [NAMES.get(str(option.get("type")), "a value")]
    bounds = (
        ("exclusiveMinimum", "more than"),
        ("minimum", "at least"),
        ("exclusiveMaximum", "less than"),
        ("maximum", "at most"),
        ("minLength", "length at least"),
        ("maxLength", "length at most"),
        ("minItems", "entries at least"),
    )
    parts += [f"{words} {_plain(option[key])}" for key, words in bounds if key in option]
    return ", ".join(parts)


def _plain(bound: object) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)
