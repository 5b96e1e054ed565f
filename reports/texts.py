"""Words in a report document: what is to be said, so that the renderer can say it in the reader's language."""

from __future__ import annotations

from typing import Literal

from autohvac.core.evidence import Frozen

Vocabulary = Literal["ours", "part", "field", "word", "sentence", "plain"]


class Text(Frozen):
    """Something to say.

    `ours` is an English sentence of the reports with places for `facts`; `part`, `field` and `word` are codes of the
    product's vocabulary; `sentence` is a code or an English sentence from a stage; `plain` is said as it stands.
    """

    text: str
    kind: Vocabulary = "ours"
    facts: dict[str, Text | str] = {}


def ours(text: str, **facts: Text | str) -> Text:
    """A sentence of the reports with its facts."""
    return Text(text=text, facts=facts)


def part(code: str) -> Text:
    """A component of the load."""
    return Text(text=code, kind="part")


def field_name(code: str) -> Text:
    """A field of the building."""
    return Text(text=code, kind="field")


def word(code: str) -> Text:
    """A word of the vocabulary."""
    return Text(text=code, kind="word")


def sentence(text: str) -> Text:
    """A reason, note or message of a stage."""
    return Text(text=text, kind="sentence")


def plain(text: str) -> Text:
    """A name, a number, a quotation."""
    return Text(text=text, kind="plain")


NOTHING = plain("")
TO_ENTER = ours("to be entered")
