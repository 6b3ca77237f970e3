"""One row of a table as a statement line, by its profile; the sign is never guessed."""

import re
from dataclasses import dataclass, field
from datetime import date

from banking.formats.identity import Identities, Key
from banking.formats.records import Direction, Movement, Problem, ProblemCode, StatementLine
from banking.formats.tables.beside import account_in, read_sum
from banking.formats.tables.grid import Grid, Row, fold
from banking.formats.tables.layout import Layout
from banking.formats.tables.profile import Fact, Profile, Role, Sign
from banking.formats.values import (
    clean_account,
    clean_inn,
    clean_name,
    clean_text,
    currency_named,
    currency_of,
    parse_day,
)
from banking.formats.wording import problem
from ledger.money import BadAmount, Currency, Money

__all__ = ["Ours", "Read", "currency_around", "read_row"]

_NUMERIC_CURRENCIES = {
    "643": "RUB",
    "810": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "398": "KZT",
    "933": "BYN",
    "980": "UAH",
}
_ACCOUNT_CHARS_MIN = 5
_TELLS_CURRENCY = re.compile(r"[0-9]{20}|(?:KZ|BY)[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Ours:
    """Our accounts: of the file (for rows that name none) and of the configuration."""

    account: str
    all: frozenset[str]
    currencies: dict[str, Currency] = field(default_factory=dict)

    def agree(self, account: str, currency: Currency) -> bool:
        """Whether the account is in this currency; the first document of an account decides."""
        return self.currencies.setdefault(account, currency) is currency


@dataclass(frozen=True, slots=True)
class Read:
    """A document (its line None when it was left out), or a row that is none (`is_document`)."""

    line: StatementLine | None = None
    move: Movement | None = None
    problems: tuple[Problem, ...] = ()
    is_document: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    grid: Grid
    layout: Layout
    row: Row
    position: int

    @property
    def profile(self) -> Profile:
        return self.layout.profile

    @property
    def label(self) -> str:
        number = self.cell(Role.NUMBER) or "?"
        return f"№ {number[:20]} (строка {self.row.number})"

    def cell(self, role: Role) -> str:
        return self.layout.cell(self.row, role)

    def left_out(self, code: ProblemCode, fact: str = "") -> Read:
        return Read(problems=(problem(self.row.number, code, fact, self.label),))


def read_row(
    grid: Grid, layout: Layout, row: Row, position: int, ours: Ours, identities: Identities
) -> Read:
    """Interpret a row under the headings; `position` is its number among the documents.

    Left out, in this order: not a document, moved cells, not booked, bad date, no date, currency
    unknown, bad amount, zero amount, direction unknown.
    """
    place = _Place(grid, layout, row, position)
    if not _is_document(place):
        return Read(is_document=False)
    if grid.is_even and _is_moved(place):
        return place.left_out(ProblemCode.BAD_ROW, "в строке больше или меньше ячеек, чем колонок")
    held = fold(place.cell(Role.STATUS))
    if held and held in place.profile.words_held:
        return place.left_out(ProblemCode.NOT_BOOKED, place.cell(Role.STATUS))
    day = _day(place)
    if day is None:
        text = place.cell(Role.DATE)
        return place.left_out(ProblemCode.BAD_DATE if text else ProblemCode.NO_DATE, text)
    account = _account(place, ours)
    currency = _currency(place, account)
    if currency is None:
        return place.left_out(ProblemCode.CURRENCY_UNKNOWN, account or place.profile.currency)
    if not account and place.cell(Role.ACCOUNT):
        return place.left_out(ProblemCode.BAD_ROW, "номер счёта прочитать нельзя")
    paid = _paid(place, currency)
    if isinstance(paid, Read):
        return paid
    if not ours.agree(account, currency):
        return place.left_out(ProblemCode.BAD_ROW, "валюта не та, что в других строках счёта")
    return _line(place, ours, (account, day, *paid), identities)


def currency_around(profile: Profile, account: str) -> Currency | None:
    """The currency where no column names it: the account's, if its number tells, or the bank's."""
    if _TELLS_CURRENCY.fullmatch(account):
        return currency_of(account)
    return _named(profile.currency)


def _named(text: str) -> Currency | None:
    """The currency by its ISO letters or digits, RUR included; None when it is not kept."""
    code = text.strip().upper()
    return currency_named(_NUMERIC_CURRENCIES.get(code, code))


def _is_document(place: _Place) -> bool:
    """Whether the row has a date or a sum of its own; titles, totals and signatures have none."""
    if place.layout.is_heading(place.row, place.grid):
        return False
    sums = (place.cell(role) for role in (Role.AMOUNT, Role.DEBIT, Role.CREDIT))
    has_sum = any(any(char.isdigit() for char in text) for text in sums)
    has_day = _day(place) is not None
    if has_day and has_sum:
        return True
    if _is_total(place):
        return False
    return has_day or has_sum or place.cell(Role.DATE)[:1].isdigit()


_TOTALS = ("итого", "всего", "количество", "входящий", "исходящий", "остаток", "сальдо", "оборот")


def _is_total(place: _Place) -> bool:
    """Whether the row begins with words for totals, those of the profile included."""
    first = fold(next((cell for cell in place.row.cells if cell), ""))
    labels = (
        label
        for fact, texts in place.profile.facts.items()
        if fact not in {Fact.ACCOUNT, Fact.PERIOD}
        for label in texts
    )
    return first.startswith((*_TOTALS, *labels))


def _is_moved(place: _Place) -> bool:
    cells = place.row.cells
    return len(cells) < place.layout.width or any(cells[place.layout.width :])


def _day(place: _Place) -> date | None:
    text = place.cell(Role.DATE)
    for pattern in place.profile.dates:
        if found := pattern.fullmatch(text):
            year = found["y"] if len(found["y"]) > 2 else f"20{found['y']}"  # noqa: PLR2004 - two digits
            return parse_day(f"{year}-{found['m']:0>2}-{found['d']:0>2}")
    # A date cell of a workbook comes as ISO text whatever the bank's text form is.
    return None if place.grid.is_even else parse_day(text)


def _account(place: _Place, ours: Ours) -> str:
    text = clean_account(place.cell(Role.ACCOUNT))
    if not text:
        return ours.account
    # Some accounts have neither twenty digits nor the form of an IBAN.
    return account_in(text) or (text if text.isalnum() and len(text) >= _ACCOUNT_CHARS_MIN else "")


def _currency(place: _Place, account: str) -> Currency | None:
    text = place.cell(Role.CURRENCY)
    return _named(text) if text else currency_around(place.profile, account)


def _paid(place: _Place, currency: Currency) -> tuple[Direction, Money] | Read:
    match place.profile.sign:
        case Sign.COLUMNS:
            return _by_columns(place, currency)
        case Sign.SIGNED:
            amount = _sum(place, Role.AMOUNT, currency)
            if isinstance(amount, Read):
                return amount
            return (Direction.OUT, -amount) if amount.minor < 0 else (Direction.IN, amount)
        case Sign.DIRECTION:
            return _by_word(place, currency)


def _by_word(place: _Place, currency: Currency) -> tuple[Direction, Money] | Read:
    amount = _sum(place, Role.AMOUNT, currency)
    if isinstance(amount, Read):
        return amount
    if amount.minor < 0:
        return place.left_out(ProblemCode.BAD_AMOUNT, place.cell(Role.AMOUNT))
    word = fold(place.cell(Role.DIRECTION))
    if word in place.profile.words_in:
        return Direction.IN, amount
    if word in place.profile.words_out:
        return Direction.OUT, amount
    fact = f"слово «{place.cell(Role.DIRECTION)[:20]}» не говорит, пришли деньги или ушли"
    return place.left_out(ProblemCode.BAD_ROW, fact)


def _by_columns(place: _Place, currency: Currency) -> tuple[Direction, Money] | Read:
    found: list[tuple[Direction, Money]] = []
    for role, direction in ((Role.DEBIT, Direction.OUT), (Role.CREDIT, Direction.IN)):
        text = place.cell(role)
        if not text or text in {"-", "—"}:
            continue
        value = read_sum(text, currency)
        if isinstance(value, BadAmount) or value.minor < 0:
            return place.left_out(ProblemCode.BAD_AMOUNT, text)
        if value.minor:
            found.append((direction, value))
    if len(found) == 1:
        return found[0]
    if found:
        return place.left_out(ProblemCode.BAD_ROW, "указаны и приход, и расход")
    given = place.cell(Role.DEBIT) or place.cell(Role.CREDIT)
    return place.left_out(ProblemCode.ZERO_AMOUNT if given else ProblemCode.BAD_AMOUNT, given)


def _sum(place: _Place, role: Role, currency: Currency) -> Money | Read:
    text = place.cell(role)
    value = read_sum(text, currency)
    if isinstance(value, BadAmount) or not text:
        return place.left_out(ProblemCode.BAD_AMOUNT, text)
    return value if value.minor else place.left_out(ProblemCode.ZERO_AMOUNT, text)


@dataclass(frozen=True, slots=True)
class _Other:
    name: str
    inn: str
    account: str


def _other(place: _Place, direction: Direction) -> _Other:
    """The other side: payer of what came, payee of what went."""
    payers = (Role.PAYER, Role.PAYER_INN, Role.PAYER_ACCOUNT, Role.PAYER_BLOCK)
    payees = (Role.PAYEE, Role.PAYEE_INN, Role.PAYEE_ACCOUNT, Role.PAYEE_BLOCK)
    roles = payers if direction is Direction.IN else payees
    name, inn, account, block = (place.cell(role) for role in roles)
    if block:
        return _block(block)
    return _Other(
        place.cell(Role.COUNTERPARTY) or name,
        place.cell(Role.COUNTERPARTY_INN) or inn,
        clean_account(place.cell(Role.COUNTERPARTY_ACCOUNT) or account),
    )


def _block(text: str) -> _Other:
    """Account, INN and name, each on its own line; the INN may be missing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    account = clean_account(lines.pop(0)) if lines and account_in(lines[0]) else ""
    is_inn = bool(lines) and lines[0].isascii() and lines[0].isdigit()
    inn = lines.pop(0) if is_inn else ""
    # Of a person the bank adds the address: «Иванов И. И.//Москва, …//».
    return _Other(" ".join(lines).split("//")[0], inn, account)


def _line(
    place: _Place, ours: Ours, paid: tuple[str, date, Direction, Money], identities: Identities
) -> Read:
    account, day, direction, amount = paid
    other = _other(place, direction)
    number = place.cell(Role.NUMBER)
    purpose = clean_text(place.cell(Role.PURPOSE))
    is_own = bool(other.account) and other.account in ours.all and other.account != account
    key = Key(account, direction, day, amount, number, other.account, purpose)
    identity = identities.next(key)
    payer, payee = (account, other.account)
    if is_own and direction is Direction.IN:
        payer, payee = payee, payer
    line = StatementLine(
        line=place.position,
        account=payer,
        direction=Direction.OWN if is_own else direction,
        day=day,
        amount=amount,
        number=number,
        counterparty=clean_name(other.name),
        inn=clean_inn(other.inn, kazakh=amount.currency is Currency.KZT),
        counterparty_account=payee,
        purpose=purpose,
        document_type=clean_text(place.cell(Role.TYPE)),
        identity=identity,
        arrived_on=day if is_own else None,
        bank_reference=place.cell(Role.REFERENCE) or None,
    )
    return Read(line, _move(line, account, direction, is_own=is_own))


def _move(line: StatementLine, account: str, direction: Direction, *, is_own: bool) -> Movement:
    is_ours_first = line.account == account
    return Movement(
        line=line.line,
        account=account,
        direction=direction,
        day=line.day,
        amount=line.amount,
        counterparty_account=line.counterparty_account if is_ours_first else line.account,
        own_transfer=is_own,
        identity=line.identity,
        identity_version=line.identity_version,
        source=line,
    )
