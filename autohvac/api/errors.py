"""HTTP refusals that DRF does not bring along; the texts are those of `autohvac.messages`."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.exceptions import APIException

from autohvac.messages import error_text


class CodedError(APIException):
    """An APIException whose sentence is found by its code."""

    default_code: ClassVar[str] = "invalid"

    def __init__(self) -> None:
        super().__init__(detail=error_text(self.default_code), code=self.default_code)


class PreconditionRequired(CodedError):
    """An edit without If-Match."""

    status_code, default_code = 428, "precondition_required"


class PreconditionFailed(CodedError):
    """An edit of a version that is no longer the present one."""

    status_code, default_code = 412, "precondition_failed"


class IdempotencyMismatch(CodedError):
    """A key that was used for another request."""

    status_code, default_code = 422, "idempotency_mismatch"


class IdempotencyBusy(CodedError):
    """A key whose first request is still being worked on."""

    status_code, default_code = 409, "idempotency_mismatch"
    wait = 1
