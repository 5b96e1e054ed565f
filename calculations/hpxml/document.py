"""An HPXML file as a tree of plain nodes that remember whether anybody read them.

The parser expands no entities, opens no network connection and takes no document type declaration. Names lose
their namespace; the few spellings that changed between HPXML 4 and 5 are brought to those of 5.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from calculations.hpxml.errors import HpxmlRejected, Issue, IssueCode

MAX_BYTES = 10_000_000
MAX_ELEMENTS = 200_000
MAX_DEPTH = 60
NAMESPACES = {"http://hpxmlonline.com/2023/09": 4, "http://hpxmlonline.com/2025/12": 5}
TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})


@dataclass(eq=False)
class Node:
    """One element: its local name, text, identifier, children and place in the document."""

    tag: str
    text: str
    path: str
    id: str = ""
    idref: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    used: bool = False

    def all(self, name: str) -> list[Node]:
        """Children of that name, marked as read."""
        found = [child for child in self.children if child.tag == name]
        for child in found:
            child.used = True
        return found

    def at(self, where: str) -> Node | None:
        """The first descendant along `A/B/C`, marked as read with everything on the way."""
        node: Node | None = self
        for name in where.split("/"):
            found = node.all(name) if node is not None else []
            node = found[0] if found else None
        return node

    def word(self, where: str) -> str | None:
        """Text of a descendant; None if absent or empty."""
        node = self.at(where)
        return node.text if node is not None and node.text else None

    def number(self, where: str, *, low: float | None = None, high: float | None = None) -> float | None:
        """A finite number within the limits, or None if absent."""
        node = self.at(where)
        return None if node is None or not node.text else node.as_number(low=low, high=high)

    def must_number(self, where: str, *, low: float | None = None, high: float | None = None) -> float:
        """A number that has to be there."""
        value = self.number(where, low=low, high=high)
        if value is None:
            raise HpxmlRejected("hpxml_invalid", path=f"{self.path}/{where}", detail="missing")
        return value

    def as_number(self, *, low: float | None = None, high: float | None = None) -> float:
        """This element's text as a finite number within the limits."""
        try:
            value = float(self.text)
        except ValueError:
            raise self.refusal("not a number") from None
        if not math.isfinite(value):
            raise self.refusal("not a finite number")
        if (low is not None and value < low) or (high is not None and value > high):
            raise self.refusal(f"outside {low} to {high}")
        return value

    def flag(self, where: str) -> bool | None:
        """A boolean, or None if absent."""
        node = self.at(where)
        if node is None or not node.text:
            return None
        if node.text.lower() in TRUE | FALSE:
            return node.text.lower() in TRUE
        raise node.refusal("not true or false")

    def reference(self, where: str) -> str | None:
        """The identifier another element is referred to by, or None."""
        node = self.at(where)
        return None if node is None else node.idref or None

    def refusal(self, detail: str) -> HpxmlRejected:
        """The error that names this element."""
        shown = f"{detail}: {self.text[:40]!r}" if self.text else detail
        return HpxmlRejected("hpxml_invalid", path=self.path, detail=shown)

    def read_whole(self) -> None:
        """Mark this element and everything inside as read."""
        self.used = True
        for child in self.children:
            child.read_whole()

    def walk(self) -> Iterator[Node]:
        """This element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Notes:
    """What was noticed while reading; the same remark about the same element is kept once."""

    issues: list[Issue] = field(default_factory=list)

    def add(self, code: IssueCode, node: Node | str, message: str) -> None:
        """Keep a remark about an element (or about a path)."""
        issue = Issue(code=code, path=node if isinstance(node, str) else node.path, message=message)
        if issue not in self.issues:
            self.issues.append(issue)


def source_bytes(source: Path | str | bytes) -> bytes:
    """The document's bytes; refuses what is too large before reading it."""
    if isinstance(source, bytes):
        size = len(source)
    else:
        size = Path(source).stat().st_size
    if size > MAX_BYTES:
        raise HpxmlRejected("hpxml_too_large", path="/", detail=f"{size} bytes, limit {MAX_BYTES}")
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def parse(data: bytes) -> etree._ElementTree:
    """The XML tree, parsed without entities, network or document type."""
    if b"<!DOCTYPE" in data:
        raise HpxmlRejected("hpxml_unsafe", path="/", detail="document type declaration")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        raise HpxmlRejected(
            "hpxml_invalid", path=f"line {error.lineno}", detail=error.msg or "not XML"
        ) from None
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise HpxmlRejected("hpxml_unsafe", path="/", detail="document type declaration")
    elements = sum(1 for _ in tree.iter())
    if elements > MAX_ELEMENTS:
        raise HpxmlRejected("hpxml_too_large", path="/", detail=f"{elements} elements, limit {MAX_ELEMENTS}")
    return tree


def major_version(tree: etree._ElementTree) -> int:
    """4 or 5, by the namespace."""
    name = etree.QName(tree.getroot())
    if name.localname != "HPXML":
        raise HpxmlRejected(
            "hpxml_invalid", path=f"/{name.localname}", detail="the root element is not HPXML"
        )
    version = NAMESPACES.get(name.namespace or "")
    if version is None:
        given = tree.getroot().get("schemaVersion")
        detail = f"namespace {name.namespace!r}, version {given!r}; 4.x and 5.0 are read"
        raise HpxmlRejected("hpxml_unsupported", path="/HPXML", detail=detail)
    return version


def to_nodes(
    element: etree._Element, *, parent: Node | None = None, ordinal: int = 0, depth: int = 0
) -> Node:
    """The element as nodes."""
    if depth > MAX_DEPTH:
        raise HpxmlRejected("hpxml_invalid", path=parent.path if parent else "/", detail="nested too deep")
    tag = etree.QName(element).localname
    node = Node(
        tag=tag, text=(element.text or "").strip(), path="", idref=element.get("idref", ""), parent=parent
    )
    own = element.find("{*}SystemIdentifier")
    node.id = element.get("id", "") or (own.get("id", "") if own is not None else "")
    mark = f"[@id='{node.id}']" if node.id and own is not None else f"[{ordinal}]" if ordinal > 1 else ""
    node.path = f"{parent.path if parent else ''}/{tag}{mark}"
    seen: dict[str, int] = {}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        seen[name] = seen.get(name, 0) + 1
        node.children.append(to_nodes(child, parent=node, ordinal=seen[name], depth=depth + 1))
    return node


def to_version_5(root: Node) -> None:
    """Bring the spellings of HPXML 4 to those of 5.0."""
    for node in list(root.walk()):
        parent = node.parent.tag if node.parent else ""
        if node.tag in {"Siding", "FloorCovering"} and node.text == "none":
            node.text = "not present"
        elif node.tag == "Type" and parent in {"InteriorShading", "ExteriorShading", "InteriorFinish"}:
            node.text = "not present" if node.text == "none" else node.text
        elif node.tag == "SolarTube" and node.text.lower() in {"", *TRUE}:
            node.tag, node.text = "SkylightType", "tubular"
        elif node.text == "living space" and node.tag in {
            "InteriorAdjacentTo",
            "ExteriorAdjacentTo",
            "DuctLocation",
        }:
            node.text = "conditioned space"


def read_document(data: bytes) -> tuple[Node, etree._ElementTree, int]:
    """Root node, XML tree and major version of a document."""
    tree = parse(data)
    version = major_version(tree)
    root = to_nodes(tree.getroot())
    to_version_5(root)
    return root, tree, version
