"""Active content of a PDF: scripts, launched programs, forms with scripts, attached programs."""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath

import pymupdf

from autohvac.core.errors import RejectedInput

ACTIVE_NAMES = frozenset(
    ["JavaScript", "JS", "Launch", "RichMedia", "XFA", "GoToE", "ImportData", "SubmitForm"]
)
PROGRAM_SUFFIXES = frozenset(
    [
        ".exe",
        ".com",
        ".bat",
        ".cmd",
        ".scr",
        ".js",
        ".vbs",
        ".ps1",
        ".jar",
        ".msi",
        ".dll",
        ".sh",
        ".app",
        ".hta",
    ]
)
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
NAME = re.compile(r"/([^\s/<>\[\](){}%]+)")
ATTACHED_NAME = re.compile(r"/(?:F|UF)\s*\(((?:\\.|[^()\\])*)\)", re.DOTALL)


def refuse_active_content(document: pymupdf.Document) -> None:
    """Raises RejectedInput pdf_active_content when the file could do more than show drawings.

    Links, bookmarks and a plain "open at page n" are harmless; so is text that only speaks of scripts.
    """
    for xref in range(1, document.xref_length()):
        try:
            text = str(document.xref_object(xref, compressed=True))
        except RuntimeError:  # a damaged object that nothing needs
            continue
        names = set(NAME.findall(without_strings(text)))
        found = sorted(names & ACTIVE_NAMES)
        if found:
            raise RejectedInput("pdf_active_content", found=found[0])
        if _holds_program(document, xref, text, names):
            raise RejectedInput("pdf_active_content", found="attached program")


def without_strings(text: str) -> str:
    """PDF syntax with its literal strings emptied: names inside strings are words, not keys."""
    kept: list[str] = []
    depth, skip = 0, False
    for char in text:
        if skip:
            skip = False
        elif depth and char == "\\":
            skip = True
        elif char == "(":
            depth += 1
        elif depth and char == ")":
            depth -= 1
        elif not depth:
            kept.append(char)
    return "".join(kept)


def _holds_program(document: pymupdf.Document, xref: int, text: str, names: set[str]) -> bool:
    if "EF" in names:
        attached = (PurePosixPath(name.lower()).suffix for name in ATTACHED_NAME.findall(text))
        return any(suffix in PROGRAM_SUFFIXES for suffix in attached)
    return "EmbeddedFile" in names and _first_bytes(document, xref, names).startswith(PROGRAM_STARTS)


def _first_bytes(document: pymupdf.Document, xref: int, names: set[str]) -> bytes:
    """The beginning of a stream; never unpacks more than a few bytes."""
    raw = bytes(document.xref_stream_raw(xref) or b"")
    if "FlateDecode" not in names:
        return raw[:8]
    try:
        return zlib.decompressobj().decompress(raw, 8)
    except zlib.error:
        return b""
