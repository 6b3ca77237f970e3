"""A statement put together from pages: what MT940, camt.053 and the Belarus text have in common.

A page is what the bank closes with a balance: a statement, one page of it, a day. Its movements
are on one account, and the control sums are done page by page (FORMAT_1C §7 in their numbers):

1. equation   opening + credited - debited = closing; turnovers as stated, else as counted
2. chain      closing of a page = opening of the account's next one
3. turnover   movements in and out = turnovers stated, for the pages that state them
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from banking.formats.controls import judge
from banking.formats.identity import Identities, Key
from banking.formats.records import (
    AccountSummary,
    Control,
    ControlName,
    Detail,
    Direction,
    Movement,
    Problem,
    ProblemCode,
    StatementFile,
    StatementLine,
    Verdict,
)
from banking.formats.sections import Section
from banking.formats.values import clean_account
from banking.formats.wording import problem
from ledger.money import Currency, Money, total

__all__ = ["Entry", "Frame", "Page", "assemble", "refuse"]

_WAYS = (Direction.IN, Direction.OUT)


@dataclass(frozen=True, slots=True)
class Frame:
    """The file as a whole: what is known before anything inside is believed."""

    file: str
    format: str
    version: str | None = None
    encoding: str | None = None
    sender: str | None = None
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement as the bank states it; `direction` is `in` or `out`, never `own`.

    `line` is its 1-based number among the movements of the file.
    """

    line: int
    direction: Direction
    day: date
    amount: Money
    number: str = ""
    counterparty: str = ""
    inn: str | None = None
    counterparty_account: str = ""
    purpose: str = ""
    document_type: str = ""
    bank_reference: str | None = None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Balances and turnovers that the bank states, and the movements between them.

    `name` tells pages apart that say the same: the bank's number of the statement. `begins` is the
    first day of the period where the bank names one (the day of an opening balance is not it: some
    banks give the day before).
    """

    section: Section
    currency: Currency
    entries: tuple[Entry, ...]
    name: str = ""
    begins: date | None = None

    @property
    def account(self) -> str:
        """Whose page it is."""
        return self.section.account

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day: of the period and the movements, to the day of the closing."""
        moved = [entry.day for entry in self.entries]
        if self.begins:
            moved.append(self.begins)
        ends = [day for day in (self.section.end or self.section.start,) if day]
        first = min(moved) if moved else self.section.start or self.section.end
        return (first, max([first, *moved, *ends])) if first else None

    def counted(self, direction: Direction) -> Money:
        """The sum of the movements that way."""
        sums = [entry.amount for entry in self.entries if entry.direction is direction]
        return total(sums, self.currency)

    def stated(self, direction: Direction) -> Money | None:
        """The turnover that the bank states."""
        return self.section.credited if direction is Direction.IN else self.section.debited

    @property
    def is_verifiable(self) -> bool:
        """Whether the bank states enough to hold the movements against."""
        balances = (self.section.opening, self.section.closing)
        turnovers = (self.section.credited, self.section.debited)
        return None not in balances or None not in turnovers


def refuse(frame: Frame, refusal: Problem) -> StatementFile:
    """The file refused: no lines, one problem."""
    return replace(_file(frame), problems=(refusal,))


def assemble(
    frame: Frame, pages: list[Page], problems: list[Problem], own_accounts: Collection[str]
) -> StatementFile:
    """Put the pages together: lines, movements with identities, control sums, verdict.

    Pages of different accounts may alternate; a page repeated word for word counts once and is
    told. Nothing at all inside is a refusal.
    """
    kept, said = _once(pages)
    told = [*problems, *said]
    if not kept:
        return refuse(frame, told[0] if told else problem(0, ProblemCode.NOTHING_INSIDE))
    own = {page.account for page in kept} | {clean_account(one) for one in own_accounts} - {""}
    lines, moves = _lines(kept, own)
    by_account: dict[str, list[Page]] = {}
    for page in kept:
        by_account.setdefault(page.account, []).append(page)
    ordered = {account: _in_order(of) for account, of in by_account.items()}
    told += [
        problem(0, ProblemCode.NO_CONTROL, account)
        for account, of in ordered.items()
        if not all(page.is_verifiable for page in of)
    ]
    statement = replace(
        _file(frame),
        accounts=tuple(_summary(account, of) for account, of in ordered.items()),
        lines=tuple(lines),
        controls=tuple(control for of in ordered.values() for control in _controls(of)),
        problems=tuple(told),
        moves=tuple(moves),
    )
    return replace(
        statement,
        verdict=judge(statement, is_verifiable=all(page.is_verifiable for page in kept)),
    )


def _file(frame: Frame) -> StatementFile:
    return StatementFile(
        file=frame.file,
        format=frame.format,
        version=frame.version,
        encoding=frame.encoding,
        sender=frame.sender,
        accounts=(),
        documents=frame.documents,
        lines=(),
        controls=(),
        problems=(),
        verdict=Verdict.REFUSED,
    )


