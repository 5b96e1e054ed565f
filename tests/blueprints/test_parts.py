"""A set in which one sheet is too much: the others are kept, the one is named."""

from __future__ import annotations

import pytest

from autohvac.core.errors import RejectedInput
from blueprints.parts import read_in_parts
from blueprints.plan.model import PageInfo, PageSet, TextSet, Word


def _page(number: int, kind: str = "floor_plan") -> PageInfo:
    return PageInfo.model_validate(
        {
            "number": number,
            "width_pt": 100,
            "height_pt": 80,
            "rotation": 0,
            "kind": kind,
            "score": 0.9,
            "route": "vector",
        }
    )


def _reader(monstrous: set[int], shares: list[float]) -> object:
    def read(pages: PageSet, share: float) -> TextSet:
        shares.append(share)
        if {page.number for page in pages.pages} & monstrous:
            raise RejectedInput("plan_too_complex", limit="memory")
        return TextSet(
            words=tuple(Word(page=p.number, text=f"on {p.number}", bbox=(0, 0, 1, 1)) for p in pages.pages)
        )

    return read


SHEETS = PageSet(pages=(_page(1), _page(2), _page(3), _page(4, "schedule")))


def test_all_sheets_at_once_when_that_works() -> None:
    shares: list[float] = []
    read = read_in_parts(SHEETS, _reader(set(), shares))  # type: ignore[arg-type]
    assert ([word.page for word in read.words], read.issues, len(shares)) == ([1, 2, 3, 4], (), 1)


def test_one_sheet_too_much_is_left_out_and_named() -> None:
    shares: list[float] = []
    read = read_in_parts(SHEETS, _reader({2}, shares))  # type: ignore[arg-type]
    assert [word.page for word in read.words] == [1, 3, 4]
    assert [(i.code, i.severity, i.where.page) for i in read.issues if i.where] == [
        ("page_not_read", "error", 2)
    ]
    assert sum(shares) <= 1.0


@pytest.mark.parametrize("pages", [SHEETS, PageSet(pages=(_page(1), _page(4, "schedule")))])
def test_no_plan_left_is_a_refusal(pages: PageSet) -> None:
    with pytest.raises(RejectedInput, match="plan_too_complex"):
        read_in_parts(pages, _reader({1, 2, 3}, []))  # type: ignore[arg-type]
