"""Saying the texts of a document in the reader's language. The words themselves are those of the pages."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from autohvac.web import words
from reports.texts import Text

SENTENCES: tuple[tuple[str, Any], ...] = (
    (r"(?P<room>.+): drawn (?P<a>\d+) ft², printed (?P<b>\d+) ft²",
     _("%(room)s: drawn %(a)s ft², printed %(b)s ft²")),
    (r"(?P<room>.+): area (?P<a>\d+) ft² read with confidence (?P<c>[\d.]+)",
     _("%(room)s: area %(a)s ft², read with confidence %(c)s")),
    (r"(?P<room>.+): part of an open space; where it ends is not drawn",
     _("%(room)s: part of an open space; where it ends is not drawn")),
    (r"a room of (?P<a>\d+) ft² without a name was read as (?P<w_kind>\w+)",
     _("A room of %(a)s ft² without a name was read as: %(w_kind)s")),
    (r"a space of (?P<a>\d+) ft² without a name that no room opens into was taken for unheated",
     _("A space of %(a)s ft² without a name that no room opens into was taken for unheated")),
    (r"(?P<room>.+): open to the outside, with a door to the house; taken for a covered porch",
     _("%(room)s: open to the outside, with a door to the house; taken for a covered porch")),
    (r"(?P<name>.+): no closed room was found around this name",
     _("%(name)s: no closed room was found around this name")),
    (r"a closed space of (?P<a>\d+) ft² without a name or a door was taken for no room",
     _("A closed space of %(a)s ft² without a name or a door was taken for no room")),
    (r"(?P<room>.+): no room name that is known; taken for a heated room",
     _("%(room)s: no room name that is known; taken for a heated room")),
    (r"(?P<name>.+): no rooms were taken from this drawing",
     _("%(name)s: no rooms were taken from this drawing")),
    (r"scale from (?P<s>.+) only", _("The scale rests on one witness only: %(s)s")),
    (r"rooms add up to (?P<a>\d+) ft², the (?:sheets|plan) states? (?P<b>\d+) ft²",
     _("Rooms add up to %(a)s ft², the sheets state %(b)s ft²")),
    (r"(?P<f_field>\w+): (?P<a>.+) used, the sheets also say (?P<b>.+)",
     _("%(f_field)s: %(a)s used, the sheets also say %(b)s")),
    (r"window (?P<mark>\S+): the schedule counts (?P<a>\d+), the plan shows (?P<b>\d+)",
     _("Window %(mark)s: the schedule counts %(a)s, the plan shows %(b)s")),
    (r"window (?P<mark>\S+) \((?P<a>\d+)\): told by marks beside outer walls, not seen in the drawing",
     _("Window %(mark)s (%(a)s): told by marks beside outer walls, not seen in the drawing")),
    (r"windows: the schedule counts (?P<a>\d+), the plan shows (?P<b>\d+)",
     _("Windows: the schedule counts %(a)s, the plan shows %(b)s")),
    (r"orientation not known: worst of eight directions used, cooling spread (?P<a>-?\d+) Btu/h",
     _("The worst of eight directions is used; the cooling load differs by %(a)s Btu/h between them.")),
    (r"(?P<a>-?\d+) ft² per 12,000 Btu/h, usual (?P<b>\S+) to (?P<c>\S+)",
     _("%(a)s ft² per 12,000 Btu/h; usual is %(b)s to %(c)s.")),
    (r"(?P<a>-?\d+) Btu/h per ft² at 100 °F difference, usual (?P<b>\S+) to (?P<c>\S+)",
     _("%(a)s Btu/h per ft² at 100 °F difference; usual is %(b)s to %(c)s.")),
    (r"glass is (?P<a>\S+%) of the floor, usual (?P<b>\S+%) to (?P<c>\S+%)",
     _("Glass is %(a)s of the floor; usual is %(b)s to %(c)s.")),
    (r"(?P<room>.+) has no area and no load", _("%(room)s has no area and no load.")),
    (r"openings of (?P<a>\d+) ft² in a wall of (?P<b>\d+) ft²",
     _("Openings of %(a)s ft² in a wall of %(b)s ft².")),
    (r"Ducts in (?P<w_space>\w+): table (?P<t>\S+)", _("Ducts in: %(w_space)s; table %(t)s.")),
    (r"(?P<a>.+) is (?P<b>\d+) mi away", _("%(a)s is %(b)s mi away.")),
    (r"site minus station: (?P<a>[+-]\d+) ft", _("Site less station: %(a)s ft.")),
    (r"default construction (?P<a>\w+), zone (?P<b>\w+): (?P<c>.+)",
     _("Usual construction of %(a)s in climate zone %(b)s: %(c)s")),
    (r"[Cc]onstruction (?P<a>.+)", _("Construction %(a)s")),
    (r"house default: (?P<a>.+)", _("Usual value: %(a)s")),
    (r"usual foundation of zone (?P<a>\w+): (?P<b>.+)", _("Usual foundation of climate zone %(a)s: %(b)s")),
    (r"by foundation: (?P<a>.+)", _("By the foundation: %(a)s")),
    (r"(?P<f_field>\w+) of the house", _("As for the whole house: %(f_field)s")),
    (r"taken as facing west: (?P<a>.+)", _("taken as facing west: %(a)s")),
    (r"usual width of a (?P<w_kind>\w+)", _("Usual width: %(w_kind)s")),
    (r"front faces (?P<a>[\d.]+)°; front taken as (?P<b>.+)", _("The front faces %(a)s°; front taken as %(b)s")),
    (r"the front door faces (?P<a>\w+)(?P<b>.*)", _("The front door faces %(a)s%(b)s")),
    (r"99 %, (?P<a>.+) for ZIP (?P<b>\d+)", _("99 %%, %(a)s for ZIP %(b)s")),
    (r"1 %, (?P<a>.+) for ZIP (?P<b>\d+)", _("1 %%, %(a)s for ZIP %(b)s")),
    (r"1 % dry bulb with its wet bulb, indoors (?P<a>.+) (?P<b>\d+)%, (?P<c>.+)",
     _("1 %% dry bulb with its wet bulb, indoors %(a)s %(b)s %%, %(c)s")),
    (r"(?P<a>[\d.]+) °F in the hottest month, (?P<b>.+)", _("%(a)s °F in the hottest month, %(b)s")),
    (r"centre of the ZIP, (?P<a>.+)", _("Centre of the ZIP code, %(a)s")),
    (r"height of the ZIP, (?P<a>.+)", _("Height of the ZIP code, %(a)s")),
    (r"(?P<f_field>[\w.]+): (?P<a>.+); usual (?P<b>.+)", _("%(f_field)s: %(a)s; usual %(b)s.")),
)  # fmt: skip
"""Sentences that stages write in English, with their facts: `w_` marks a word, `f_` a field of the vocabulary."""
FIXED = (
    _("insulation of the outside walls was assumed"), _("insulation of the ceiling or roof was assumed"),
    _("insulation of the floor was assumed"), _("edge insulation of the slab was assumed"),
    _("insulation of the basement walls was assumed"), _("window U-factor was assumed"),
    _("window SHGC was assumed"), _("door U-factor was assumed"), _("air leakage was assumed, not measured"),
    _("leakage class was assumed, not measured"), _("location of the ducts was assumed"),
    _("tightness of the ducts was assumed"), _("insulation of the ducts was assumed"), _("foundation was assumed"),
    _("ceiling height was assumed"), _("roof overhang was assumed"), _("inside shading was assumed"),
    _("wall finish was assumed"), _("roof colour was assumed"), _("the number of bedrooms was counted on the plan"),
    _("winter design temperature at the site"), _("summer design temperature at the site"),
    _("window heights are not on the floor plan"), _("lengths and areas were measured on the plan"),
    _("the orientation is not known; the worst of eight directions is used"),
    _("no ceiling height read"), _("no north arrow read"), _("north arrows disagree"), _("length × ceiling height"),
    _("polygon × scale²"), _("drawn width × scale"), _("not on the sheet"), _("schedule"), _("floor area"),
    _("its outline"), _("area of its room"), _("no bedroom recognised: one, as in a studio"),
    _("rooms named as bedrooms"), _("counted on the plan"), _("Manual J section 22: bedrooms + 1"),
    _("a basement level was read"), _("median of the rooms' printed heights"),
    _("framing that holds the wall insulation"), _("neither attic nor space below the floor"),
    _("Manual J §18-1: 50 %, 45 % in dry climates"), _("Manual J indoor design temperature"), _("as given"),
    _("Light curtains over half of the glass, where nothing is known"), _("see site estimate"),
)  # fmt: skip
"""Sentences without facts that stages and tables of ranges write, so that they are found for translation."""
PATTERNS = tuple((re.compile(pattern), said) for pattern, said in SENTENCES)


def say(text: Text) -> str:
    """A text in the active language."""
    if text.kind == "ours":
        said = gettext(text.text) if text.text else ""
        facts = {name: fact if isinstance(fact, str) else say(fact) for name, fact in text.facts.items()}
        return (said % facts).strip() if facts else said
    if text.kind == "part":
        return words.part(text.text)
    if text.kind == "field":
        return str(words.label_of(text.text))
    if text.kind == "word":
        return words.word(text.text)
    return sentence(text.text) if text.kind == "sentence" else text.text


def sentence(text: str) -> str:
    """A reason, note or message of a stage: codes and known sentences in the active language, others as they stand."""
    said = _said(text)
    return said[:1].upper() + said[1:]


def _said(text: str) -> str:
    if text in words.REASONS:
        return str(words.REASONS[text])
    for pattern, said in PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            return str(said) % {name: _fact(name, value) for name, value in found.groupdict().items()}
    return gettext(text) if text else ""


def _fact(name: str, value: str) -> str:
    if name.startswith("w_"):
        return words.word(value)
    return str(words.label_of(value)) if name.startswith("f_") else value
