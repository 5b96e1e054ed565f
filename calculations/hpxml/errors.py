"""Why an HPXML document was refused, and what was noticed in one that was accepted.

Codes are permanent. Refusals: `hpxml_invalid` (not well formed, against the schema, or a value that cannot
be), `hpxml_unsupported` (a version or a kind of building we do not read), `hpxml_unsafe` (a document type
declaration), `hpxml_too_large`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autohvac.core.errors import RejectedInput

RefusalCode = Literal["hpxml_invalid", "hpxml_unsupported", "hpxml_unsafe", "hpxml_too_large"]
IssueCode = Literal[
    "hpxml_ignored",  # an element that may bear on the load and that we do not use
    "hpxml_contradiction",  # two elements that cannot both be true
    "hpxml_assumed",  # a value was missing; the rule that filled it is in the message
    "hpxml_schema",  # against the schema, but readable all the same
    "hpxml_nonstandard",  # allowed, yet outside Manual J
]


class HpxmlRejected(RejectedInput):
    """The document cannot be used. Facts: `path` (where in the document) and `detail`."""

    def __init__(self, code: RefusalCode, *, path: str, detail: str) -> None:
        super().__init__(code, path=path, detail=detail)
        self.path = path
        self.detail = detail


@dataclass(frozen=True)
class Issue:
    """Something noticed on reading: a permanent code, the element's path, and the facts in words."""

    code: IssueCode
    path: str
    message: str
