"""What the owner reads on the phone on Friday evenings, against the sums of the tables."""

from collections.abc import Iterable, Sequence
from functools import partial

from sandbox.demo.calendar import STANDARD_DAYS, date_of
from sandbox.demo.company import OWNER
from sandbox.demo.effects import Basis, Effect, net_profit, total_of
from sandbox.demo.events import Event, Phase
from sandbox.demo.stage import Stage, plain, roubles

__all__ = ["readings"]

FRIDAY = 4


def readings(events: Sequence[Event]) -> Iterable[Event]:
    """«Сегодня» and «Месяц» on each Friday; the month's profit is that of the days played."""
    for day in range(1, STANDARD_DAYS + 1):
        if date_of(day).weekday() == FRIDAY:
            month = date_of(day).replace(day=1)
            effects = [
                effect
                for one in events
                if one.day <= day
                for effect in one.effects
                if effect.on.replace(day=1) == month
            ]
            act = partial(_read, effects=effects)
            yield Event(day, Phase.EVENING, "собственник смотрит месяц", act)


async def _read(stage: Stage, effects: Sequence[Effect]) -> None:
    (today,) = await stage.say(OWNER, "Сегодня")
    stage.check("«Сегодня» отвечает", "Пришло" in today.text, today.text)
    (month,) = await stage.say(OWNER, "Месяц")
    profit = net_profit(total_of(effects, Basis.CASH))
    shown = f"Чистая прибыль: {'−' if profit < 0 else ''}{roubles(abs(profit))}"
    lines = plain(month.text).split("\n")
    stage.check(f"«Месяц»: {shown}", shown in lines, month.text)
