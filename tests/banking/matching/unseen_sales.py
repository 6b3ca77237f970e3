"""Settlement habits of invented acquirers: delays, merged days, fees apart, refunds inside."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from banking.matching.records import OpenPayment, PaymentMethod
from world.identity import Chance

if TYPE_CHECKING:
    from tests.banking.matching.unseen import World

__all__ = ["HABITS", "Habit", "settlements"]

_BANK = {"counterparty": "АО «Кредитный дом»", "inn": "7700000017"}
_ACCOUNT = "30232810000000000017"
SATURDAY = 5


@dataclass(frozen=True)
class Habit:
    """How an acquirer pays. `delay` in business days; `merged`: days that wait come as one sum."""

    name: str
    text: str
    delay: int = 1
    merged: bool = False
    is_gross: bool = False
    registry_shift: int = 0
    refunds: bool = False
    rate: int = 190  # of 10 000


_FULL = "Возмещение по терминалам, мерчант {m} за {d}. Сумма {g} руб., комиссия {f} руб."
_SHORT = "Перечисление ден. ср. по эквайрингу. Мерчант № {m}. Реестр от {d}. Комиссия {f}"
HABITS = (
    Habit("next-day", _SHORT),
    Habit("two-days", _SHORT, delay=2),
    Habit("weekend-merged", _FULL, merged=True),
    Habit("same-day", _SHORT, delay=0),
    Habit(
        "vat-in-fee",
        "Зачисление по операциям эквайринга. Мерчант №{m}. Дата реестра {d}. "
        "Комиссия {f} (в т.ч. НДС {v}).",
    ),
    Habit(
        "gross",
        "Зачисление средств по терминалам эквайринга от {d}. Мерчант {m}",
        is_gross=True,
        registry_shift=1,
    ),
    Habit(
        "gross-merged", "Эквайринг без удержания комиссии, мерчант {m}", is_gross=True, merged=True
    ),
    Habit(
        "refunds",
        "Эквайринг мерч. {m} реестр {d} комиссия {f} возврат покупки {r}/0.00",
        refunds=True,
    ),
    Habit("no-date", "Расчеты по эквайрингу, мерчант {m}, удержана комиссия {f}", delay=2),
    Habit("registry-of-credit", _SHORT, delay=2, registry_shift=2),
    Habit("no-fee-told", "Возмещение по эквайрингу", merged=True),
)


def settlements(made: "World", chance: Chance) -> None:
    """Every terminal sale is credited as the habit says; loans come net of their discount."""
    sales: dict[tuple[str, date], list[OpenPayment]] = {}
    for payment, client in made.payments:
        if payment.method is PaymentMethod.CREDIT_AGREEMENT:
            _loan(made, payment, client.name, chance)
        if payment.method is PaymentMethod.TERMINAL and chance.random() > 0.05:
            salon = "" if "{m}" not in made.habit.text else payment.salon
            sales.setdefault((salon, payment.expected_on), []).append(payment)
    # Some banks work on public holidays.
    holidays = (date(2026, 2, 23),) if chance.random() < 0.6 else ()
    sums: dict[tuple[str, date, date], list[OpenPayment]] = {}
    for (salon, day), group in sorted(sales.items()):
        on = credit_day(day, made.habit.delay, holidays)
        sums.setdefault((salon, on, on if made.habit.merged else day), []).extend(group)
    merchants = {salon: number for number, salon in made.context.merchants.items()}
    for (salon, on, _), group in sums.items():
        _credit(made, merchants.get(salon, ""), on, group, chance)


def credit_day(day: date, delay: int, holidays: tuple[date, ...]) -> date:
    """So many business days later; what falls on a weekend comes on Monday."""
    on = day
    for _ in range(delay):
        on = _working(on + timedelta(days=1), holidays)
    return _working(on, holidays)


def _working(day: date, holidays: tuple[date, ...]) -> date:
    while day.weekday() >= SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def _credit(made, merchant, on, group, chance):
    habit = made.habit
    gross = sum(one.amount.minor for one in group)
    fee = 0 if habit.is_gross else (gross * habit.rate + 5_000) // 10_000
    refund = 150_000 if habit.refunds and gross > 800_000 and chance.random() < 0.3 else 0
    told_on = max(one.expected_on for one in group) + timedelta(days=habit.registry_shift)
    told = {
        "m": merchant,
        "d": f"{told_on:%d.%m.%Y}",
        "f": _sum(fee),
        "g": _sum(gross),
        "v": _sum(fee * 22 // 122),
        "r": _sum(refund),
    }
    links = [(one, one.amount.minor) for one in group]
    sides = _BANK | {"counterparty_account": _ACCOUNT}
    text = habit.text.format(**told)
    made.settled.add(made.add(on, gross - fee - refund, text, links, fee=fee, **sides))


def _loan(made, payment, client, chance):
    name = client.removeprefix("ИП ")
    fee = payment.amount.minor * chance.choice((0, 300, 450)) // 10_000
    text = f"Оплата товара по договору потребительского кредита, заемщик {name}"
    told = f"{text}, удержана комиссия {_sum(fee)}"
    day = payment.expected_on + timedelta(days=chance.choice((0, 1, 3)))
    sides = _BANK | {"counterparty_account": _ACCOUNT}
    links = [(payment, payment.amount.minor)]
    made.settled.add(made.add(day, payment.amount.minor - fee, told, links, fee=fee, **sides))


def _sum(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
