"""The statement file `kl_to_1c.txt`, as a big bank writes it for accounting programs.

    1CClientBankExchange
    ВерсияФормата=1.03
    Кодировка=Windows
    …
    СекцияРасчСчет            one for every calendar day, also without movement
    …
    СекцияДокумент=Платежное поручение
    Номер=128
    Сумма=15000               decimals only where there are kopecks
    …
    КонецФайла

Windows-1251, CRLF. Incoming documents carry `ДатаПоступило` and an empty `ДатаСписано`, outgoing
ones the reverse; a transfer between two accounts of the file stands there once, with both days.
Source: the exchange format 1.03 of 1C and real exports in this layout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sandbox.bank.book import BankBook, DayTurnover
from sandbox.bank.numbers import rub
from sandbox.bank.records import Document, DocumentType, Party

__all__ = ["ENCODING", "Period", "write_statement"]

ENCODING = "cp1251"
LINE_END = "\r\n"
_BUDGET_KEYS = (
    "СтатусСоставителя",
    "ПоказательКБК",
    "ОКАТО",
    "ПоказательОснования",
    "ПоказательПериода",
    "ПоказательНомера",
    "ПоказательДаты",
    "ПоказательТипа",
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days asked for, both included; `made_at` is the bank's local time of the export."""

    first: date
    last: date
    made_at: datetime

    def days(self) -> list[date]:
        """The days that the bank can already report."""
        last = min(self.last, self.made_at.date())
        return [self.first + timedelta(days=n) for n in range((last - self.first).days + 1)]


def write_statement(book: BankBook, numbers: Sequence[str], period: Period) -> bytes:
    """The file for these accounts and days; raises `UnknownAccountError`."""
    lines = [*_header(book, numbers, period)]
    for number in numbers:
        for day in period.days():
            lines += _section(number, book.turnover(number, day))
    seen: set[int] = set()
    for day in period.days():
        for number in numbers:
            for document in book.of_day(number, day):
                if document.id not in seen:
                    seen.add(document.id)
                    lines += _document(document, numbers)
    text = LINE_END.join([*lines, "КонецФайла", ""])
    return text.encode(ENCODING, errors="replace")


def _header(book: BankBook, numbers: Sequence[str], period: Period) -> Iterable[str]:
    owner = book.account(numbers[0]).owner
    yield "1CClientBankExchange"
    yield "ВерсияФормата=1.03"
    yield "Кодировка=Windows"
    yield f"Отправитель={owner.bank}"
    yield f"Получатель={owner.name}"
    yield f"ДатаСоздания={_day(period.made_at.date())}"
    yield f"ВремяСоздания={period.made_at:%H:%M:%S}"
    yield f"ДатаНачала={_day(period.first)}"
    yield f"ДатаКонца={_day(period.last)}"
    for number in numbers:
        yield f"РасчСчет={number}"


def _section(number: str, turnover: DayTurnover) -> Iterable[str]:
    yield "СекцияРасчСчет"
    yield f"ДатаНачала={_day(turnover.day)}"
    yield f"ДатаКонца={_day(turnover.day)}"
    yield f"НачальныйОстаток={_sum(turnover.opening_minor)}"
    yield f"РасчСчет={number}"
    yield f"ВсегоСписано={_sum(turnover.debited_minor)}"
    yield f"ВсегоПоступило={_sum(turnover.credited_minor)}"
    yield f"КонечныйОстаток={_sum(turnover.closing_minor)}"
    yield "КонецРасчСчет"


def _document(document: Document, numbers: Sequence[str]) -> Iterable[str]:
    debited = _day(document.debited_on) if document.payer.account in numbers else ""
    credited = _day(document.credited_on) if document.payee.account in numbers else ""
    by_bank = document.type is DocumentType.BANK_ORDER
    yield f"СекцияДокумент={document.type}"
    yield f"Номер={document.number}"
    yield f"Дата={_day(document.day)}"
    yield f"Сумма={_sum(document.amount_minor)}"
    yield from _party("Плательщик", document.payer, f"ДатаСписано={debited}")
    yield from _party("Получатель", document.payee, f"ДатаПоступило={credited}")
    yield f"ВидПлатежа={'0' if by_bank else 'электронно'}"
    yield f"ВидОплаты={document.code}"
    yield "Код="
    for key in _BUDGET_KEYS:
        yield f"{key}="
    yield "Очередность=5"
    yield f"НазначениеПлатежа={_one_line(document.purpose)}"
    yield "КонецДокумента"


def _party(side: str, party: Party, movement: str) -> Iterable[str]:
    yield f"{side}Счет={party.account}"
    yield movement
    yield f"{side}={_one_line(party.name)}"
    yield f"{side}ИНН={party.inn}"
    yield f"{side}КПП={party.kpp}"
    yield f"{side}РасчСчет={party.account}"
    yield f"{side}Банк1={party.bank}"
    yield f"{side}БИК={party.bik}"
    yield f"{side}Корсчет={party.correspondent}"


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _sum(minor: int) -> str:
    return rub(minor).rstrip("0").rstrip(".")


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
