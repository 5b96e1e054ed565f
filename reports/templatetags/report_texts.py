"""Texts of a report document in templates."""

from __future__ import annotations

from django import template

from reports.saying import say as said
from reports.saying import sentence as sentence_of
from reports.texts import Text

register = template.Library()


@register.filter
def say(text: Text) -> str:
    """A text in the active language."""
    return said(text)


@register.filter
def sentence(text: str) -> str:
    """A reason, note or message of a stage in the active language."""
    return sentence_of(str(text))
