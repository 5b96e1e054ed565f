"""A progress bar on a terminal, plain lines otherwise."""

from __future__ import annotations

from types import TracebackType
from typing import Any

WIDTH = 30


class Bar:
    """`with Bar(stream) as bar: bar.show(percent, what)`; quiet shows nothing."""

    def __init__(self, stream: Any, *, quiet: bool = False) -> None:
        self.stream, self.quiet = stream, quiet
        self.terminal = bool(getattr(stream, "isatty", lambda: False)())
        self.last = ""

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self.terminal and self.last and not self.quiet:
            self.stream.write("\n", ending="")

    def show(self, percent: float, what: str) -> None:
        """Show a state; the same line is not written twice."""
        filled = int(WIDTH * percent / 100)
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3.0f} % {what:<10}"
        if self.quiet or line == self.last:
            return
        self.last = line
        self.stream.write(f"\r{line}" if self.terminal else line, ending="" if self.terminal else "\n")
        self.stream.flush()
