"""Do the five books agree? Ledger, spreadsheet, CRM, bank, and what people were told.

The ledger and the bank's statements are compared here; the spreadsheet, the CRM and the chats are
compared by the rooms that know them, through one small protocol. Every difference has a reason
code and both sides' figures; what is merely pending is no difference (DESIGN 8, "Five books").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ledger.accounts import Account, AccountKind
from ledger.chain import FIRST_HASH, Broken, Sealed, verify
from ledger.money import Money
from ledger.operations import OperationKind
from store.database import Store
from store.records import BankLine
from store.unit import UnitOfWork

__all__ = ["AuditReport", "BookCheck", "Difference", "OutsideBook", "audit", "check_bank"]

Totals = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two books say different things about `thing`; `left` and `right` are in their order."""

    books: tuple[str, str]
    thing: str
    reason: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class BookCheck:
    """One book: counts and totals for people, and how it differs from the ledger."""

    name: str
    totals: Totals = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()


class OutsideBook(Protocol):
    """A book outside of the store."""

    async def check(self, store: Store, /) -> BookCheck:
        """Compare it with the ledger. A book that cannot be read is a difference `unreadable`."""
        ...


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All books; they agree when there is no difference."""

    books: tuple[BookCheck, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference of every book."""
        return tuple(one for book in self.books for one in book.differences)

    @property
    def agree(self) -> bool:
        """Whether all books say the same."""
        return not self.differences

    def as_json(self) -> dict[str, object]:
        """The document of CLI.md `audit --json`."""
        return {
            "agree": self.agree,
            "books": {book.name: dict(book.totals) for book in self.books},
            "differences": [
                {
                    "books": list(one.books),
                    "thing": one.thing,
                    "reason": one.reason,
                    "left": one.left,
                    "right": one.right,
                }
                for one in self.differences
            ],
        }


async def audit(store: Store, outside: Sequence[OutsideBook]) -> AuditReport:
    """Compare every book with the ledger."""
    async with store.read() as unit:
        checks = [await check_ledger(unit), await check_bank(unit)]
    checks += [await book.check(store) for book in outside]
    return AuditReport(tuple(checks))


async def check_ledger(unit: UnitOfWork) -> BookCheck:
    """The ledger with itself: chain, dense numbers, balance, sums that were kept beside rows."""
    differences: list[Difference] = []
    sums: dict[Account, int] = {}
    previous, count = FIRST_HASH, 0
    async for sealed in unit.journal.all():
        for entry in sealed.operation.entries:
            sums[entry.debit] = sums.get(entry.debit, 0) + entry.amount.minor
            sums[entry.credit] = sums.get(entry.credit, 0) - entry.amount.minor
        broken = verify([sealed], previous, count)
        if broken is not None:
            differences.append(_broken(broken))
            break
        previous, count = sealed.hash, sealed.number
    stored = await unit.reports.balances()
    differences += _kept_sums(sums, stored) if not differences else []
    head = await unit.journal.head()
    totals = {"operations": str(count), "head": head[1] if head else FIRST_HASH}
    differences += await _published_head(unit)
    return BookCheck("ledger", totals, tuple(differences))


async def check_bank(unit: UnitOfWork) -> BookCheck:
    """The bank: every line posted once with its sum, balances per account and day, suspense."""
    lines = await unit.statements.all_lines()
    by_key = {line.operation_key: line for line in lines}
    differences: list[Difference] = []
    posted: set[str] = set()
    async for sealed in unit.journal.all():
        operation = sealed.operation
        if operation.kind is not OperationKind.STATEMENT:
            continue
        posted.add(operation.key)
        line = by_key.get(operation.key)
        if line is None:
            missing = Difference(
                ("ledger", "bank"), operation.key, "line-missing", operation.amount.plain, ""
            )
            differences.append(missing)
        elif (operation.amount, operation.paid_on) != (line.amount, line.day):
            differences.append(_line_differs(sealed, line))
    differences += [
        Difference(("ledger", "bank"), line.thing, "not-posted", "", line.amount.plain)
        for key, line in by_key.items()
        if key not in posted
    ]
    differences += await _stated(unit)
    differences += await _suspense(unit, {line.account for line in lines})
    totals = {
        "lines": str(len(lines)),
        "accounts": str(len({line.account for line in lines})),
        "unexplained": str(len(await unit.statements.unexplained())),
    }
    return BookCheck("bank", totals, tuple(differences))


def _broken(broken: Broken) -> Difference:
    thing = f"operation:{broken.number} {broken.key}"
    return Difference(("ledger", "ledger"), thing, "chain-broken", broken.found, broken.expected)


def _kept_sums(
    counted: Mapping[Account, int], stored: Mapping[Account, int]
) -> Iterable[Difference]:
    for account in sorted({*counted, *stored}):
        left, right = counted.get(account, 0), stored.get(account, 0)
        if left != right:
            yield Difference(
                ("ledger", "ledger"),
                str(account),
                "balance-differs",
                Money(left).plain,
                Money(right).plain,
            )


async def _published_head(unit: UnitOfWork) -> list[Difference]:
    """The head told to the owner must still be in the chain: a rewritten chain lacks it."""
    published = await unit.upkeep.setting("published-head")
    if not published:
        return []
    sealed = await unit.journal.by_number(int(published["number"]))
    found = sealed.hash if sealed else ""
    if found == published["hash"]:
        return []
    thing = f"operation:{published['number']}"
    return [Difference(("ledger", "told"), thing, "head-rewritten", found, str(published["hash"]))]


def _line_differs(sealed: Sealed, line: BankLine) -> Difference:
    left = f"{sealed.operation.amount.plain} {sealed.operation.paid_on}"
    right = f"{line.amount.plain} {line.day}"
    return Difference(("ledger", "bank"), line.thing, "line-differs", left, right)


async def _stated(unit: UnitOfWork) -> list[Difference]:
    differences = []
    for stated in await unit.statements.stated_balances():
        account = Account(AccountKind.BANK, stated.account)
        booked = await unit.reports.balance(account, stated.day)
        if booked != stated.closing.minor:
            thing = f"{account} {stated.day}"
            left, right = Money(booked).plain, stated.closing.plain
            differences.append(
                Difference(("ledger", "bank"), thing, "balance-differs", left, right)
            )
    return differences


async def _suspense(unit: UnitOfWork, accounts: set[str]) -> list[Difference]:
    """The suspense account of a bank account holds exactly its unexplained lines."""
    waiting = dict.fromkeys(accounts, 0)
    for line in await unit.statements.unexplained():
        waiting[line.account] += -line.amount.minor if line.incoming else line.amount.minor
    differences = []
    for number, expected in sorted(waiting.items()):
        account = Account(AccountKind.SUSPENSE, number)
        booked = await unit.reports.balance(account)
        if booked != expected:
            left, right = Money(booked).plain, Money(expected).plain
            differences.append(
                Difference(("ledger", "bank"), str(account), "suspense-differs", left, right)
            )
    return differences
