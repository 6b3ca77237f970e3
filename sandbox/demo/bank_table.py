"""What else happens at the bank: suppliers, rent, salaries, taxes, own money; and who explains it.

<day> <way> | <party> | <sum> | <purpose> | <article> ok <day> | <line of the ladder>

The article is what the accountant picks on the day `ok`; `ok -` was never explained. The line of
the ladder grows by the sum on the line's day (`on <day>`: on that one), `-` is outside of it.
Ways: `out`, `in`, `fee`; `in2` comes to the second account; `own` goes to the second account,
`back` from it.
"""

from dataclasses import dataclass

from sandbox.demo.calendar import date_of
from sandbox.demo.deals import minor_of
from sandbox.demo.effects import Effect, both

__all__ = ["BankMove", "Refund", "load_bank", "load_refunds"]

BANK = """
 4 out | ООО "ФАБРИКА МЕБЕЛЬ" | 85000 | Оплата по счету 118 от 27.02.2026 за фурнитуру, в т.ч. НДС 15327.87 | Товары и материалы ok 5 | production
 5 out | ООО "ТОРГОВЫЙ ДОМ" | 60000 | Арендная плата за март 2026 по договору аренды 7-А, НДС не облагается | Аренда салона ok 8 | selling
 9 in | КРЫЛОВ ИГОРЬ СЕРГЕЕВИЧ | 200000 | Взнос собственника, НДС не облагается | Взнос собственника ok 10 | -
10 fee | - | 990 | Комиссия за ведение счета за февраль 2026 г. | Обслуживание счёта ok 12 | bank_fees
12 own | - | 150000 | Перевод собственных средств на резервный счет | - ok - | -
18 out | ООО "ФАБРИКА МЕБЕЛЬ" | 132450.75 | Оплата по счету 131 от 16.03.2026 за фасады | Товары и материалы ok 24 | production
20 out | ПАО СБЕРБАНК | 180000 | Заработная плата за март 2026 по реестру 14 | Зарплата ok 22 | administrative
25 out | КАЗНАЧЕЙСТВО РОССИИ (ФНС РОССИИ) | 24300 | Единый налоговый платеж | Налог (УСН, на прибыль) ok 26 | before_net_profit
28 out | ИП ШАРИПОВ РУСТАМ ИЛЬДАРОВИЧ | 15800.25 | Оплата за рекламные щиты по счету 9 | Реклама и маркетинг ok 40 | selling on 40
30 in2 | АО "ТБАНК" | 1234.56 | Выплата процентов на остаток за март 2026 | Проценты полученные ok 31 | other_income
32 out | ООО "ФАБРИКА МЕБЕЛЬ" | 96700 | Оплата по счету 144 от 01.04.2026 за столешницы | Товары и материалы ok 33 | production
35 out | ООО "ТОРГОВЫЙ ДОМ" | 60000 | Арендная плата за апрель 2026 по договору аренды 7-А, НДС не облагается | Аренда салона ok 36 | selling
39 out | ООО "МЕДИА ПЛЮС" | 45000 | Оплата по договору 55-Р за размещение рекламы | Реклама и маркетинг ok 40 | selling
40 fee | - | 990 | Комиссия за ведение счета за март 2026 г. | Обслуживание счёта ok 43 | bank_fees
48 out | ООО "СТАНКОСЕРВИС" | 70000 | Оплата по счету 17 за кромочный станок | Покупка оборудования ok 50 | -
50 out | ПАО СБЕРБАНК | 185000 | Заработная плата за апрель 2026 по реестру 19 | Зарплата ok 52 | administrative
55 out | ООО "ФАБРИКА МЕБЕЛЬ" | 118240.40 | Оплата по счету 163 от 22.04.2026 за фурнитуру | Товары и материалы ok 57 | production
60 in2 | АО "ТБАНК" | 1301.12 | Выплата процентов на остаток за апрель 2026 | Проценты полученные ok 61 | other_income
62 out | АДМИНИСТРАЦИЯ Г. КАЗАНИ | 3500 | Штраф по постановлению 18810 | Штрафы и пени ok 64 | other_expense
65 out | ООО "ТОРГОВЫЙ ДОМ" | 60000 | Арендная плата за май 2026 по договору аренды 7-А, НДС не облагается | Аренда салона ok 66 | selling
67 out | ООО "ФАБРИКА МЕБЕЛЬ" | 104000 | Оплата по счету 171 от 05.05.2026 за фасады | Товары и материалы ok 68 | production
69 out | ООО "МЕДИА ПЛЮС" | 48500 | Оплата по договору 55-Р за размещение рекламы в мае | Реклама и маркетинг ok 71 | selling
71 fee | - | 990 | Комиссия за ведение счета за апрель 2026 г. | Обслуживание счёта ok 73 | bank_fees
74 out | КРЫЛОВ ИГОРЬ СЕРГЕЕВИЧ | 50000 | Выплата дивидендов за 1 квартал 2026 | Дивиденды ok 75 | after_net_profit
77 back | - | 40000 | Перевод собственных средств с резервного счета | - ok - | -
79 out | ИП ШАРИПОВ РУСТАМ ИЛЬДАРОВИЧ | 38600 | Оплата за монтаж кухонь по акту 12 | Подрядчики ok 80 | production
81 out | ПАО СБЕРБАНК | 185000 | Заработная плата за май 2026 по реестру 24 | Зарплата ok 82 | administrative
86 out | ООО "ФАБРИКА МЕБЕЛЬ" | 99900 | Оплата по счету 188 от 25.05.2026 за фурнитуру | Товары и материалы ok 87 | production
88 in | НЕЗНАКОМОВ ПЁТР ПЕТРОВИЧ | 3333 | Перевод средств | - ok - | -
"""

