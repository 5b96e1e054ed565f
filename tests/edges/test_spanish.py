"""Every sentence is said in Spanish too, and the compiled catalogue is the one of the text."""

from __future__ import annotations

import gettext
import re

from tests.conftest import ROOT

FOLDER = ROOT / "autohvac" / "locale" / "es" / "LC_MESSAGES"
REPORTS = ROOT / "reports" / "locale" / "es" / "LC_MESSAGES"  # tests/reports/test_spanish.py looks into these
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)s")


def pairs() -> list[tuple[str, str]]:
    return PAIR.findall((FOLDER / "django.po").read_text())


def test_no_sentence_is_left_without_spanish() -> None:
    assert len(pairs()) > 300 and [english for english, spanish in pairs() if not spanish] == []


def test_spanish_keeps_the_places_of_numbers() -> None:
    assert [e for e, s in pairs() if sorted(PLACE.findall(e)) != sorted(PLACE.findall(s))] == []


def test_the_compiled_catalogue_is_in_step() -> None:
    with (FOLDER / "django.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    assert [english for english, spanish in pairs() if compiled.gettext(english) != spanish] == []


def test_every_sentence_of_the_pages_is_in_the_catalogue() -> None:
    known = {english for english, _ in pairs()} | {
        e for e, _ in PAIR.findall((REPORTS / "django.po").read_text())
    }
    asked = re.compile(r"""{% translate (?:"([^"]+)"|'([^']+)')""")
    pages = (ROOT / "templates").rglob("*.html")
    used = {a or b for page in pages for a, b in asked.findall(page.read_text())}
    assert used - known == set()
