"""`reopen-period YYYY-MM --why … --until YYYY-MM-DD`: an exception that is recorded and lapses."""

import asyncio
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.commands.asking import day_given, month_given, words_given
from app.output import say
from app.refusals import Refused, Status
from ledger.months import Month
from usecases.periods import NotClosed, Reopened, reopen_period

__all__ = ["command"]


def command(
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Закрытый месяц.")],
    why: Annotated[str, typer.Option("--why", help="Зачем; это останется в записях.")],
    until: Annotated[str, typer.Option("--until", help="По какой день включительно.")],
    config: ConfigOption = None,
) -> int:
    """Open a closed month until the end of a day."""
    reason, day = words_given(why, "--why"), day_given(until, "--until")
    asyncio.run(_reopen(month_given(month, "месяц"), reason, day, config))
    return Status.DONE


async def _reopen(month: Month, why: str, day: date, config: Path | None) -> None:
    async with open_books(config) as books, books.store.write("reopen-period") as unit:
        if day < books.company.today(unit.now()):
            raise Refused(f"--until: день {day} уже прошёл.")
        end = datetime.combine(day + timedelta(days=1), time(), books.company.zone)
        outcome = await reopen_period(unit, None, month, why, end)
    match outcome:
        case Reopened():
            say(f"Месяц {month} открыт по {day} включительно.")
        case NotClosed():
            raise Refused(f"Месяц {month} и так открыт; ничего не изменено.")
        case _:
            raise AssertionError(outcome)