# <asked> | <contract> <number of the payment> | <sum> | desk/bank <day> ok <day> | <bases> | <why>
REFUNDS = """
13 | 102 1 | 1500    | desk 14 ok 14 | both | Скидка за царапину на двери шкафа
15 | 110 1 | 2000    | bank 16 ok 17 | cash | Клиент отказался от подсветки
34 | 126 1 | 600     | desk 35 ok 35 | both | Не подошла полка <b>90 см</b>
50 | 132 1 | 1100.50 | bank 51 ok 52 | both | =ВОЗВРАТ("за ручки")
69 | 156 1 | 200     | desk 70 ok 70 | both | Вернули петли
83 | 164 1 | 7000    | bank 84 ok 85 | both | Заменили столешницу на меньшую
"""


@dataclass(frozen=True, slots=True)
class BankMove:
    """One movement of the bank table; `explained` is the day of the accountant's tap."""

    day: int
    way: str
    party: str
    minor: int
    purpose: str
    article: str
    explained: int | None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Refund:
    """Money back to a client; on the accrual basis only when the deal was done before."""

    asked: int
    number: int
    payment: int
    minor: int
    way: str
    paid: int
    confirmed: int
    recognised: bool
    why: str


def load_bank() -> tuple[BankMove, ...]:
    """The table of movements, read."""
    return tuple(_move(line) for line in BANK.strip().splitlines())


def load_refunds() -> tuple[Refund, ...]:
    """The table of refunds, read."""
    return tuple(_refund(line) for line in REFUNDS.strip().splitlines())


def _move(line: str) -> BankMove:
    head, party, amount, purpose, explained, ladder = (part.strip() for part in line.split(" | "))
    day, way = head.split()
    article, _, confirmed = explained.rpartition(" ok ")
    name, *on = ladder.split()
    minor = minor_of(amount)
    counts = date_of(int(on[1]) if on else int(day))
    return BankMove(
        day=int(day),
        way=way,
        party=party,
        minor=minor,
        purpose=purpose,
        article=article,
        explained=None if confirmed == "-" else int(confirmed),
        effects=() if name == "-" else both(name, minor, counts),
    )


def _refund(line: str) -> Refund:
    asked, payment, amount, money, bases, why = (part.strip() for part in line.split("|"))
    number, place = payment.split()
    way, paid, _, confirmed = money.split()
    return Refund(
        asked=int(asked),
        number=int(number),
        payment=int(place) - 1,
        minor=minor_of(amount),
        way=way,
        paid=int(paid),
        confirmed=int(confirmed),
        recognised=bases == "both",
        why=why,
    )
