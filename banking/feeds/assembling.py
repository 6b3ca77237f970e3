"""From a bank's operations to the records that statement files give, so that one use case takes both.

The day counts as the bank gives it; control sums are those of a file, from the bank's balances.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from banking.feeds.protocol import Balances, BankOperation, FeedRead
from banking.formats.controls import check_account, judge
from banking.formats.identity import Identities, Key
from banking.formats.records import (
    Direction,
    Movement,
    StatementFile,
    StatementLine,
    Verdict,
)
from banking.formats.sections import Section
from banking.formats.values import clean_account, clean_inn, clean_name, clean_text, currency_of
from ledger.money import Currency, Money

__all__ = ["Asked", "statement_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that was answered: one account, both days included; `source` is the bank."""

    source: str
    title: str
    account: str
    first_day: date
    last_day: date


def statement_of(asked: Asked, read: FeedRead, own_accounts: Collection[str]) -> StatementFile:
    """The answer as a statement; a derived opening leaves it `not-verifiable`."""
    currency = currency_of(asked.account) or Currency.RUB
    lines = _lines(asked, read.operations, {*own_accounts, asked.account}, currency)
    moves = _moves(asked, lines, read.operations)
    checked = check_account(asked.account, [_section(asked, read.balances, currency)], moves)
    statement = StatementFile(
        file=f"{asked.title}, {asked.account}",
        format=f"{asked.source}-api",
        version=None,
        encoding=None,
        sender=asked.title,
        accounts=(checked.summary,),
        documents=len(read.operations),
        lines=tuple(lines),
        controls=() if read.balances.is_derived else checked.controls,
        problems=read.problems,
        verdict=Verdict.NOT_VERIFIABLE,
        moves=tuple(moves),
    )
    is_verifiable = checked.is_verifiable and not read.balances.is_derived
    return replace(statement, verdict=judge(statement, is_verifiable=is_verifiable))


def _section(asked: Asked, balances: Balances, currency: Currency) -> Section:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, currency)

    return Section(
        account=asked.account,
        start=asked.first_day,
        end=asked.last_day,
        opening=money(balances.opening),
        credited=money(balances.credited),
        debited=money(balances.debited),
        closing=money(balances.closing),
    )


def _lines(
    asked: Asked, operations: Sequence[BankOperation], own: set[str], currency: Currency
) -> list[StatementLine]:
    identities = Identities()
    lines = []
    for position, one in enumerate(operations, start=1):
        other = clean_account(one.counterparty_account)
        is_own = other in own and other != asked.account
        direction = Direction.IN if one.incoming else Direction.OUT
        # Of an own transfer the line's account is the one that paid.
        payer = other if is_own and one.incoming else asked.account
        purpose = clean_text(one.purpose)
        amount = Money(one.minor, currency)
        key = Key(asked.account, direction, one.day, amount, one.number, other, purpose)
        lines.append(
            StatementLine(
                line=position,
                account=payer,
                direction=Direction.OWN if is_own else direction,
                day=one.day,
                amount=amount,
                number=one.number,
                counterparty=clean_name(one.counterparty),
                inn=clean_inn(one.inn, kazakh=asked.account.startswith("KZ")),
                counterparty_account=asked.account if payer != asked.account else other,
                purpose=purpose,
                document_type=clean_text(one.kind),
                identity=identities.next(key),
                arrived_on=one.day if is_own else None,
                bank_reference=one.reference or None,
            )
        )
    return lines


def _moves(
    asked: Asked, lines: Sequence[StatementLine], operations: Sequence[BankOperation]
) -> list[Movement]:
    return [
        Movement(
            line=line.line,
            account=asked.account,
            direction=Direction.IN if one.incoming else Direction.OUT,
            day=line.day,
            amount=line.amount,
            counterparty_account=clean_account(one.counterparty_account),
            own_transfer=line.direction is Direction.OWN,
            identity=line.identity,
            identity_version=line.identity_version,
            source=line,
        )
        for line, one in zip(lines, operations, strict=True)
    ]
