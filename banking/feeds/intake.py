"""Statements pulled from a bank: the last seven days again and again, merged with what is known.

A bank adds lines to days that are over (T-Bank up to four days later) and renames operations of
the night, so a cursor of "what is new" would lose money; a window that is read anew does not. After
a downtime the window begins seven days before the last day that was read.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import assert_never

import structlog

from banking.feeds.assembling import Asked, statement_of
from banking.feeds.protocol import (
    Failure,
    Feed,
    FeedAccounts,
    FeedRead,
    FeedRefused,
    FeedUnavailable,
    LimitReached,
    TokenRefused,
)
from banking.feeds.words import closed_month, sentence, silent
from ledger.months import Month
from store.database import Store
from usecases.company import Company
from usecases.statements import (
    DroppedFile,
    Imported,
    LinesOfClosedMonth,
    StatementRefused,
    import_feed,
)
from usecases.troubles import note_trouble, troubles
from world.clock import Clock

__all__ = ["FeedIntake", "FeedRules"]

log = structlog.get_logger()

WINDOW_DAYS = 7
SILENT_HOURS_MAX = 6
HASH_CHARS = 24
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class FeedRules:
    """What is read: these accounts (all that the token shows, when none is named), since when.

    Without `since` the first reading goes back one window.
    """

    accounts: tuple[str, ...] = ()
    since: date | None = None


@dataclass(slots=True)
class FeedIntake:
    """Reads one bank into the books."""

    store: Store
    clock: Clock
    company: Company
    feed: Feed
    rules: FeedRules = FeedRules()
    _silent_since: datetime | None = field(default=None)

    async def pull(self) -> int:
        """Read every account; how many lines are new. A failure is noted, the next pull repeats."""
        accounts = await self._accounts()
        if not isinstance(accounts, tuple):
            await self._failed(accounts)
            return 0
        new = 0
        refused: list[str] = []
        for account in accounts:
            outcome = await self._pull(account, refused)
            if not isinstance(outcome, int):
                await self._failed(outcome)
                return new
            new += outcome
        self._silent_since = None
        await self._note(" ".join(refused) or None)
        return new

    async def _accounts(self) -> tuple[str, ...] | Failure:
        if self.rules.accounts:
            return self.rules.accounts
        answer = await self.feed.accounts()
        return tuple(answer.names) if isinstance(answer, FeedAccounts) else answer

    async def _pull(self, account: str, refused: list[str]) -> int | Failure:
        today = self.company.today(self.clock.now())
        first = await self._first_day(account, today)
        for _ in range(2):
            asked = Asked(self.feed.name, self.feed.title, account, first, today)
            answer = await self.feed.read(account, first, today)
            if not isinstance(answer, FeedRead):
                return answer
            outcome = await self._import(asked, answer)
            match outcome:
                case Imported():
                    return outcome.new
                case StatementRefused(statement):
                    refused.append(statement.problems[0].text)
                    return 0
                case LinesOfClosedMonth(moves):
                    days = [move.day for move in moves]
                    refused.append(closed_month(self.feed.title, account, days))
                    # The open days come in all the same.
                    first = _next_month(days)
                    if first > today:
                        return 0
                case _:
                    assert_never(outcome)
        return 0

    async def _first_day(self, account: str, today: date) -> date:
        async with self.store.read() as unit:
            read_to = await unit.upkeep.setting(self._mark(account))
        window = timedelta(days=WINDOW_DAYS - 1)
        if read_to is None:
            return min(self.rules.since or today - window, today)
        return min(date.fromisoformat(read_to), today) - window

    async def _import(
        self, asked: Asked, read: FeedRead
    ) -> Imported | StatementRefused | LinesOfClosedMonth:
        async with self.store.read() as unit:
            own = await unit.catalog.bank_accounts()
        statement = statement_of(asked, read, {*own, *self.rules.accounts})
        digest = hashlib.sha256(read.content).hexdigest()[:HASH_CHARS]
        file = DroppedFile(
            f"{asked.source}-{asked.account}-{digest}", statement.file, read.content
        )
        async with self.store.write("feed") as unit:
            outcome = await import_feed(unit, self.company, asked.title, file, statement)
            mark = self._mark(asked.account)
            read_to = asked.last_day.isoformat()
            if isinstance(outcome, Imported) and await unit.upkeep.setting(mark) != read_to:
                await unit.upkeep.set_setting(mark, read_to)
        return outcome

    def _mark(self, account: str) -> str:
        return f"feed:{self.feed.name}:{account}"

    async def _failed(self, failure: Failure) -> None:
        log.warning("a bank was not read", bank=self.feed.name, failure=str(failure))
        match failure:
            case TokenRefused() | FeedRefused():
                await self._note(sentence(self.feed.title, failure))
            case LimitReached() | FeedUnavailable():
                # One lost answer is nothing to tell anybody; half a day without a statement is.
                now = self.clock.now()
                self._silent_since = self._silent_since or now
                hours = int((now - self._silent_since).total_seconds()) // SECONDS_AN_HOUR
                if hours >= SILENT_HOURS_MAX:
                    await self._note(silent(self.feed.title, SILENT_HOURS_MAX))
            case _:
                assert_never(failure)

    async def _note(self, trouble: str | None) -> None:
        async with self.store.read() as unit:
            known = (await troubles(unit)).get(self.feed.name)
        if known != trouble:
            async with self.store.write("trouble") as unit:
                await note_trouble(unit, self.feed.name, trouble)


def _next_month(days: Sequence[date]) -> date:
    """The first day after the newest month of these days."""
    return Month.of(max(days)).next.first_day
