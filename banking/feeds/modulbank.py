"""Modulbank: accounts and operations by api.modulbank.ru/v1. Every method is POST.

Facts of the API that shape this: `category` is the bank's view, so "Debet" is money IN; pages are
`skip`/`records` of at most 50 over a list that moves, so a closed period is asked, ids seen twice
count once, and the balance must be the same before and after. There are no turnovers and no
opening: the opening is counted back from the balance of now, so nothing is proven by it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from banking.feeds.exact import MOSCOW, canonical, day_of, minor_of, text_of
from banking.feeds.http import BankHttp, FeedError, HttpSettings
from banking.feeds.protocol import (
    AccountsAnswer,
    Balances,
    BankOperation,
    FeedAccounts,
    FeedAnswer,
    FeedRead,
    FeedRefused,
    FeedUnavailable,
)
from banking.formats.records import Problem, ProblemCode
from banking.formats.wording import problem
from world.clock import Clock

__all__ = ["BASE_URL", "SANDBOX_TOKEN", "Modulbank"]

BASE_URL = "https://api.modulbank.ru/v1"
SANDBOX_TOKEN = "sandboxtoken"  # noqa: S105 - published by the bank for its own sandbox
PAGE_ROWS = 50
PAGES_MAX = 1000
READINGS_MAX = 3
DEADLINE_S = 600
# The limit is not published.
CALL_EVERY_MS = 1000
# An operation made before the period may be carried out within it; by which day the bank filters
# is not published, nor whether the last day is whole.
DAYS_BEFORE, DAYS_AFTER = 5, 1
WAYS = {"Debet": True, "Credit": False}
DONE = {True: {"Received", "PayReceived"}, False: {"Executed"}}
SHAPE = "an answer of another shape"
NO_ACCOUNT = 404


class Modulbank:
    """The `Feed` protocol over Modulbank's API."""

    def __init__(self, token: str, clock: Clock, base_url: str = BASE_URL) -> None:
        """Nothing is called yet."""
        headers = {"sandbox": "on"} if token == SANDBOX_TOKEN else {}
        settings = HttpSettings(base_url, token, CALL_EVERY_MS, headers=headers)
        self._http = BankHttp(settings, clock)
        self._clock = clock

    @property
    def name(self) -> str:
        """In ids of files and as the name of its trouble."""
        return "modulbank"

    @property
    def title(self) -> str:
        """For people."""
        return "Модульбанк"

    async def accounts(self) -> AccountsAnswer:
        """`POST /account-info`."""
        try:
            rows = await self._info()
        except FeedError as error:
            return error.failure
        return FeedAccounts({text_of(one, "number"): text_of(one, "accountName") for one in rows})

    async def read(self, account: str, first_day: date, last_day: date) -> FeedAnswer:
        """`POST /operation-history/{id}` page by page, between two looks at the balance.

        The balance is that of now: it is believed only when `last_day` is not over.
        """
        assert first_day <= last_day
        try:
            async with asyncio.timeout(DEADLINE_S):
                return await self._read(account, first_day, last_day)
        except FeedError as error:
            return error.failure
        except TimeoutError:
            return FeedUnavailable(f"not read in {DEADLINE_S} s")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _read(self, account: str, first_day: date, last_day: date) -> FeedRead:
        before = await self._account(account)
        for _ in range(READINGS_MAX):
            rows = await self._pages(text_of(before, "id"), first_day, last_day)
            after = await self._account(account)
            is_quiet = before.get("balance") == after.get("balance")
            before = after
            if is_quiet:
                break
        found = _found(rows, first_day, last_day)
        is_over = self._clock.now().astimezone(MOSCOW).date() > last_day
        is_closing = is_quiet and not is_over and not found.problems
        balance = minor_of(after.get("balance")) if is_closing else None
        content = canonical({"operations": rows, "balance": balance})
        balances = _balances(found.operations, balance)
        return FeedRead(found.operations, balances, found.problems, content)

    async def _info(self) -> list[Mapping[str, Any]]:
        answer = await self._http.call("POST", "account-info", body={})
        if not isinstance(answer, list):
            raise FeedError(FeedUnavailable(SHAPE))
        companies = [one for one in answer if isinstance(one, dict)]
        accounts = [one for company in companies for one in company.get("bankAccounts") or []]
        return [one for one in accounts if isinstance(one, dict) and text_of(one, "number")]

    async def _account(self, number: str) -> Mapping[str, Any]:
        for one in await self._info():
            if text_of(one, "number") == number:
                return one
        raise FeedError(FeedRefused(NO_ACCOUNT, f"счёта {number} у этого токена нет"))

    async def _pages(self, account_id: str, first: date, last: date) -> list[Mapping[str, Any]]:
        rows: dict[str, Mapping[str, Any]] = {}
        for page in range(PAGES_MAX):
            body = {
                "from": (first - timedelta(days=DAYS_BEFORE)).isoformat(),
                "till": (last + timedelta(days=DAYS_AFTER)).isoformat(),
                "skip": page * PAGE_ROWS,
                "records": PAGE_ROWS,
            }
            answer = await self._http.call("POST", f"operation-history/{account_id}", body=body)
            if not isinstance(answer, list):
                raise FeedError(FeedUnavailable(SHAPE))
            for one in answer:
                row = one if isinstance(one, dict) else {}
                rows[text_of(row, "id") or f"row {len(rows)}"] = row
            if len(answer) < PAGE_ROWS:
                return list(rows.values())
        raise FeedError(FeedUnavailable(f"over {PAGES_MAX} pages"))


@dataclass(frozen=True, slots=True)
class _Found:
    operations: tuple[BankOperation, ...]
    problems: tuple[Problem, ...]


def _found(rows: list[Mapping[str, Any]], first: date, last: date) -> _Found:
    done = [row for row in rows if _is_done(row)]
    read = [_operation(row, position) for position, row in enumerate(done, start=1)]
    return _Found(
        tuple(one for one in read if isinstance(one, BankOperation) and first <= one.day <= last),
        tuple(one for one in read if isinstance(one, Problem)),
    )


def _balances(operations: tuple[BankOperation, ...], balance: int | None) -> Balances:
    moved = sum(one.minor if one.incoming else -one.minor for one in operations)
    opening = None if balance is None else balance - moved
    return Balances(opening, balance, is_derived=True)


def _is_done(row: Mapping[str, Any]) -> bool:
    """Finished; an unknown category is kept, to be named as a problem."""
    incoming = WAYS.get(text_of(row, "category"))
    return incoming is None or text_of(row, "status") in DONE[incoming]


def _operation(row: Mapping[str, Any], position: int) -> BankOperation | Problem:
    label = f"№ {text_of(row, 'docNumber') or '?'}"
    minor = minor_of(row.get("amount"))
    if minor is None or minor <= 0:
        return problem(position, ProblemCode.BAD_AMOUNT, str(row.get("amount")), label)
    incoming = WAYS.get(text_of(row, "category"))
    if incoming is None:
        return problem(position, ProblemCode.DIRECTION_UNKNOWN, document=label)
    day = day_of(row.get("executed")) or day_of(row.get("created"))
    if day is None:
        return problem(position, ProblemCode.NO_DATE, document=label)
    return BankOperation(
        reference=text_of(row, "id"),
        incoming=incoming,
        day=day,
        minor=minor,
        number=text_of(row, "docNumber"),
        counterparty=text_of(row, "contragentName"),
        inn=text_of(row, "contragentInn"),
        counterparty_account=text_of(row, "contragentBankAccountNumber"),
        purpose=text_of(row, "paymentPurpose"),
    )
