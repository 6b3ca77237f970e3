"""Expenses: recorded at once from one line, corrected by reversal, never edited.

    record   «500 такси»          -> Recorded, version 1
    article  «Реклама»            -> version 1 reversed, version 2 posted, the words remembered
    undo                          -> the newest version reversed
    undo again                    -> AlreadyUndone

An expense is a thing with versions; the operation of version n has the key `expense:<id>#n`.
"""

from dataclasses import dataclass, replace
from datetime import date

from ledger.accounts import Account
from ledger.articles import Article, Direction
from ledger.chain import Sealed
from ledger.money import Money
from ledger.operations import Operation, reverse
from ledger.posting import About, TwoDates, expense
from ledger.seed import SystemArticle
from store.journal import AlreadyPosted, DiffersFrom, Posted
from store.records import Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.posting import MonthClosed, post
from usecases.telling import redraw

__all__ = [
    "AlreadyUndone",
    "ChangeOutcome",
    "Changed",
    "ExpenseState",
    "NoSuchArticle",
    "NoSuchExpense",
    "RecordExpense",
    "RecordOutcome",
    "Recorded",
    "change_article",
    "change_day",
    "expense_state",
    "folded",
    "likely_articles",
    "record_expense",
    "undo_expense",
]

LIKELY_ARTICLES = 6
WORDS_CHARS_MAX = 500
# What small companies spend on most, for a person without a history.
_COMMON = (407, 201, 301, 402, 405, 408, 401, 303)


@dataclass(frozen=True, slots=True)
class RecordExpense:
    """What a person typed: `expense` is its id, made where they acted (chat, message, line)."""

    expense: str
    amount: Money
    words: str
    day: date
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """It is in the books. `unsorted`: the words were unknown and the article must be asked."""

    operation: Operation
    article: Article
    unsorted: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """The newest version of the expense after a change."""

    operation: Operation


@dataclass(frozen=True, slots=True)
class AlreadyUndone:
    """The expense was undone before; nothing was written."""

    reversal: Sealed


@dataclass(frozen=True, slots=True)
class NoSuchExpense:
    """No expense has that id, or it is somebody else's and the person may not touch it."""


@dataclass(frozen=True, slots=True)
class NoSuchArticle:
    """No active expense article has that id."""


@dataclass(frozen=True, slots=True)
class ExpenseState:
    """The newest version of an expense and its reversal if it was undone."""

    sealed: Sealed
    version: int
    reversal: Sealed | None


RecordOutcome = Recorded | NotAllowed | MonthClosed | DiffersFrom
ChangeOutcome = Changed | AlreadyUndone | NoSuchExpense | NoSuchArticle | NotAllowed | MonthClosed


async def record_expense(unit: UnitOfWork, actor: Person, command: RecordExpense) -> RecordOutcome:
    """Record an expense at once. Checked in this order: NotAllowed, DiffersFrom, MonthClosed.

    The article is the remembered one of the words, or an active article of that name, else «Без
    статьи». The same expense again returns the first outcome.
    """
    refused = refusal(actor, Verb.RECORD_EXPENSE)
    if refused is not None:
        return refused
    words = command.words.strip()[:WORDS_CHARS_MAX]
    article_id = await _article_of(unit, words)
    known = await unit.journal.get(_key(command.expense, 1))
    if known is not None:
        # A replay must not depend on what was remembered since: compare what was typed.
        article_id = known.operation.article
    article = await unit.catalog.article(article_id)
    assert article is not None
    about = About(_key(command.expense, 1), actor.name, comment=words)
    place = command.account or actor.account
    (operation,) = expense(
        about, article_id, place, command.amount, TwoDates(command.day, command.day)
    )
    outcome = await post(unit, operation)
    match outcome:
        case Posted(sealed) | AlreadyPosted(sealed):
            unsorted = article_id == SystemArticle.UNSORTED
            return Recorded(sealed.operation, article, unsorted)
        case DiffersFrom() | MonthClosed():
            return outcome


async def undo_expense(unit: UnitOfWork, actor: Person, expense_id: str) -> ChangeOutcome:
    """Take an expense back. Order: NotAllowed, NoSuchExpense, AlreadyUndone, MonthClosed."""
    found = await _own(unit, actor, expense_id)
    if not isinstance(found, ExpenseState):
        return found
    if found.reversal is not None:
        return AlreadyUndone(found.reversal)
    operation = found.sealed.operation
    outcome = await _reverse(unit, operation, actor, "отменено")
    if isinstance(outcome, MonthClosed):
        return outcome
    await redraw(unit, f"expense:{expense_id}")
    return Changed(operation)


