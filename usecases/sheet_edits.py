"""An edit in the columns of the journal that are meant for people is taken in as a correction.

comment of an expense        -> TakenIn: reversal and new operation, audit entry
the same edit seen again     -> AlreadyTaken
article of a client payment  -> NotForPeople, the product chose it
«Масква» for the city        -> UnknownValue
a day of a closed month      -> MonthClosed

Sums, dates, places, managers are never edited here. Google does not tell who typed: the audit
entry is by «через таблицу» and names the spreadsheet and the row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from ledger.accounts import Account, AccountKind
from ledger.articles import Article, Direction
from ledger.chain import Sealed
from ledger.operations import Entry, Operation, OperationKind, dimensions
from ledger.pnl import UNSPECIFIED
from ledger.seed import SystemArticle
from ledger.versions import next_version
from store.unit import UnitOfWork
from usecases.corrections import Corrected, KeyTaken, correct
from usecases.expenses import folded
from usecases.posting import MonthClosed

__all__ = [
    "AUTHOR",
    "MANAGER",
    "AlreadyTaken",
    "Change",
    "CorrectedBefore",
    "Field",
    "NotForPeople",
    "NothingChanged",
    "SheetEdit",
    "TakeInOutcome",
    "TakenIn",
    "TwoAlike",
    "Typed",
    "UnknownValue",
    "take_in_edit",
]

AUTHOR = "через таблицу"
WHY = "исправлено в таблице"
MANAGER = "manager"
COMMENT_CHARS_MAX = 500


class Field(StrEnum):
    """What may be edited; of dimensions `Typed.dimension` says which."""

    COMMENT = "comment"
    ARTICLE = "article"
    DIMENSION = "dimension"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one cell now; `title` is the column's heading."""

    field: Field
    text: str
    title: str
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """The edited cells of one row; `place` names the spreadsheet, `row` counts as people see it."""

    key: str
    cells: tuple[Typed, ...]
    place: str
    row: int


@dataclass(frozen=True, slots=True)
class Change:
    """One column: what the books said and what they say now, in words."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The books say what the person typed."""

    changes: tuple[Change, ...]
    corrected: Corrected


@dataclass(frozen=True, slots=True)
class AlreadyTaken:
    """The same edit was taken in before; `new` is the operation that it became."""

    new: Sealed


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """The books say just that."""


@dataclass(frozen=True, slots=True)
class CorrectedBefore:
    """The operation was taken back or corrected since; `by` is what stands or took it back."""

    by: Sealed


@dataclass(frozen=True, slots=True)
class NotForPeople:
    """Operations of this kind do not let that column be edited."""

    kind: OperationKind
    cell: Typed


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """There is no such article for this operation, or no such value of the dimension."""

    cell: Typed


@dataclass(frozen=True, slots=True)
class TwoAlike:
    """More than one value is spelled so; `names` are they."""

    cell: Typed
    names: tuple[str, ...]


Refusal = NotForPeople | UnknownValue | TwoAlike
TakeInOutcome = (
    TakenIn | AlreadyTaken | NothingChanged | CorrectedBefore | Refusal | MonthClosed | KeyTaken
)

_Named = TypeVar("_Named")
# What a company's own words about an operation are; the rest is money's own doing.
_SAID = frozenset(
    {
        OperationKind.PAYMENT,
        OperationKind.INCOME,
        OperationKind.EXPENSE,
        OperationKind.REFUND,
        OperationKind.RECOGNITION,
    }
)
_DIRECTIONS = {
    OperationKind.INCOME: Direction.INCOME,
    OperationKind.EXPENSE: Direction.EXPENSE,
}
_HALVES = (":paid", ":accrued")


async def take_in_edit(unit: UnitOfWork, edit: SheetEdit) -> TakeInOutcome:
    """Take an edit in, all of its cells or none.

    Order: NotForPeople, UnknownValue and TwoAlike cell by cell, NothingChanged, AlreadyTaken,
    CorrectedBefore, MonthClosed, KeyTaken.
    """
    assert edit.cells
    sealed = await unit.journal.get(edit.key)
    assert sealed is not None
    articles = await unit.catalog.articles()
    wanted = sealed.operation
    for cell in edit.cells:
        changed = await _changed(unit, wanted, cell, articles.values())
        if not isinstance(changed, Operation):
            return changed
        wanted = changed
    if wanted == sealed.operation:
        return NothingChanged()
    before = await _before(unit, sealed, wanted)
    if before is not None:
        return before
    pairs = [(sealed, wanted), *await _other_half(unit, sealed, wanted)]
    outcome = await correct(unit, pairs, AUTHOR, WHY)
    if not isinstance(outcome, list):
        return outcome
    names = {number: article.name for number, article in articles.items()}
    changes = tuple(_words(sealed.operation, wanted, cell, names) for cell in edit.cells)
    await _audit(unit, edit, changes, outcome)
    return TakenIn(changes, outcome[0])


async def _changed(
    unit: UnitOfWork, operation: Operation, cell: Typed, articles: Iterable[Article]
) -> Operation | Refusal:
    if operation.kind not in _SAID or cell.dimension == MANAGER:
        return NotForPeople(operation.kind, cell)
    match cell.field:
        case Field.COMMENT:
            return replace(operation, comment=_comment(cell.text))
        case Field.ARTICLE:
            return _with_article(operation, cell, articles)
        case Field.DIMENSION:
            return await _with_value(unit, operation, cell)


