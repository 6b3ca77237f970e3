"""Control sums of a statement (FORMAT_1C §7): every rouble the bank states is looked for.

1. equation   opening + credited - debited = closing, per section
2. chain      closing of a section = opening of the account's next one
3. turnover   documents in and out = turnovers stated, for the period
4. turnover   the same for each day, when sections are daily: shows which day is wrong
5. previous   opening = closing of the statement imported before (the caller knows it)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from banking.formats.records import (
    AccountSummary,
    Control,
    ControlName,
    Direction,
    Movement,
    ProblemCode,
    StatementFile,
    Verdict,
)
from banking.formats.sections import Section
from banking.formats.values import currency_of
from ledger.money import Currency, Money, total

__all__ = ["Checked", "check_account", "judge", "with_previous_closing"]

_LEFT_OUT = frozenset(
    {
        ProblemCode.BAD_LINE,
        ProblemCode.BAD_AMOUNT,
        ProblemCode.BAD_DATE,
        ProblemCode.NO_DATE,
        ProblemCode.DIRECTION_UNKNOWN,
        ProblemCode.CURRENCY_UNKNOWN,
        ProblemCode.BAD_BALANCE,
        ProblemCode.BALANCE_MISSING,
        ProblemCode.COUNT_DIFFERS,
        ProblemCode.BAD_SECTION_DATE,
        ProblemCode.SECTION_WITHOUT_ACCOUNT,
        ProblemCode.DOCUMENTS_MISSING,
        ProblemCode.BAD_ROW,
    }
)
_WAYS = (Direction.IN, Direction.OUT)


@dataclass(frozen=True, slots=True)
class Checked:
    """One account: its summary, its control sums, and whether the file lets it be verified."""

    summary: AccountSummary
    controls: tuple[Control, ...]
    is_verifiable: bool

    @property
    def misses_documents(self) -> bool:
        """Turnovers are stated, but not one document is there."""
        stated = (self.summary.credited, self.summary.debited)
        return any(turnover and turnover.minor for turnover in stated) and not (
            self.summary.documents_in.minor or self.summary.documents_out.minor
        )


def check_account(account: str, sections: list[Section], moves: list[Movement]) -> Checked:
    """Sum up one account and do controls 1 to 4 on it."""
    sheet = _Sheet(account, sorted(sections, key=_by_start), moves)
    controls = [*_equations(sheet), *_chain(sheet), *_period(sheet), *_days(sheet)]
    summary = sheet.summary()
    turnovers_known = summary.credited is not None and summary.debited is not None
    balances_known = summary.opening is not None and summary.closing is not None
    return Checked(summary, tuple(controls), turnovers_known or balances_known)


def judge(statement: StatementFile, *, is_verifiable: bool) -> Verdict:
    """The verdict from controls and problems; a failed control outweighs a missing one."""
    failed = any(not control.ok for control in statement.controls)
    if failed or any(problem.code in _LEFT_OUT for problem in statement.problems):
        return Verdict.NOT_RECONCILED
    return Verdict.OK if is_verifiable else Verdict.NOT_VERIFIABLE


def with_previous_closing(
    statement: StatementFile, previous: Mapping[str, Money]
) -> StatementFile:
    """Add control 5: the opening against the closing of the statement imported before.

    `previous` maps accounts to closing balances; accounts without one are not compared. A gap or
    an overlap turns the verdict into `not-reconciled`; a refused statement stays as it is.
    """
    if statement.verdict is Verdict.REFUSED:
        return statement
    added = tuple(
        _compare(_About(ControlName.PREVIOUS, one.account, one.first_day), one.opening, closing)
        for one in statement.accounts
        if one.opening is not None
        and (closing := previous.get(one.account)) is not None
        and closing.currency is one.opening.currency
    )
    controls = statement.controls + added
    failed = any(not control.ok for control in added)
    verdict = Verdict.NOT_RECONCILED if failed else statement.verdict
    return replace(statement, controls=controls, verdict=verdict)


@dataclass(frozen=True, slots=True)
class _About:
    name: ControlName
    account: str
    day: date | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    account: str
    sections: list[Section]
    moves: list[Movement]

    @property
    def currency(self) -> Currency:
        """That of the sums themselves; an account number names one only in some countries."""
        stated = (
            amount
            for one in self.sections
            for amount in (one.opening, one.credited, one.debited, one.closing)
        )
        for amount in (*stated, *(move.amount for move in self.moves[:1])):
            if amount is not None:
                return amount.currency
        return currency_of(self.account) or Currency.RUB

    def found(self, direction: Direction, day: date | None = None) -> Money:
        return total(
            [
                move.amount
                for move in self.moves
                if move.direction is direction and day in (None, move.day)
            ],
            self.currency,
        )

    def whole(self) -> list[Section]:
        """The sections whose turnovers add up to the period: one that covers all, or all."""
        days = [day for one in self.sections for day in (one.start, one.end) if day]
        if not days or len(self.sections) == 1:
            return self.sections
        span = (min(days), max(days))
        for one in self.sections:
            if (one.start, one.end) == span and not one.is_daily:
                return [one]
        return self.sections

    def stated(self, direction: Direction) -> Money | None:
        sums = [_turnover(one, direction) for one in self.whole()]
        known = [one for one in sums if one is not None]
        return total(known, self.currency) if known and len(known) == len(sums) else None

    def summary(self) -> AccountSummary:
        whole = self.whole()
        starts = [one.start for one in whole if one.start]
        ends = [day for one in whole if (day := one.end or one.start)]
        return AccountSummary(
            account=self.account,
            opening=whole[0].opening if whole else None,
            closing=whole[-1].closing if whole else None,
            credited=self.stated(Direction.IN),
            debited=self.stated(Direction.OUT),
            documents_in=self.found(Direction.IN),
            documents_out=self.found(Direction.OUT),
            first_day=min(starts, default=None),
            last_day=max(ends, default=None),
        )


def _by_start(section: Section) -> tuple[date, date]:
    return (section.start or date.min, section.end or section.start or date.min)


def _turnover(section: Section, direction: Direction) -> Money | None:
    return section.credited if direction is Direction.IN else section.debited


def _compare(about: _About, stated: Money, counted: Money) -> Control:
    difference = stated - counted
    return Control(
        name=about.name,
        account=about.account,
        day=about.day,
        ok=difference.minor == 0,
        difference=difference,
        direction=about.direction,
    )


def _equations(sheet: _Sheet) -> Iterator[Control]:
    for one in sheet.sections:
        if one.opening is None or one.closing is None:
            continue
        if one.credited is not None and one.debited is not None:
            about = _About(ControlName.EQUATION, sheet.account, one.end or one.start)
            yield _compare(about, one.closing, one.opening + one.credited - one.debited)
    summary = sheet.summary()
    lacks_turnovers = summary.credited is None or summary.debited is None
    if lacks_turnovers and summary.opening is not None and summary.closing is not None:
        counted = summary.opening + summary.documents_in - summary.documents_out
        yield _compare(_About(ControlName.EQUATION, sheet.account), summary.closing, counted)


def _chain(sheet: _Sheet) -> Iterator[Control]:
    if sheet.whole() is not sheet.sections:
        return
    for before, after in pairwise(sheet.sections):
        if before.closing is not None and after.opening is not None:
            about = _About(ControlName.CHAIN, sheet.account, after.start)
            yield _compare(about, after.opening, before.closing)


def _period(sheet: _Sheet) -> Iterator[Control]:
    for direction in _WAYS:
        stated = sheet.stated(direction)
        if stated is not None:
            about = _About(ControlName.TURNOVER, sheet.account, direction=direction)
            yield _compare(about, stated, sheet.found(direction))


def _days(sheet: _Sheet) -> Iterator[Control]:
    daily = [one for one in sheet.sections if one.is_daily]
    if len(daily) < 2 or len(daily) < len(sheet.sections) - 1:  # noqa: PLR2004 - "several"
        return
    for direction in _WAYS:
        stated = _by_day(((one.start, _turnover(one, direction)) for one in daily), sheet.currency)
        counted = _by_day(
            ((move.day, move.amount) for move in sheet.moves if move.direction is direction),
            sheet.currency,
        )
        nothing = Money(0, sheet.currency)
        for day in sorted(stated.keys() | counted.keys()):
            about = _About(ControlName.TURNOVER, sheet.account, day, direction)
            yield _compare(about, stated.get(day, nothing), counted.get(day, nothing))


def _by_day(
    sums: Iterable[tuple[date | None, Money | None]], currency: Currency
) -> dict[date, Money]:
    result: dict[date, Money] = {}
    for day, amount in sums:
        if day is not None and amount is not None:
            result[day] = result.get(day, Money(0, currency)) + amount
    return result
