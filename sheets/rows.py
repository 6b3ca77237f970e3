"""An operation as its row of Журнал: values in the columns' order, and a checksum of what stands there.

The same operation and the same names always give the same row, so writing it again changes nothing.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from ledger.accounts import Account, AccountKind
from ledger.articles import Article
from ledger.chain import Sealed
from ledger.months import Month
from ledger.operations import Operation, OperationKind
from ledger.pnl import UNSPECIFIED, placed_at
from sheets.hidden import Hidden
from sheets.model import Value
from sheets.serials import day_serial, instant_serial, roubles
from sheets.tabs.inputs import month_serial
from sheets.tabs.journal_tab import COMMON_ID, LINE_IDS, UNSPECIFIED_ID, JournalShape
from store.scopes import EVERYTHING, Scope

__all__ = ["KINDS", "Names", "RowImage", "checksum", "plain_text", "row_image"]

TEXT_CHARS_MAX = 500
HASH_CHARS = 16
_CONTROLS: dict[int, str | None] = dict.fromkeys((*range(32), 127, 0xFFFE, 0xFFFF))
_CONTROLS |= {9: " ", 10: " "}

KINDS = {
    OperationKind.PAYMENT: "Оплата клиента",
    OperationKind.INCOME: "Доход",
    OperationKind.EXPENSE: "Расход",
    OperationKind.REFUND: "Возврат клиенту",
    OperationKind.TRANSFER: "Перемещение",
    OperationKind.STATEMENT: "Строка выписки",
    OperationKind.RECOGNITION: "Признание выручки",
    OperationKind.BALANCE: "Переплата клиента",
    OperationKind.OPENING: "Начальный остаток",
    OperationKind.REVERSAL: "Сторно",
}
_PLACES = {
    AccountKind.DESK: "Касса",
    AccountKind.BANK: "Счёт",
    AccountKind.CARD: "Карта",
    AccountKind.CLEARING: "Ожидается от банка",
    AccountKind.COLLECTED: "На руках",
    AccountKind.ISSUED: "Под отчёт",
    AccountKind.CLIENT: "Клиент",
    AccountKind.BALANCE: "Баланс клиента",
    AccountKind.SUPPLIER: "Поставщик",
    AccountKind.DEFERRED: "Расходы сделки",
    AccountKind.SUSPENSE: "Невыясненные",
    AccountKind.TRANSIT: "Переводы в пути",
    AccountKind.ARTICLE: "Статья",
    AccountKind.OPENING: "Ввод остатков",
}
_PERSONAL = {AccountKind.COLLECTED, AccountKind.ISSUED}
_MONEY = _PERSONAL | {
    AccountKind.DESK,
    AccountKind.BANK,
    AccountKind.CARD,
    AccountKind.CLEARING,
    AccountKind.SUSPENSE,
}
# The columns that hold words of people, or their names.
_WRITTEN = ("counterparty", "comment", "author")


@dataclass(frozen=True, slots=True)
class Names:
    """What rows call things: articles, money places, people, dimension values, earlier operations.

    `hidden` are names that the spreadsheet's readers must not see: then accounts are called by
    their kind alone, and those names are struck out of people's texts.
    """

    articles: Mapping[int, Article]
    places: Mapping[Account, str]
    people: Mapping[str, str]
    values: Mapping[tuple[str, str], int]
    numbers: Mapping[str, int]
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class RowImage:
    """One row of Журнал; the checksum stands in its last cell.

    `number` is the operation's in the books, `place` counts the rows of the tab from one.
    """

    number: int
    cells: tuple[Value, ...]
    place: int

    @property
    def checksum(self) -> str:
        """The checksum of the other cells."""
        last = self.cells[-1]
        assert isinstance(last, str)
        return last


def row_image(
    sealed: Sealed,
    shape: JournalShape,
    names: Names,
    zone: ZoneInfo,
    scope: Scope = EVERYTHING,
    place: int | None = None,
) -> RowImage:
    """The row of an operation; in a tab of all operations its place is its number."""
    operation = sealed.operation
    values: dict[str, Value] = {
        "number": sealed.number,
        "kind": KINDS[operation.kind],
        "article": names.articles[operation.article].name,
        "amount": roubles(operation.amount.minor),
        "source": _places([entry.credit for entry in operation.entries], names),
        "target": _places([entry.debit for entry in operation.entries], names),
        "counterparty": operation.counterparty,
        "contract_no": operation.contract_no,
        "deal": operation.deal or "",
        "comment": operation.comment,
        "author": operation.author,
        "reverses": names.numbers[operation.reverses] if operation.reverses else None,
        "recorded_at": instant_serial(sealed.recorded_at, zone),
        "hash": sealed.hash[:HASH_CHARS],
        "key": operation.key,
        **_figures(operation, names, scope),
        **_dimensions(operation, shape, names),
    }
    if names.hidden is not None:
        values |= {code: names.hidden.struck(values[code]) for code in _WRITTEN}
    cells = [_tidy(values.get(column.code)) for column in shape.columns[:-1]]
    return RowImage(sealed.number, (*cells, checksum(cells)), place or sealed.number)


def plain_text(text: str) -> str:
    """A person's text as a cell holds it: no control characters, at most 500 characters."""
    clean = text.translate(_CONTROLS)
    return clean if len(clean) <= TEXT_CHARS_MAX else f"{clean[: TEXT_CHARS_MAX - 1]}…"