def _comment(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[
        :COMMENT_CHARS_MAX
    ]


def _with_article(
    operation: Operation, cell: Typed, articles: Iterable[Article]
) -> Operation | Refusal:
    direction = _DIRECTIONS.get(operation.kind)
    if direction is None or _article_is_given(operation):
        return NotForPeople(operation.kind, cell)
    fitting = {
        one.name: one
        for one in articles
        if one.active and one.direction is direction and not _is_due(operation, one.id)
    }
    found = _named(cell.text, fitting)
    if len(found) > 1:
        return TwoAlike(cell, tuple(one.name for one in found))
    if not found:
        return UnknownValue(cell)
    old, new = Account.of_article(operation.article), Account.of_article(found[0].id)
    entries = tuple(
        Entry(_swapped(one.debit, old, new), _swapped(one.credit, old, new), one.amount)
        for one in operation.entries
    )
    return replace(operation, article=found[0].id, entries=entries)


def _article_is_given(operation: Operation) -> bool:
    """A fee that an acquirer withheld, and what counts towards the due of a deal."""
    accounts = [side for one in operation.entries for side in (one.debit, one.credit)]
    withheld = any(side.kind is AccountKind.CLEARING for side in accounts)
    return withheld or _is_due(operation, operation.article)


def _is_due(operation: Operation, article: int) -> bool:
    return operation.deal is not None and article == SystemArticle.SALES


def _swapped(account: Account, old: Account, new: Account) -> Account:
    return new if account.kind is AccountKind.ARTICLE and account == old else account


async def _with_value(unit: UnitOfWork, operation: Operation, cell: Typed) -> Operation | Refusal:
    said = {code: name for code, name in operation.dimensions if code != cell.dimension}
    text = " ".join(cell.text.split())
    if text and folded(text) != folded(UNSPECIFIED):
        known = await unit.catalog.dimension_values()
        values = {name: name for code, _, name in known if code == cell.dimension}
        found = _named(text, values)
        if len(found) > 1:
            return TwoAlike(cell, tuple(found))
        if not found:
            return UnknownValue(cell)
        said[cell.dimension] = found[0]
    return replace(operation, dimensions=dimensions(said))


def _named(text: str, known: dict[str, _Named]) -> list[_Named]:
    """The one of exactly that name, else all that differ from it in case or ё only."""
    text = " ".join(text.split())
    if text in known:
        return [known[text]]
    return [one for name, one in known.items() if folded(name) == folded(text)]


async def _before(
    unit: UnitOfWork, sealed: Sealed, wanted: Operation
) -> AlreadyTaken | CorrectedBefore | None:
    """Whether the operation stands; who edits a row that does not, edits history."""
    reversal = await unit.journal.reversal_of(sealed.operation.key)
    if reversal is None:
        return None
    following = await unit.journal.get(next_version(sealed.operation.key))
    if following is None:
        return CorrectedBefore(reversal)
    if replace(following.operation, key=wanted.key) == wanted:
        return AlreadyTaken(following)
    return CorrectedBefore(following)


async def _other_half(
    unit: UnitOfWork, sealed: Sealed, wanted: Operation
) -> Sequence[tuple[Sealed, Operation]]:
    """What was paid on one day and spent on another is two operations that say the same."""
    first, second = _HALVES
    for half, other in ((first, second), (second, first)):
        stem, found, version = sealed.operation.key.rpartition(half)
        if not found or version.strip("@0123456789"):
            continue
        twin = await unit.journal.get(f"{stem}{other}{version}")
        if twin is None or await unit.journal.reversal_of(twin.operation.key) is not None:
            continue
        old, new = (Account.of_article(one.article) for one in (sealed.operation, wanted))
        entries = tuple(
            Entry(_swapped(one.debit, old, new), _swapped(one.credit, old, new), one.amount)
            for one in twin.operation.entries
        )
        changed = replace(
            twin.operation,
            article=wanted.article,
            entries=entries,
            dimensions=wanted.dimensions,
            comment=wanted.comment,
        )
        return [(twin, changed)]
    return []


def _words(old: Operation, new: Operation, cell: Typed, names: dict[int, str]) -> Change:
    match cell.field:
        case Field.COMMENT:
            return Change(cell.title, old.comment, new.comment)
        case Field.ARTICLE:
            return Change(cell.title, names[old.article], names[new.article])
        case Field.DIMENSION:
            sides = (dict(one.dimensions).get(cell.dimension, UNSPECIFIED) for one in (old, new))
            return Change(cell.title, *sides)


async def _audit(
    unit: UnitOfWork, edit: SheetEdit, changes: Sequence[Change], done: Sequence[Corrected]
) -> None:
    details = {
        "spreadsheet": edit.place,
        "row": edit.row,
        "changes": [{"column": one.title, "old": one.old, "new": one.new} for one in changes],
        "reversals": [one.reversal.number for one in done],
        "operations": [one.new.number for one in done],
    }
    await unit.upkeep.audit(AUTHOR, "corrected", edit.key, details)
