"""The strokes of a page written again in another order, and its feet-and-inches written another way; the rest stays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pymupdf

SEED = 20260103
FEET_INCHES = re.compile(r"^(\d+)\s*'\s*-?\s*(\d[\d /]*)?\"?$")
KEEP_TEXT, REMOVE_STROKES, KEEP_IMAGES = 1, 2, 0
PAINT = {"s": "S", "f": "f", "fs": "B"}
NEAR_LEVEL = 0.1


def shuffle_strokes(page: pymupdf.Page, *, seed: int | None) -> None:
    """Take the strokes off the page and draw them again, in their order or, with a seed, in another."""
    drawn = list(page.get_drawings())
    if seed is not None:
        random.Random(seed).shuffle(drawn)  # noqa: S311 - not for secrets
    page.add_redact_annot(page.rect)
    page.apply_redactions(images=KEEP_IMAGES, graphics=REMOVE_STROKES, text=KEEP_TEXT)
    lines = list(_stream(drawn, ~page.transformation_matrix))
    _append(page, "\n".join(["q", *lines, "Q"]).encode("ascii"))


def _append(page: pymupdf.Page, stream: bytes) -> None:
    document = page.parent
    before = " ".join(f"{xref} 0 R" for xref in page.get_contents())
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, stream)
    document.xref_set_key(page.xref, "Contents", f"[{before} {xref} 0 R]")


def _stream(drawn: Iterable[dict[str, Any]], to_pdf: pymupdf.Matrix) -> Iterable[str]:
    for path in drawn:
        if path["type"] not in PAINT:
            continue
        yield f"{path.get('width') or 0:.4f} w {_dashes(path)} d"
        yield _colour(path.get("color"), "RG") + _colour(path.get("fill"), "rg")
        yield from _items(path["items"], to_pdf)
        yield ("h " if path.get("closePath") else "") + _operator(path)


def _operator(path: dict[str, Any]) -> str:
    operator = PAINT[path["type"]]
    return operator + ("*" if path.get("even_odd") and operator != "S" else "")


def _dashes(path: dict[str, Any]) -> str:
    found: str = path.get("dashes") or "[] 0"
    return found if found.startswith("[") else "[] 0"


def _colour(colour: Sequence[float] | None, operator: str) -> str:
    return "" if colour is None else " ".join(f"{part:.4f}" for part in colour) + f" {operator} "


def _items(items: Sequence[tuple[Any, ...]], to_pdf: pymupdf.Matrix) -> Iterable[str]:
    def at(point: Any) -> str:
        moved = pymupdf.Point(point) * to_pdf
        return f"{moved.x:.4f} {moved.y:.4f}"

    last = None
    for item in items:
        if item[0] in ("l", "c"):
            if last != tuple(item[1]):
                yield f"{at(item[1])} m"
            yield " ".join(at(point) for point in item[2:]) + (" l" if item[0] == "l" else " c")
            last = tuple(item[-1])
        else:
            corners = _corners(item[1])
            yield f"{at(corners[0])} m " + " ".join(f"{at(corner)} l" for corner in corners[1:]) + " h"
            last = None


def _corners(shape: Any) -> list[Any]:
    quad = shape.quad if isinstance(shape, pymupdf.Rect) else shape
    return [quad.ul, quad.ur, quad.lr, quad.ll]


def rewrite_lengths(page: pymupdf.Page) -> int:
    """Write 12'-6" as 12' 6" on the page; the number of texts that were changed."""
    found = [(span, text) for span in _spans(page) if (text := _other_way(span["text"])) is not None]
    for span, _ in found:
        x0, y0, x1, y1 = span["bbox"]
        page.add_redact_annot(pymupdf.Rect(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5))
    if found:
        page.apply_redactions(images=KEEP_IMAGES, graphics=0, text=0)
    for span, text in found:
        page.insert_text(span["origin"], text, fontsize=span["size"], rotate=span["turn"])
    return len(found)


def _other_way(text: str) -> str | None:
    match = FEET_INCHES.match(text.strip())
    return f"{match[1]}' {(match[2] or '0').strip()}\"" if match else None


def _spans(page: pymupdf.Page) -> list[dict[str, Any]]:
    found = []
    for block in page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]:
        for line in block.get("lines", []):
            turn = _turn(line["dir"])
            found += [{**span, "turn": turn} for span in line["spans"] if turn is not None]
    return found


def _turn(direction: tuple[float, float]) -> int | None:
    """Quarter turns that text can be written in."""
    x, y = direction
    if abs(y) < NEAR_LEVEL:
        return 0 if x > 0 else 180
    return (90 if y < 0 else 270) if abs(x) < NEAR_LEVEL else None
