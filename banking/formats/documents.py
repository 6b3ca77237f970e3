"""Documents of a 1C file: direction, day, sum and the other side of each (FORMAT_1C §6).

The direction comes from account numbers; dates decide only where no account is ours, because
real banks fill ДатаСписано in incoming documents too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from banking.formats.grammar import Block
from banking.formats.identity import Identities, Key
from banking.formats.records import Direction, Problem, ProblemCode, StatementLine
from banking.formats.values import (
    clean_account,
    clean_inn,
    clean_name,
    clean_text,
    currency_of,
    masks_agree,
    parse_day,
)
from banking.formats.wording import problem
from ledger.money import BadAmount, BadAmountReason, Money, parse_amount

__all__ = ["Own", "Read", "read_document"]

_MASKED_ACCOUNTS_MAX = 200
_PAYER, _PAYEE = "Плательщик", "Получатель"
# Accounts of banks themselves: they stand in for the client's own in indirect settlement.
_BANK_ACCOUNTS = ("30101", "30102", "30109", "30111")
_ACCOUNTS = {
    side: tuple(f"{side}{end}" for end in ("РасчСчет", "Счет", "Счёт", "ИИК"))
    for side in (_PAYER, _PAYEE)
}
_PURPOSE_PARTS = tuple(f"НазначениеПлатежа{part}" for part in range(1, 7))
_DATES = (
    "ДатаСписано",
    "ДатаПоступило",
    "ДатаОперации",
    "ДатаВалютирования",
    "Дата",
    "ДатаДокумента",
)


@dataclass(frozen=True, slots=True)
class Own:
    """Our accounts: of the file and of the configuration together."""

    accounts: frozenset[str]
    of_file: tuple[str, ...]

    def find(self, numbers: Iterable[str]) -> str:
        """The own account among these numbers, masked ones included; empty when none is."""
        for number in numbers:
            if number in self.accounts:
                return number
            masked = self._masked(number)
            if len(masked) == 1:
                return masked[0]
        return ""

    def _masked(self, number: str) -> list[str]:
        # No company has so many accounts, and every masked number would be tried on each.
        if "*" not in number or len(self.accounts) > _MASKED_ACCOUNTS_MAX:
            return []
        return [account for account in self.accounts if masks_agree(number, account)]


@dataclass(frozen=True, slots=True)
class Read:
    """The line of one document (None when it was left out) and what is to be said about it."""

    line: StatementLine | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    account: str
    direction: Direction
    other: str
    is_foreign: bool = False


def read_document(block: Block, position: int, own: Own, identities: Identities) -> Read:
    """Interpret one document.

    Left out, in this order: bad amount, zero amount, bad date, direction unknown, currency
    unknown, no date.
    """
    label = f"№ {block.get('Номер', 'НомерДокумента') or '?'} ({position}-й в файле)"

    def left_out(code: ProblemCode, fact: str = "") -> Read:
        return Read(None, (problem(block.line, code, fact, label),))

    amount_text = block.get("Сумма", "СуммаПриход", "СуммаРасход")
    bad = parse_amount(amount_text)
    if isinstance(bad, BadAmount):
        is_zero = bad.reason is BadAmountReason.ZERO
        return left_out(
            ProblemCode.ZERO_AMOUNT if is_zero else ProblemCode.BAD_AMOUNT, amount_text
        )
    unreadable = [text for key in _DATES if _is_bad_day(text := block.get(key))]
    if unreadable:
        return left_out(ProblemCode.BAD_DATE, unreadable[0])
    side = _side(block, own)
    if side is None:
        return left_out(ProblemCode.DIRECTION_UNKNOWN)
    currency = currency_of(side.account)
    if currency is None or block.get("Валюта").upper() not in {"", currency.value, "RUR"}:
        return left_out(ProblemCode.CURRENCY_UNKNOWN, side.account)
    day = _day(block, side.direction)
    if day is None:
        return left_out(ProblemCode.NO_DATE)
    line = _line(block, position, side, (day, Money(bad.minor, currency)), identities)
    warned = problem(block.line, ProblemCode.FOREIGN_ACCOUNT, side.account, label)
    return Read(line, (warned,) if side.is_foreign else ())


def _is_bad_day(text: str) -> bool:
    return bool(text) and parse_day(text) is None


def _numbers(block: Block, side: str) -> list[str]:
    return [clean_account(number) for key in _ACCOUNTS[side] if (number := block.get(key))]


def _side(block: Block, own: Own) -> _Side | None:
    payers, payees = _numbers(block, _PAYER), _numbers(block, _PAYEE)
    payer, payee = own.find(payers), own.find(payees)
    if payer and payee:
        return _Side(payer, Direction.OWN, payee)
    if payer:
        return _Side(payer, Direction.OUT, "".join(payees[:1]))
    if payee:
        return _Side(payee, Direction.IN, "".join(payers[:1]))
    direction = _stated(block) or _by_dates(block)
    if direction is Direction.OUT:
        return _foreign(Direction.OUT, payers, payees, own)
    if direction is Direction.IN:
        return _foreign(Direction.IN, payees, payers, own)
    return None


def _stated(block: Block) -> Direction | None:
    income, spending = bool(block.get("СуммаПриход")), bool(block.get("СуммаРасход"))
    if income is spending:
        return None
    return Direction.IN if income else Direction.OUT


def _by_dates(block: Block) -> Direction | None:
    spent, arrived = bool(block.get("ДатаСписано")), bool(block.get("ДатаПоступило"))
    if spent is arrived:
        return None
    return Direction.OUT if spent else Direction.IN


def _foreign(direction: Direction, ours: list[str], theirs: list[str], own: Own) -> _Side | None:
    number = ours[0] if ours else ""
    hidden = not number or "*" in number or number.startswith(_BANK_ACCOUNTS)
    if hidden and len(own.of_file) == 1:
        return _Side(own.of_file[0], direction, "".join(theirs[:1]))
    if not number:
        return None
    return _Side(number, direction, "".join(theirs[:1]), is_foreign=True)


def _day(block: Block, direction: Direction) -> date | None:
    spent, arrived = "ДатаСписано", "ДатаПоступило"
    first, second = (arrived, spent) if direction is Direction.IN else (spent, arrived)
    return parse_day(block.get(first, second, "ДатаОперации", "Дата", "ДатаДокумента"))


def _line(
    block: Block, position: int, side: _Side, paid: tuple[date, Money], identities: Identities
) -> StatementLine:
    day, amount = paid
    other = _PAYER if side.direction is Direction.IN else _PAYEE
    number = block.get("Номер", "НомерДокумента")
    purpose = _purpose(block)
    key = Key(side.account, side.direction, day, amount, number, side.other, purpose)
    kazakh = any(
        block.get(f"{other}{end}") for end in ("БИН_ИИН", "БИН", "ИИН")
    ) or side.account.startswith("KZ")
    arrived = _day(block, Direction.IN) if side.direction is Direction.OWN else None
    return StatementLine(
        line=position,
        account=side.account,
        direction=side.direction,
        day=day,
        amount=amount,
        number=number,
        counterparty=clean_name(block.get(f"{other}1", other, f"{other}Наименование")),
        inn=clean_inn(
            block.get(f"{other}ИНН", f"{other}БИН_ИИН", f"{other}БИН", f"{other}ИИН"),
            kazakh=kazakh,
        ),
        counterparty_account=side.other,
        purpose=purpose,
        document_type=clean_text(block.kind.strip("'\"") or block.get("ВидДокумента")),
        identity=identities.next(key),
        arrived_on=arrived,
    )


def _purpose(block: Block) -> str:
    whole = clean_text(block.get("НазначениеПлатежа"))
    parts = [part for key in _PURPOSE_PARTS if (part := block.get(key))]
    return max(whole, clean_text(" ".join(parts)), key=len) if parts else whole
