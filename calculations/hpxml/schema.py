"""Check against the published HPXML schemas, which ship with the `hpxml_version_translator` package."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from calculations.hpxml.document import NAMESPACES
from calculations.hpxml.errors import HpxmlRejected, Issue

SCHEMAS = {4: "v4.2", 5: "v5.0"}
UNKNOWN_ELEMENT = "is not expected"
MAX_SHOWN = 50


@lru_cache(maxsize=2)
def schema(version: int) -> etree.XMLSchema:
    """The schema of HPXML 4.x (4.2 accepts its forerunners) or 5.0."""
    folder = Path(str(files("hpxml_version_translator"))) / "schemas" / SCHEMAS[version]
    return etree.XMLSchema(etree.parse(str(folder / "HPXML.xsd")))


def schema_errors(tree: etree._ElementTree, *, version: int) -> list[tuple[str, str]]:
    """(path, message) of each breach; empty if the document is valid."""
    checker = schema(version)
    if checker.validate(tree):
        return []
    entries = list(checker.error_log)[:MAX_SHOWN]
    return [(readable_path(tree, entry.path, entry.line), plain(entry.message)) for entry in entries]


def plain(text: str) -> str:
    """The validator's message without namespaces."""
    for uri in NAMESPACES:
        text = text.replace("{" + uri + "}", "")
    return text


def readable_path(tree: etree._ElementTree, path: str | None, line: int) -> str:
    """The breach's place with element names and identifiers; the line if it cannot be found."""
    found = tree.xpath(path) if path else []
    if not isinstance(found, list) or not found or not isinstance(found[0], etree._Element):
        return f"line {line}"
    steps = [found[0], *found[0].iterancestors()]
    return "/" + "/".join(step_name(step) for step in reversed(steps))


def step_name(element: etree._Element) -> str:
    """One step of a path: the local name, with the identifier if the element has one."""
    own = element.find("{*}SystemIdentifier")
    mark = f"[@id='{own.get('id')}']" if own is not None else ""
    return f"{etree.QName(element).localname}{mark}"


def check_schema(tree: etree._ElementTree, *, version: int) -> list[Issue]:
    """Refuse values against the schema; elements it does not know at that place are only reported."""
    breaches = schema_errors(tree, version=version)
    for path, message in breaches:
        if UNKNOWN_ELEMENT not in message:
            raise HpxmlRejected("hpxml_invalid", path=path, detail=message)
    return [Issue(code="hpxml_schema", path=path, message=message) for path, message in breaches]