async def change_article(
    unit: UnitOfWork, actor: Person, expense_id: str, article_id: int
) -> ChangeOutcome:
    """Give an expense another article; its words will mean that article from now on.

    Order: NotAllowed, NoSuchExpense, AlreadyUndone, NoSuchArticle, MonthClosed.
    """
    article = await unit.catalog.article(article_id)
    state = await _own(unit, actor, expense_id)
    if not isinstance(state, ExpenseState):
        return state
    if state.reversal is not None:
        return AlreadyUndone(state.reversal)
    if article is None or article.direction is not Direction.EXPENSE or not article.active:
        return NoSuchArticle()
    words = folded(state.sealed.operation.comment)
    if words:
        await unit.catalog.remember(words, article_id)
    entry = state.sealed.operation.entries[0]
    changed = replace(
        state.sealed.operation,
        article=article_id,
        entries=(replace(entry, debit=Account.of_article(article_id)),),
    )
    return await _new_version(unit, actor, expense_id, state, changed)


async def change_day(unit: UnitOfWork, actor: Person, expense_id: str, day: date) -> ChangeOutcome:
    """Move an expense to another day. The order of checks is that of `change_article`."""
    state = await _own(unit, actor, expense_id)
    if not isinstance(state, ExpenseState):
        return state
    if state.reversal is not None:
        return AlreadyUndone(state.reversal)
    changed = replace(state.sealed.operation, paid_on=day, accrued_on=day)
    return await _new_version(unit, actor, expense_id, state, changed)


async def expense_state(unit: UnitOfWork, expense_id: str) -> ExpenseState | None:
    """The newest version of an expense; None when there is none."""
    version, sealed = 0, None
    while (following := await unit.journal.get(_key(expense_id, version + 1))) is not None:
        version, sealed = version + 1, following
    if sealed is None:
        return None
    reversal = await unit.journal.reversal_of(sealed.operation.key)
    return ExpenseState(sealed, version, reversal)


async def likely_articles(unit: UnitOfWork, actor: Person) -> list[Article]:
    """Six articles to tap: what the person uses most, filled up with common ones."""
    articles = await unit.catalog.articles()
    used = await unit.catalog.frequent_expenses(actor.name, LIKELY_ARTICLES + 1)
    order = [*used, *_COMMON]
    order = [one for one in dict.fromkeys(order) if one != SystemArticle.UNSORTED]
    active = [articles[one] for one in order if one in articles and articles[one].active]
    return active[:LIKELY_ARTICLES]


def folded(words: str) -> str:
    """Words as they are remembered: lower case, single spaces, ё as е."""
    return " ".join(words.casefold().replace("ё", "е").split())


async def _article_of(unit: UnitOfWork, words: str) -> int:
    wanted = folded(words)
    if not wanted:
        return int(SystemArticle.UNSORTED)
    remembered = await unit.catalog.alias(wanted)
    if remembered is not None:
        return remembered
    for article in (await unit.catalog.articles()).values():
        usable = article.active and article.direction is Direction.EXPENSE
        if usable and folded(article.name) == wanted:
            return article.id
    return int(SystemArticle.UNSORTED)


async def _own(
    unit: UnitOfWork, actor: Person, expense_id: str
) -> ExpenseState | NotAllowed | NoSuchExpense:
    refused = refusal(actor, Verb.RECORD_EXPENSE)
    if refused is not None:
        return refused
    state = await expense_state(unit, expense_id)
    if state is None or state.sealed.operation.author != actor.name:
        return NoSuchExpense()
    return state


async def _new_version(
    unit: UnitOfWork, actor: Person, expense_id: str, state: ExpenseState, changed: Operation
) -> Changed | MonthClosed:
    old = state.sealed.operation
    if changed == old:
        return Changed(old)
    periods = await unit.upkeep.periods()
    closed = periods.closed_days((*changed.days, *old.days), unit.now())
    if closed:
        return MonthClosed(closed[0])
    await _reverse(unit, old, actor, "исправлено")
    operation = replace(changed, key=_key(expense_id, state.version + 1))
    outcome = await post(unit, operation)
    assert isinstance(outcome, Posted | AlreadyPosted)
    await redraw(unit, f"expense:{expense_id}")
    return Changed(operation)


async def _reverse(
    unit: UnitOfWork, operation: Operation, actor: Person, comment: str
) -> Posted | AlreadyPosted | MonthClosed:
    day = operation.paid_on or operation.days[0]
    back = reverse(operation, f"{operation.key}:reversal", day, actor.name, comment)
    outcome = await post(unit, back)
    assert not isinstance(outcome, DiffersFrom)
    return outcome


def _key(expense_id: str, version: int) -> str:
    return f"expense:{expense_id}#{version}"
