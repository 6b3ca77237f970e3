"""What a row of the table posts, under which keys.

expense   both dates one day: article ← account; else article ← supplier (accrued), and
          supplier ← account (paid); with a deal its deferred cost stands for the supplier
income    the same the other way, over the client
refund    the sides of an income exchanged: negative revenue on each of its dates, with its
          dimensions; its kind is `refund` and its amount positive
transfer  to_account ← account on paid_on; no profit, so accrued_on means nothing

The keys: `import:<key>` with `:paid` and `:accrued` where there are two. A row without a key is
known by its content and its occurrence in the file, so that two equal rows are two operations.
"""

import hashlib
from dataclasses import dataclass, replace

from ledger.accounts import Account
from ledger.articles import Article
from ledger.operations import Entry, Operation, OperationKind
from ledger.posting import About, TwoDates, expense, income, transfer
from usecases.operation_table.rows import OperationRow
from usecases.operation_table.words import RowKind

__all__ = ["AUTHOR", "Resolved", "content_key", "key_base", "keys_of", "operations_of"]

AUTHOR = "консоль"
_SUFFIXES = ("", ":paid", ":accrued")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row with its article and places found."""

    row: OperationRow
    article: Article
    account: Account
    to_account: Account | None


def operations_of(found: Resolved, base: str) -> tuple[Operation, ...]:
    """The operations of a row, one or two."""
    row = found.row
    about = About(
        base,
        AUTHOR,
        comment=row.comment,
        deal=row.deal or None,
        counterparty=row.counterparty,
        dimensions=row.dimensions,
    )
    if found.to_account is not None:
        assert row.paid_on is not None
        article, way = found.article.id, (found.account, found.to_account)
        return (transfer(about, article, *way, row.amount, row.paid_on),)
    dates = TwoDates(row.paid_on, row.accrued_on)
    post_as = expense if row.kind is RowKind.EXPENSE else income
    made = post_as(about, found.article.id, found.account, row.amount, dates)
    return tuple(map(_given_back, made)) if row.kind is RowKind.REFUND else made


def key_base(key: str) -> str:
    """The books' key of a person's key; a colon in it must not look like ours."""
    return "import:" + key.replace("%", "%25").replace(":", "%3A")


def content_key(found: Resolved) -> str:
    """A key of everything that a row says; equal rows are told apart by their occurrence."""
    row = found.row
    said = [
        row.kind.value,
        str(row.paid_on or ""),
        str(row.accrued_on or ""),
        found.article.name,
        row.amount.plain,
        row.amount.currency.value,
        str(found.account),
        str(found.to_account or ""),
        *(f"{name}={value}" for name, value in row.dimensions),
        row.deal,
        row.counterparty,
        row.comment,
    ]
    return "row/" + hashlib.sha256("\x00".join(said).encode()).hexdigest()[:32]


def keys_of(base: str) -> tuple[str, ...]:
    """Every key that a row may have been posted under, whatever its dates were then."""
    return tuple(base + suffix for suffix in _SUFFIXES)


def _given_back(operation: Operation) -> Operation:
    entries = tuple(Entry(one.credit, one.debit, one.amount) for one in operation.entries)
    return replace(operation, kind=OperationKind.REFUND, entries=entries)
