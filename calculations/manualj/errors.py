"""What the engine says about input it cannot use."""

from __future__ import annotations


class InvalidHouse(ValueError):
    """A house the method cannot take; `field` is a dotted path, `allowed` says what would do."""

    code = "house_invalid"

    def __init__(self, field: str, value: object, allowed: str) -> None:
        """Keep the facts; the sentence is written where it is shown."""
        super().__init__(f"{field}: {value!r} is not allowed; allowed: {allowed}")
        self.field = field
        self.value = value
        self.allowed = allowed
