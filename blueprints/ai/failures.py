"""Why a question got no usable answer."""

from __future__ import annotations

from autohvac.core.errors import AutoHvacError

SERVICE_FAILURES = frozenset(
    {
        "ai_rate_limited", "ai_unavailable", "ai_unreachable", "ai_timeout", "ai_stream_cut", "ai_answer_garbled",
        "ai_key_refused", "ai_quota_used_up", "ai_model_unknown", "ai_lost",
    }
)  # fmt: skip
"""Outcomes that say something about the service and not about one question: they open the breaker."""


class AskFailed(AutoHvacError):
    """One attempt failed.

    Args:
        code: Stable code, `ai_…`.
        passing: The same question may succeed a little later.
        retry_after_s: How long the service asked to be left alone [s].
        refused: The part of our request the service does not take (a field of `Shape`), or "length" when it is too long.
    """

    def __init__(
        self, code: str, *, passing: bool = False, retry_after_s: float | None = None, refused: str = ""
    ) -> None:
        super().__init__(code)
        self.passing = passing
        self.retry_after_s = retry_after_s
        self.refused = refused