def _once(pages: list[Page]) -> tuple[list[Page], list[Problem]]:
    kept: dict[tuple[str, Section, tuple[Entry, ...]], Page] = {}
    said: list[Problem] = []
    for page in pages:
        bare = tuple(replace(entry, line=0) for entry in page.entries)
        key = (page.name, page.section, bare)
        if key in kept:
            said.append(problem(0, ProblemCode.PAGE_TWICE, page.account))
        else:
            kept[key] = page
    return list(kept.values()), said


def _in_order(pages: list[Page]) -> list[Page]:
    """As they stand in the file when they chain so; else by days, for the newest may come first."""
    chains = all(
        before.section.closing == after.section.opening for before, after in pairwise(pages)
    )
    return pages if chains else sorted(pages, key=_by_days)


def _by_days(page: Page) -> tuple[date, date]:
    return page.days or (date.min, date.min)


def _lines(pages: list[Page], own: set[str]) -> tuple[list[StatementLine], list[Movement]]:
    line_identities, move_identities = Identities(), Identities()
    lines: list[StatementLine] = []
    moves: list[Movement] = []
    for page in pages:
        for entry in page.entries:
            theirs = entry.counterparty_account
            is_own = theirs in own and theirs != page.account
            line = _line(page.account, entry, line_identities, is_own=is_own)
            lines.append(line)
            moves.append(_move(page.account, entry, move_identities, line))
    return lines, moves


def _key(account: str, entry: Entry, direction: Direction, theirs: str) -> Key:
    return Key(account, direction, entry.day, entry.amount, entry.number, theirs, entry.purpose)


def _line(account: str, entry: Entry, identities: Identities, *, is_own: bool) -> StatementLine:
    payer, payee = account, entry.counterparty_account
    if is_own and entry.direction is Direction.IN:
        payer, payee = payee, payer
    direction = Direction.OWN if is_own else entry.direction
    return StatementLine(
        line=entry.line,
        account=payer,
        direction=direction,
        day=entry.day,
        amount=entry.amount,
        number=entry.number,
        counterparty=entry.counterparty,
        inn=entry.inn,
        counterparty_account=payee,
        purpose=entry.purpose,
        document_type=entry.document_type,
        identity=identities.next(_key(payer, entry, direction, payee)),
        arrived_on=entry.day if is_own else None,
        bank_reference=entry.bank_reference,
        details=entry.details,
    )


def _move(account: str, entry: Entry, identities: Identities, line: StatementLine) -> Movement:
    theirs = entry.counterparty_account
    return Movement(
        line=entry.line,
        account=account,
        direction=entry.direction,
        day=entry.day,
        amount=entry.amount,
        counterparty_account=theirs,
        own_transfer=line.direction is Direction.OWN,
        identity=identities.next(_key(account, entry, entry.direction, theirs)),
        identity_version=line.identity_version,
        source=line,
    )


def _summary(account: str, pages: list[Page]) -> AccountSummary:
    days = [page.days for page in pages if page.days]
    currency = pages[0].currency
    return AccountSummary(
        account=account,
        opening=pages[0].section.opening,
        closing=pages[-1].section.closing,
        credited=_stated(pages, Direction.IN),
        debited=_stated(pages, Direction.OUT),
        documents_in=_counted(pages, Direction.IN, currency),
        documents_out=_counted(pages, Direction.OUT, currency),
        first_day=min((first for first, _ in days), default=None),
        last_day=max((last for _, last in days), default=None),
        stated_currency=currency,
    )


def _counted(pages: list[Page], direction: Direction, currency: Currency) -> Money:
    sums = [page.counted(direction) for page in pages if page.currency is currency]
    return total(sums, currency)


def _stated(pages: list[Page], direction: Direction) -> Money | None:
    sums = [page.stated(direction) for page in pages]
    known = [one for one in sums if one is not None and one.currency is pages[0].currency]
    return total(known, pages[0].currency) if len(known) == len(sums) else None


def _controls(pages: list[Page]) -> Iterator[Control]:
    for page in pages:
        opening, closing = page.section.opening, page.section.closing
        if opening is not None and closing is not None:
            came = page.stated(Direction.IN) or page.counted(Direction.IN)
            went = page.stated(Direction.OUT) or page.counted(Direction.OUT)
            counted = opening + came - went
            yield _compare(ControlName.EQUATION, page, closing, counted)
    for before, after in pairwise(pages):
        closing, opening = before.section.closing, after.section.opening
        if closing is not None and opening is not None and closing.currency is opening.currency:
            yield _compare(ControlName.CHAIN, after, opening, closing)
    for page in pages:
        for direction in _WAYS:
            stated = page.stated(direction)
            if stated is not None:
                control = _compare(ControlName.TURNOVER, page, stated, page.counted(direction))
                yield replace(control, direction=direction)


def _compare(name: ControlName, page: Page, stated: Money, counted: Money) -> Control:
    difference = stated - counted
    days = page.days
    return Control(
        name=name,
        account=page.account,
        day=days[1] if days else None,
        ok=difference.minor == 0,
        difference=difference,
    )
