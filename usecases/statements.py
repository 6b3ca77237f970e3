"""A bank statement comes in: every line posted once against suspense, then matched.

the same file twice, an overlapping one   -> each line once
a file that cannot be read                -> StatementRefused, nothing is written
new lines in a closed month               -> LinesOfClosedMonth with the list, nothing is written
a contract number and the exact sum       -> explained at once; the rest waits for a person
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from banking.formats.read import read_statement
from banking.formats.records import (
    AccountSummary,
    Direction,
    Movement,
    StatementFile,
    Verdict,
    movements,
)
from banking.matching.records import MatchVerdict, Proposal
from ledger.accounts import Account, AccountKind
from ledger.money import Money
from ledger.operations import reverse
from ledger.posting import About, opening, statement_line
from store.journal import Posted
from store.records import BankLine, MoneyPlace, Person, Role, StatedBalance
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.explain import AUTOMATON, AsPayments, Explained, explain, propose
from usecases.posting import post, post_all
from usecases.telling import show, show_role

__all__ = [
    "DroppedFile",
    "ImportOutcome",
    "Imported",
    "LinesOfClosedMonth",
    "StatementRefused",
    "import_statement",
]


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file as it came; the same `id` again is the same drop."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """The statement is in the books.

    `new` lines were posted, `known` ones were there already, `automatic` were explained at once;
    `left` wait for a person (of all statements, not of this one alone).
    """

    statement: StatementFile
    new: int
    known: int
    automatic: int
    left: int


@dataclass(frozen=True, slots=True)
class StatementRefused:
    """The file could not be read; `statement.problems` say why and what would work."""

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
    statement = await asyncio.to_thread(read_statement, file.name, file.content, own)
    if statement.verdict is Verdict.REFUSED:
        return StatementRefused(statement)
    moves = list(movements(statement))
    known = await unit.statements.known([move.identity for move in moves])
    fresh = [move for move in moves if move.identity not in known]
    periods = await unit.upkeep.periods()
    closed = [move for move in fresh if periods.is_closed(move.day, unit.now())]
    if closed:
        return LinesOfClosedMonth(tuple(closed))
    author = actor.name if actor else "консоль"
    await unit.statements.add_file(file.id, file.name, file.content)
    await _take_accounts(unit, statement, author, file.id)
    for move in fresh:
        await _take(unit, move, author, file.id)
    automatic = await _explain_certain(unit, company)
    left = len(await unit.statements.unexplained())
    facts = {"new": len(fresh), "known": len(known), "automatic": automatic}
    await unit.upkeep.audit(author, "imported", f"file:{file.id}", facts)
    await _tell(unit, actor, f"import:{file.id}")
    return Imported(statement, len(fresh), len(known), automatic, left)


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
        if statement.verdict is Verdict.OK:
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


async def _take(unit: UnitOfWork, move: Movement, author: str, file_id: str) -> None:
    source = move.source
    line = await unit.statements.add_line(
        BankLine(
            id=0,
            identity=move.identity,
            identity_version=move.identity_version,
            account=move.account,
            incoming=move.direction is Direction.IN,
            own_transfer=move.own_transfer,
            day=move.day,
            amount=move.amount,
            number=source.number,
            counterparty=source.counterparty,
            inn=source.inn,
            counterparty_account=move.counterparty_account,
            purpose=source.purpose,
            file=file_id,
        )
    )
    about = About(line.operation_key, author, comment=line.purpose, counterparty=line.counterparty)
    operation = statement_line(
        about,
        line.account,
        line.amount,
        line.day,
        incoming=line.incoming,
        own_transfer=line.own_transfer,
    )
    outcome = await post(unit, operation)
    assert isinstance(outcome, Posted)


async def _explain_certain(unit: UnitOfWork, company: Company) -> int:
    certain = [one for one in await propose(unit, company) if _is_certain(one)]
    explained = 0
    for proposal in certain:
        links = tuple((link.payment, link.amount) for link in proposal.links)
        explanation = AsPayments(links, proposal.fee)
        outcome = await explain(unit, company, AUTOMATON, proposal.line, explanation)
        explained += isinstance(outcome, Explained)
    return explained


def _is_certain(proposal: Proposal) -> bool:
    return proposal.verdict is MatchVerdict.AUTO


async def _tell(unit: UnitOfWork, actor: Person | None, thing: str) -> None:
    if actor is not None:
        await show(unit, thing, [actor])
    await show_role(unit, thing, Role.ACCOUNTANT)
