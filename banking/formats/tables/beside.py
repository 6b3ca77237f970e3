"""What stands beside the table: the account, the period, balances and turnovers.

Выписка операций по лицевому счету | | 40702810…      account: the next filled cell
Входящий остаток: 1 000,00 RUR                        opening: after the label
                      Дебет       Кредит
Итого оборотов        500,00      700,00               debited, credited
Исходящий остаток                 1 200,00             closing: credit less debit
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from banking.formats.records import Problem, ProblemCode
from banking.formats.tables.grid import Row, fold
from banking.formats.tables.profile import Fact, Profile
from banking.formats.values import clean_account, parse_balance, parse_day
from banking.formats.wording import problem
from ledger.money import BadAmount, Currency, Money

__all__ = ["Beside", "account_in", "read_beside", "read_sum"]

# Twenty digits of a Russian account, or an IBAN; a mask may hide some of them.
_ACCOUNT = re.compile(
    r"(?<![0-9A-Z*])(?:[0-9*]{20}|[A-Z]{2}[0-9]{2}[0-9A-Z*]{11,30})(?![0-9A-Z*])"
)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}")
_WORDY_DAY = re.compile(r"(\d{1,2})\s+([а-я]+)\s+(\d{4})", re.IGNORECASE)
_MONTHS = tuple(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905 - a table
)
_CURRENCY_MARK = re.compile(r"\s*(?:[A-Z]{3}|руб\.?|р\.|₽|₸|тг\.?|\((?:П|К|КР|CR)\))\s*$")
_TWO_SIDED = frozenset({Fact.TURNOVERS, Fact.COUNT})
_BALANCES = (Fact.OPENING, Fact.CLOSING)
_TURNOVERS = (Fact.CREDITED, Fact.DEBITED)


@dataclass(slots=True)
class Beside:
    """What was found; None where nothing was. `rows` are the rows that these facts stand in."""

    account: str = ""
    start: date | None = None
    end: date | None = None
    sums: dict[Fact, Money] = field(default_factory=dict)
    count: int | None = None
    problems: list[Problem] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)


def account_in(text: str) -> str:
    """The account number in a text, blanks inside it forgiven; empty when there is none."""
    found = _ACCOUNT.search(text.upper()) or _ACCOUNT.search(clean_account(text).upper())
    return found[0] if found else ""


def read_sum(text: str, currency: Currency) -> Money | BadAmount:
    """A sum with its sign and, after it, whatever currency mark the bank puts there."""
    return parse_balance(_CURRENCY_MARK.sub("", text).removeprefix("+"), currency)


def read_beside(profile: Profile, rows: Iterable[Row], currency: Currency) -> Beside:
    """Look through the rows around the table; the first place of each fact counts."""
    beside = Beside()
    sides: tuple[int, int] | None = None
    for row in rows:
        sides = _sides(row) or sides
        for position, cell in enumerate(row.cells):
            for fact, rest in _labelled(profile, cell):
                _take(beside, _Place(fact, row, position, rest, sides), currency)
    return beside


@dataclass(frozen=True, slots=True)
class _Place:
    fact: Fact
    row: Row
    position: int
    rest: str
    sides: tuple[int, int] | None

    @property
    def values(self) -> Sequence[str]:
        """What may be the value: the rest of the labelled cell, or the filled cells after it."""
        if any(char.isdigit() for char in self.rest):
            return [self.rest]
        return [cell for cell in self.row.cells[self.position + 1 :] if cell]

    def sided(self) -> tuple[str, str] | None:
        """The values under «Дебет» and «Кредит»."""
        if self.sides is None:
            return None
        debit, credit = (self.row.cell(side) for side in self.sides)
        return (debit, credit) if debit or credit else None


def _labelled(profile: Profile, cell: str) -> Iterator[tuple[Fact, str]]:
    if not cell:
        return
    folded = fold(cell)
    for fact, labels in profile.facts.items():
        for label in labels:
            if folded == label:
                yield fact, ""
                break
            if folded.startswith(label) and not folded[len(label)].isalnum():
                yield fact, cell[len(label) :].strip(" :")
                break


def _sides(row: Row) -> tuple[int, int] | None:
    names = {fold(cell): position for position, cell in enumerate(row.cells) if cell}
    debit, credit = names.get("дебет"), names.get("кредит")
    return (debit, credit) if debit is not None and credit is not None else None


def _take(beside: Beside, place: _Place, currency: Currency) -> None:
    beside.rows.add(place.row.number)
    match place.fact:
        case Fact.ACCOUNT:
            found = (account_in(value) for value in place.values)
            beside.account = beside.account or next((one for one in found if one), "")
        case Fact.PERIOD:
            if beside.start is None:
                beside.start, beside.end = _period(place.row)
        case Fact.COUNT:
            numbers = [value for value in place.sided() or () if value.isascii()]
            if numbers and all(value.isdigit() for value in numbers) and beside.count is None:
                beside.count = sum(map(int, numbers))
        case Fact.TURNOVERS:
            sided = place.sided()
            if sided:
                for fact, text in zip((Fact.DEBITED, Fact.CREDITED), sided, strict=True):
                    _keep(beside, fact, _read(beside, place, text or "0", currency))
        case Fact.OPENING | Fact.CLOSING | Fact.CREDITED | Fact.DEBITED:
            _keep(beside, place.fact, _balance(beside, place, currency))


def _keep(beside: Beside, fact: Fact, value: Money | None) -> None:
    if value is not None:
        beside.sums.setdefault(fact, value)


def _balance(beside: Beside, place: _Place, currency: Currency) -> Money | None:
    sided = place.sided()
    if sided is not None:
        debit, credit = (_read(beside, place, text or "0", currency) for text in sided)
        return credit - debit if debit is not None and credit is not None else None
    numeric = [value for value in place.values if any(char.isdigit() for char in value)]
    return _read(beside, place, numeric[0], currency) if numeric else None


def _read(beside: Beside, place: _Place, text: str, currency: Currency) -> Money | None:
    value = read_sum(text, currency)
    if isinstance(value, BadAmount):
        beside.problems.append(problem(place.row.number, ProblemCode.BAD_BALANCE, text))
        return None
    return value


def _period(row: Row) -> tuple[date | None, date | None]:
    text = " ".join(cell for cell in row.cells if cell)
    days = [parse_day(one) for one in _DAY.findall(text)]
    for day, month, year in _WORDY_DAY.findall(text):
        if month.casefold() in _MONTHS:
            number = _MONTHS.index(month.casefold()) + 1
            days.append(parse_day(f"{day}.{number:02d}.{year}"))
    known = [day for day in days if day is not None]
    return (known[0], known[1]) if len(known) > 1 else (None, None)
