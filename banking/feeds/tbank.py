"""T-Bank Business: accounts and the statement by T-API (business.tbank.ru/openapi).

Facts of the API that shape this: `to` is exclusive and days end at Moscow's midnight, so a day is
asked as 21:00Z to 21:00Z; balances come with the first page only; the bank's own sandbox gives a
constant cursor, so a cursor seen before ends the reading; `Credit` is money in; an `Authorization`
is a hold and no movement. Ids of operations of the night (22:00-03:00) may change: they are kept as
a help, they decide nothing alone.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from banking.feeds.exact import MOSCOW, canonical, day_of, minor_of, text_of, tree_of
from banking.feeds.http import BankHttp, FeedError, HttpSettings
from banking.feeds.protocol import (
    AccountsAnswer,
    Balances,
    BankOperation,
    FeedAccounts,
    FeedAnswer,
    FeedRead,
    FeedUnavailable,
)
from banking.formats.records import Problem, ProblemCode
from banking.formats.wording import problem
from world.clock import Clock

__all__ = ["BASE_URL", "TBank"]

BASE_URL = "https://business.tbank.ru/openapi"
PAGE_ROWS = 1000
PAGES_MAX = 500
READINGS_MAX = 2
DEADLINE_S = 300
# The published limit is 20 calls a second.
CALL_EVERY_MS = 100
BOOKED = "Transaction"
WAYS = {"Credit": True, "Debit": False}
SHAPE = "an answer of another shape"


class TBank:
    """The `Feed` protocol over T-API."""

    def __init__(self, token: str, clock: Clock, base_url: str = BASE_URL) -> None:
        """Nothing is called yet."""
        self._http = BankHttp(HttpSettings(base_url, token, CALL_EVERY_MS), clock)

    @property
    def name(self) -> str:
        """In ids of files and as the name of its trouble."""
        return "tbank"

    @property
    def title(self) -> str:
        """For people."""
        return "Т-Банк"

    async def accounts(self) -> AccountsAnswer:
        """`GET /api/v4/bank-accounts`."""
        try:
            answer = await self._http.call("GET", "api/v4/bank-accounts")
        except FeedError as error:
            return error.failure
        # The fact sheet names the fields, not what stands around them.
        rows = answer.get("accounts") if isinstance(answer, dict) else answer
        if not isinstance(rows, list):
            return FeedUnavailable(SHAPE)
        found = [row for row in rows if isinstance(row, dict) and row.get("accountNumber")]
        return FeedAccounts({str(one["accountNumber"]): text_of(one, "name") for one in found})

    async def read(self, account: str, first_day: date, last_day: date) -> FeedAnswer:
        """`GET /api/v1/statement`, page by page; once more when it does not add up.

        Operations may arrive while the pages are read: the second reading is of a quieter moment.
        """
        assert first_day <= last_day
        try:
            async with asyncio.timeout(DEADLINE_S):
                for _ in range(READINGS_MAX):
                    whole = await self._pages(account, first_day, last_day)
                    if whole.adds_up:
                        break
        except FeedError as error:
            return error.failure
        except TimeoutError:
            return FeedUnavailable(f"not read in {DEADLINE_S} s")
        return whole.read()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _pages(self, account: str, first_day: date, last_day: date) -> "_Whole":
        query = {
            "accountNumber": account,
            "from": _instant(first_day),
            "to": _instant(last_day + timedelta(days=1)),
            "operationStatus": BOOKED,
            "limit": str(PAGE_ROWS),
            "withBalances": "true",
        }
        rows: dict[str, Mapping[str, Any]] = {}
        balances: Mapping[str, Any] = {}
        seen: set[str] = set()
        for _ in range(PAGES_MAX):
            answer = await self._http.call("GET", "api/v1/statement", query)
            operations = answer.get("operations") if isinstance(answer, dict) else None
            if not isinstance(operations, list):
                raise FeedError(FeedUnavailable(SHAPE))
            balances = balances or tree_of(answer, "balances")
            for one in operations:
                row = one if isinstance(one, dict) else {}
                # A page that is repeated repeats its ids.
                rows[text_of(row, "operationId") or f"row {len(rows)}"] = row
            cursor = text_of(answer, "nextCursor")
            if not cursor or cursor in seen:
                return _whole(list(rows.values()), balances, account)
            seen.add(cursor)
            query["cursor"] = cursor
        raise FeedError(FeedUnavailable(f"over {PAGES_MAX} pages"))


@dataclass(frozen=True, slots=True)
class _Whole:
    rows: list[Mapping[str, Any]]
    operations: tuple[BankOperation, ...]
    problems: tuple[Problem, ...]
    balances: Balances
    tree: Mapping[str, Any]

    @property
    def adds_up(self) -> bool:
        """Whether nothing speaks against the reading."""
        stated = self.balances
        if stated.opening is None or stated.closing is None:
            return True
        moved = sum(one.minor if one.incoming else -one.minor for one in self.operations)
        return not self.problems and stated.opening + moved == stated.closing

    def read(self) -> FeedRead:
        """The answer for the caller."""
        content = canonical({"operations": self.rows, "balances": self.tree})
        return FeedRead(self.operations, self.balances, self.problems, content)


def _whole(rows: list[Mapping[str, Any]], balances: Mapping[str, Any], account: str) -> _Whole:
    booked = [row for row in rows if text_of(row, "operationStatus") in {"", BOOKED}]
    found = [_operation(row, position, account) for position, row in enumerate(booked, start=1)]
    return _Whole(
        rows=rows,
        operations=tuple(one for one in found if isinstance(one, BankOperation)),
        problems=tuple(one for one in found if isinstance(one, Problem)),
        balances=Balances(
            opening=minor_of(balances.get("balanceBegin")),
            closing=minor_of(balances.get("balanceEnd")),
            credited=minor_of(balances.get("credit")),
            debited=minor_of(balances.get("debit")),
        ),
        tree=balances,
    )


def _instant(day: date) -> str:
    """The start of a Moscow day as the API wants it."""
    start = datetime.combine(day, time(), MOSCOW).astimezone(UTC)
    return start.strftime("%Y-%m-%dT%H:%M:%SZ")


def _operation(row: Mapping[str, Any], position: int, account: str) -> BankOperation | Problem:
    label = f"№ {text_of(row, 'documentNumber') or '?'}"
    stated = row.get("accountAmount", row.get("operationAmount"))
    minor = minor_of(stated)
    if minor is None or minor <= 0:
        return problem(position, ProblemCode.BAD_AMOUNT, str(stated), label)
    incoming = WAYS.get(text_of(row, "typeOfOperation"))
    if incoming is None or text_of(row, "accountNumber") not in {"", account}:
        return problem(position, ProblemCode.DIRECTION_UNKNOWN, document=label)
    day = _day(row)
    if day is None:
        return problem(position, ProblemCode.NO_DATE, document=label)
    other = tree_of(row, "counterParty")
    side = tree_of(row, "payer" if incoming else "receiver")
    return BankOperation(
        reference=text_of(row, "operationId"),
        incoming=incoming,
        day=day,
        minor=minor,
        number=text_of(row, "documentNumber"),
        counterparty=text_of(other, "name") or text_of(side, "name"),
        inn=text_of(other, "inn") or text_of(side, "inn"),
        counterparty_account=text_of(other, "account") or text_of(side, "acct"),
        purpose=text_of(row, "payPurpose", "description"),
        kind=text_of(row, "category"),
    )


def _day(row: Mapping[str, Any]) -> date | None:
    """The day the account moved: posted, else made. These two are instants, the others only days.

    The window and the balances are cut by instants, so the day is taken from an instant too.
    """
    return day_of(row.get("trxnPostDate")) or day_of(row.get("operationDate"))
