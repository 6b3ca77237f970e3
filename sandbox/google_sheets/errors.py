"""Refusals in Google's own words, and the one answer Google never gives: 501, not modelled."""

from dataclasses import dataclass
from typing import Any

__all__ = ["ApiError", "NotModelledError", "Violation", "error_body", "invalid"]

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One place of a request that Google's schema refuses."""

    field: str
    description: str

    def as_json(self) -> dict[str, str]:
        """As it stands in `error.details[].fieldViolations`."""
        shown = {"field": self.field} if self.field else {}
        return {**shown, "description": self.description}


class ApiError(Exception):
    """A refusal with Google's status, message and, for a wrong shape, its violations."""

    def __init__(self, status: int, message: str, violations: tuple[Violation, ...] = ()) -> None:
        self.status = status
        self.message = message
        self.violations = violations
        super().__init__(message)


class NotModelledError(Exception):
    """The real API may answer this; the stand-in does not know what."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def invalid(message: str) -> ApiError:
    """A refusal for what a request means, 400."""
    return ApiError(400, message)


def error_body(
    status: int, message: str, violations: tuple[Violation, ...] = ()
) -> dict[str, Any]:
    """Google's error envelope."""
    error: dict[str, Any] = {"code": status, "message": message, "status": STATUSES[status]}
    if violations:
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [violation.as_json() for violation in violations],
            }
        ]
    return {"error": error}
