"""A bank statement comes in: every line posted once against suspense, then matched.

the same file twice, an overlapping one   -> each line once (`usecases.merging`)
another format, the bank's API            -> each line once; what is doubtful waits, unposted
an archive of several statements          -> all of them, or none
a file that cannot be read                -> StatementRefused, nothing is written
new lines in a closed month               -> LinesOfClosedMonth with the list, nothing is written
strong evidence without a rival           -> explained at once; the rest waits for a person
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from banking.formats.read import read_statements
from banking.formats.records import (
    AccountSummary,
    Direction,
    Movement,
    ProblemCode,
    StatementFile,
    Verdict,
    movements,
)
from banking.formats.wording import problem
from ledger.accounts import Account, AccountKind
from ledger.money import Money
from ledger.operations import reverse
from ledger.posting import About, opening
from store.records import MoneyPlace, Person, Role, StatedBalance
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.merging import carry_out, fresh, plan
from usecases.posting import post_all
from usecases.proposals import explain_certain
from usecases.telling import show, show_role

__all__ = [
    "DroppedFile",
    "ImportOutcome",
    "Imported",
    "LinesOfClosedMonth",
    "StatementRefused",
    "TakenIn",
    "import_feed",
    "import_statement",
]


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file as it came; the same `id` again is the same drop."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One statement of the drop: how many of its lines were posted, were there, are in doubt."""

    statement: StatementFile
    new: int
    known: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Imported:
    """Every statement of the drop is in the books; there is at least one.

    `automatic` lines were explained at once; `left` wait for a person (of all statements, not of
    this drop alone).
    """

    members: tuple[TakenIn, ...]
    automatic: int
    left: int

    @property
    def statement(self) -> StatementFile:
        """The first, and nearly always the only, statement."""
        return self.members[0].statement

    @property
    def new(self) -> int:
        """Lines that were posted."""
        return sum(one.new for one in self.members)

    @property
    def known(self) -> int:
        """Lines that were in the books already."""
        return sum(one.known for one in self.members)

    @property
    def doubtful(self) -> int:
        """Lines of which it is not certain whether they are in the books; not posted."""
        return sum(one.doubtful for one in self.members)


@dataclass(frozen=True, slots=True)
class StatementRefused:
    """A file could not be read; `statement.problems` say why and what would work.

    Of an archive this is the first such member, and nothing of the archive was written.
    """

    statement: StatementFile


@dataclass(frozen=True, slots=True)
class LinesOfClosedMonth:
    """New lines lie in a closed month; the bank is never restated, so nothing was written."""

    movements: tuple[Movement, ...]


ImportOutcome = Imported | StatementRefused | LinesOfClosedMonth | NotAllowed


async def import_statement(
    unit: UnitOfWork, company: Company, actor: Person | None, file: DroppedFile
) -> ImportOutcome:
    """Take in a statement. Order: NotAllowed, StatementRefused, LinesOfClosedMonth.

    `actor` None is the command line, whose user owns the machine.
    """
    refused = refusal(actor, Verb.IMPORT_STATEMENT) if actor else None
    if refused is not None:
        return refused
    own = await unit.catalog.bank_accounts()
    statements = await asyncio.to_thread(
        read_statements, file.name, file.content, own, company.profiles
    )
    for read in statements:
        statement = _in_money_of(company, read)
        if statement.verdict is Verdict.REFUSED or _names_no_account(statement):
            return StatementRefused(statement)
    author = actor.name if actor else "консоль"
    outcome = await _take_in(unit, company, author, (file, statements))
    if isinstance(outcome, Imported) and actor is not None:
        await show(unit, f"import:{file.id}", [actor])
    return outcome


async def import_feed(
    unit: UnitOfWork, company: Company, name: str, file: DroppedFile, statement: StatementFile
) -> Imported | StatementRefused | LinesOfClosedMonth:
    """Take in what a bank's API gave; `file` keeps its answers as they came.

    The same window is read again and again: only what is new is told and noted in the audit.
    """
    assert statement.verdict is not Verdict.REFUSED
    checked = _in_money_of(company, statement)
    if checked.verdict is Verdict.REFUSED:
        return StatementRefused(checked)
    return await _take_in(unit, company, name, (file, [statement]), is_quiet=True)


def _names_no_account(statement: StatementFile) -> bool:
    """A table that does not say whose it is; its first problem says so and what would work."""
    return not all(one.account for one in statement.accounts)


def _in_money_of(company: Company, statement: StatementFile) -> StatementFile:
    """The statement, refused when an account of it is in another currency than the books.

    Euros counted as roubles would be a wrong sum that nobody sees.
    """
    foreign = [
        one for one in statement.accounts if one.documents_in.currency is not company.currency
    ]
    if not foreign or statement.verdict is Verdict.REFUSED:
        return statement
    other = foreign[0]
    fact = f"{other.account} — {other.documents_in.currency.value}"
    why = problem(0, ProblemCode.OTHER_CURRENCY, fact, company.currency.value)
    return replace(statement, verdict=Verdict.REFUSED, lines=(), moves=(), problems=(why,))


