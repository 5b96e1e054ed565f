"""Texts of a report document in templates."""

from __future__ import annotations

from django import template

from reports.saying import say as said
from reports.texts import Text

register = template.Library()


@register.filter
def say(text: Text) -> str:
    """A text in the active language."""
    return said(text)