def checksum(cells: Sequence[Value]) -> str:
    """A short hash of typed values; a number read back as a double gives the same one."""
    typed = [_typed(cell) for cell in cells]
    text = json.dumps(typed, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_CHARS]


def _figures(operation: Operation, names: Names, scope: Scope) -> dict[str, Value]:
    """Both days are shown; what a basis counts in another year's spreadsheet has no month here."""
    line = names.articles[operation.article].line
    figures: dict[str, Value] = {"line": LINE_IDS[line] if line else None}
    sides = (
        ("paid_on", "cash_month", "cash_effect", operation.paid_on, operation.cash_effect),
        (
            "accrued_on",
            "accrual_month",
            "accrual_effect",
            operation.accrued_on,
            operation.accrual_effect,
        ),
    )
    for day_code, month_code, effect_code, day, effect in sides:
        if day is not None:
            figures[day_code] = day_serial(day)
        if day is not None and scope.counts(day):
            figures[month_code] = month_serial(Month.of(day))
            figures[effect_code] = roubles(effect)
    return figures


def _dimensions(operation: Operation, shape: JournalShape, names: Names) -> dict[str, Value]:
    chosen = dict(operation.dimensions)
    result: dict[str, Value] = {}
    for dimension in shape.dimensions:
        value = chosen.get(dimension.code)
        result[f"name:{dimension.code}"] = value or ""
        result[f"id:{dimension.code}"] = _value_id(operation, dimension.code, value, names)
    return result


def _value_id(operation: Operation, code: str, value: str | None, names: Names) -> int | None:
    """The id of the report's row that the operation belongs to, as `ledger.pnl.placed_at` decides."""
    line = names.articles[operation.article].line
    if line is None:
        return names.values[code, value] if value and value != UNSPECIFIED else None
    place = placed_at(value, line, operation.deal is not None)
    if place is None:
        return COMMON_ID
    return UNSPECIFIED_ID if place == UNSPECIFIED else names.values[code, place]


def _places(accounts: Sequence[Account], names: Names) -> str:
    return "; ".join(dict.fromkeys(_place(account, names) for account in accounts))


def _place(account: Account, names: Names) -> str:
    named = names.places.get(account)
    if named is not None:
        return named
    word = _PLACES[account.kind]
    if names.hidden is not None and account.kind in _MONEY:
        return _of_kind(word, account, names)
    match account.kind:
        case AccountKind.TRANSIT | AccountKind.OPENING:
            return word
        case AccountKind.ARTICLE:
            article = names.articles.get(int(account.ref))
            return article.name if article else f"{word}: {account.ref}"
        case AccountKind.SUSPENSE:
            bank = names.places.get(Account(AccountKind.BANK, account.ref), account.ref)
            return f"{word}: {bank}"
        case AccountKind.COLLECTED | AccountKind.ISSUED:
            return f"{word}: {names.people.get(account.ref, account.ref)}"
        case _:
            return f"{word}: {account.ref}"


def _of_kind(word: str, account: Account, names: Names) -> str:
    """A place of money by its kind, and by the person when it may be told who that is."""
    person = names.people.get(account.ref) if account.kind in _PERSONAL else None
    return f"{word}: {person}" if person else word


def _tidy(value: Value) -> Value:
    if isinstance(value, str):
        return plain_text(value) or None
    return value


def _typed(cell: Value) -> list[str] | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return ["t", cell]
    assert isinstance(cell, int | Decimal)
    return ["n", format(Decimal(cell).normalize(), "f")]