async def _take_in(
    unit: UnitOfWork,
    company: Company,
    author: str,
    dropped: tuple[DroppedFile, Sequence[StatementFile]],
    *,
    is_quiet: bool = False,
) -> Imported | LinesOfClosedMonth:
    file, statements = dropped
    periods = await unit.upkeep.periods()
    plans = [await plan(unit, statement) for statement in statements]
    closed = [
        move for made in plans for move in fresh(made) if periods.is_closed(move.day, unit.now())
    ]
    if closed:
        return LinesOfClosedMonth(tuple(closed))
    await unit.statements.add_file(file.id, file.name, file.content)
    members, found = [], 0
    for made in plans:
        await _take_accounts(unit, made.statement, author, file.id)
        # Planned anew, because the statement before it may show the same movements.
        last = made if made is plans[0] else await plan(unit, made.statement)
        done = await carry_out(unit, last, author, file.id)
        members.append(TakenIn(made.statement, done.new, done.known, done.doubtful))
        found += done.new + done.doubts_found
    if is_quiet and not found:
        return Imported(tuple(members), 0, len(await unit.statements.unexplained()))
    automatic = await explain_certain(unit, company)
    left = len(await unit.statements.unexplained())
    outcome = Imported(tuple(members), automatic, left)
    facts = {"new": outcome.new, "known": outcome.known, "automatic": automatic}
    facts |= {"doubtful": outcome.doubtful} if outcome.doubtful else {}
    await unit.upkeep.audit(author, "imported", f"file:{file.id}", facts)
    await show_role(unit, f"import:{file.id}", Role.ACCOUNTANT)
    return outcome


async def _take_accounts(
    unit: UnitOfWork, statement: StatementFile, author: str, file_id: str
) -> None:
    for summary in statement.accounts:
        place = Account(AccountKind.BANK, summary.account)
        await unit.catalog.add_place(MoneyPlace(place, f"Счёт {summary.account}"))
        if summary.opening is not None and summary.first_day is not None:
            await _open(unit, summary, place, author)
        if summary.closing is not None and summary.last_day is not None:
            stated = StatedBalance(
                summary.account, summary.last_day, summary.opening or Money(0), summary.closing
            )
            await unit.statements.state_balance(stated, file_id)
        whole = summary.closing is not None and statement.verdict is not Verdict.NOT_RECONCILED
        if whole or statement.verdict is Verdict.OK:
            await _restate(unit, summary, list(movements(statement)), file_id)


async def _restate(
    unit: UnitOfWork, summary: AccountSummary, moves: list[Movement], file_id: str
) -> None:
    """Replace what older statements said of the days that this one covers.

    A bank adds lines to days that are over, so an older closing balance may be right no more.
    """
    if summary.opening is None or summary.first_day is None or summary.last_day is None:
        return
    for stated in await unit.statements.stated_balances():
        covered = summary.first_day <= stated.day < summary.last_day
        if stated.account != summary.account or not covered:
            continue
        closing = summary.opening.minor + sum(
            move.amount.minor if move.direction is Direction.IN else -move.amount.minor
            for move in moves
            if move.account == stated.account and move.day <= stated.day
        )
        newer = replace(stated, closing=Money(closing, summary.opening.currency))
        await unit.statements.state_balance(newer, file_id)


async def _open(unit: UnitOfWork, summary: AccountSummary, place: Account, author: str) -> None:
    """Post what the account held before its first statement; an earlier one replaces it."""
    assert summary.opening is not None
    assert summary.first_day is not None
    name = f"opened:{place}"
    before = await unit.upkeep.setting(name)
    if before is not None and date.fromisoformat(before["day"]) <= summary.first_day:
        return
    day = summary.first_day
    today = unit.now().date()
    if (await unit.upkeep.periods()).is_closed(day, unit.now()):
        day = today
    if before is not None and before["key"]:
        old = await unit.journal.get(before["key"])
        assert old is not None
        key = f"{before['key']}:reversal"
        back = reverse(old.operation, key, day, author, "более ранняя выписка")
        await post_all(unit, [back])
    key = ""
    if summary.opening.minor:
        key = f"opening:{place}:{summary.first_day}"
        held = Money(abs(summary.opening.minor), summary.opening.currency)
        about = About(key, author, comment="остаток по выписке")
        await post_all(unit, [opening(about, place, held, day, owed=summary.opening.minor < 0)])
    await unit.upkeep.set_setting(name, {"day": summary.first_day.isoformat(), "key": key})
