"""Every word of the reports is said in Spanish too, and the numbers stay the same."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from reports.saying import sentence
from tests.conftest import ROOT

FOLDERS = [ROOT / app / "locale" / "es" / "LC_MESSAGES" for app in ("reports", "autohvac")]
TEMPLATES = ROOT / "templates" / "reports"
PLACE = re.compile(r"%\(\w+\)s")
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def catalogues() -> list[gettext.GNUTranslations]:
    found = []
    for folder in FOLDERS:
        with (folder / "django.mo").open("rb") as stream:
            found.append(gettext.GNUTranslations(stream))
    return found


def unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def pairs() -> list[tuple[str, str]]:
    text = (FOLDERS[0] / "django.po").read_text()
    return [(unescaped(english), unescaped(spanish)) for english, spanish in ENTRY.findall(text)]


def said_in(path: Path) -> Iterator[str]:
    """First arguments of ours(…), _(…) and gettext(…)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        first = node.args[0]
        if node.func.id in ("ours", "_", "gettext") and isinstance(first, ast.Constant):
            yield str(first.value)


def said_in_template(text: str) -> Iterator[str]:
    yield from (a or b for a, b in re.findall(r"""{% translate (?:"([^"]+)"|'([^']+)')""", text))
    for block in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text, re.DOTALL):
        yield re.sub(r"{{ (\w+) }}", r"%(\1)s", block.split("{% plural %}")[0])


def test_every_sentence_of_the_reports_is_in_a_catalogue() -> None:
    modules = [*(ROOT / "reports").glob("*.py"), *(ROOT / "reports" / "renderers").glob("*.py")]
    used = {text for module in modules for text in said_in(module) if text}
    used |= {text for page in TEMPLATES.rglob("*.html") for text in said_in_template(page.read_text())}
    known = {key if isinstance(key, str) else key[0] for book in catalogues() for key in book._catalog}  # type: ignore[attr-defined]
    assert len(used) > 200 and used - known == set()


def test_every_reason_and_field_of_the_vocabulary_is_in_a_catalogue() -> None:
    used = set(said_in(ROOT / "autohvac" / "web" / "words.py"))
    known = {key if isinstance(key, str) else key[0] for book in catalogues() for key in book._catalog}  # type: ignore[attr-defined]
    assert used - known == set()


def test_spanish_keeps_the_places_of_facts() -> None:
    assert len(pairs()) > 200
    assert [e for e, s in pairs() if sorted(PLACE.findall(e)) != sorted(PLACE.findall(s)) or not s] == []


def test_the_compiled_catalogue_is_in_step() -> None:
    book = catalogues()[0]
    assert [english for english, spanish in pairs() if book.gettext(english) != spanish] == []


def test_a_stages_sentence_is_said_with_its_facts() -> None:
    note = "DESK: area 18 ft² read with confidence 0.79"
    with translation.override("es"):
        assert sentence(note) == "DESK: área 18 ft², leída con confianza 0.79"
        assert sentence("ducts_assumed") != "ducts_assumed"
        assert sentence("wall_r: 19 used, the sheets also say 13") == (
            "Aislamiento de muros, R: se usó 19, las hojas también dicen 13"
        )
    assert sentence(note) == "DESK: area 18 ft², read with confidence 0.79"


def test_what_nobody_knows_is_said_as_it_stands() -> None:
    with translation.override("es"):
        assert sentence("a new note of tomorrow, 100 %") == "A new note of tomorrow, 100 %"
