"""The query of the statement, read strictly: what the API does not know is an error, not ignored."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

__all__ = ["BadQueryError", "StatementQuery", "cursor_of", "read_query"]

LIMIT_MAX = 5000
CATEGORIES_MAX = 50
STATUSES = ("All", "Authorization", "Transaction")
KNOWN = {
    "accountNumber",
    "from",
    "to",
    "operationStatus",
    "cursor",
    "limit",
    "withBalances",
    "categories",
}
ACCOUNT_DIGITS = 20


class BadQueryError(ValueError):
    """400, with the parameter that is wrong."""

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        super().__init__(f"bad parameter {parameter}")


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """What is asked; `to` is exclusive, `skip` is what a cursor stands for."""

    account: str
    first: datetime
    to: datetime
    status: str
    limit: int
    with_balances: bool
    skip: int


def read_query(query: Mapping[str, str]) -> StatementQuery:
    """Raises `BadQueryError` for anything that is missing, unknown or out of bounds."""
    for name in query:
        if name not in KNOWN:
            raise BadQueryError(name)
    account = query.get("accountNumber", "")
    if len(account) != ACCOUNT_DIGITS or not account.isdecimal():
        raise BadQueryError("accountNumber")
    first, to = _instant(query, "from"), _instant(query, "to")
    if first >= to:
        raise BadQueryError("to")
    status = query.get("operationStatus", "All")
    if status not in STATUSES:
        raise BadQueryError("operationStatus")
    limit = query.get("limit", str(LIMIT_MAX))
    if not limit.isdecimal() or not 1 <= int(limit) <= LIMIT_MAX:
        raise BadQueryError("limit")
    balances = query.get("withBalances", "false")
    if balances not in {"true", "false"}:
        raise BadQueryError("withBalances")
    skip = _skip(query.get("cursor", ""))
    return StatementQuery(account, first, to, status, int(limit), balances == "true", skip)


def cursor_of(skip: int) -> str:
    """An opaque text that says where the next page begins."""
    return base64.urlsafe_b64encode(f"skip {skip}".encode()).decode()


def _instant(query: Mapping[str, str], name: str) -> datetime:
    text = query.get(name, "")
    if not text.endswith("Z"):
        raise BadQueryError(name)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadQueryError(name) from None


def _skip(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(cursor).decode().partition(" ")
        return int(number) if word == "skip" else _bad_cursor()
    except (binascii.Error, ValueError):
        return _bad_cursor()


def _bad_cursor() -> int:
    raise BadQueryError("cursor")
