"""Which test provokes which stable code, and proof that it did: the code must be seen at a door while the test runs.

The doors (`doors.py`) report every code they let out; `tests/house/test_error_codes.py` reads the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import pytest

PROVOKED: dict[str, set[str]] = defaultdict(set)
_seen: set[str] = set()

Test = Callable[..., None]


def seen(code: str) -> None:
    """A door let this code out."""
    _seen.add(code)


def provokes(*codes: str) -> Callable[[Test], Test]:
    """The test fails unless each of these codes came out of a door."""

    def mark(test: Test) -> Test:
        _enter(test, codes)

        @wraps(test)
        def watched(*args: Any, **kwargs: Any) -> None:
            _watch(test, args, kwargs, wanted=set(codes))

        return watched

    return mark


def provokes_each(names: str, cases: Sequence[tuple[Any, ...]]) -> Callable[[Test], Test]:
    """Parametrise over cases whose last value is the code that must come out."""

    def mark(test: Test) -> Test:
        _enter(test, [case[-1] for case in cases])

        @pytest.mark.parametrize(names, cases, ids=_names(cases))
        @wraps(test)
        def watched(*args: Any, **kwargs: Any) -> None:
            _watch(test, args, kwargs, wanted={kwargs["code"]})

        return watched

    return mark


def _enter(test: Test, codes: Sequence[str]) -> None:
    for code in codes:
        PROVOKED[code].add(test.__qualname__)


def _watch(test: Test, args: Any, kwargs: Any, *, wanted: set[str]) -> None:
    _seen.clear()
    test(*args, **kwargs)
    assert wanted <= _seen, f"never came out of a door: {wanted - _seen}"


def _names(cases: Sequence[tuple[Any, ...]]) -> list[str]:
    firsts = [getattr(case[0], "__name__", str(case[0])) for case in cases]
    return [f"{first}-{case[-1]}" for first, case in zip(firsts, cases, strict=True)]
