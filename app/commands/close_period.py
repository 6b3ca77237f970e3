"""`close-period YYYY-MM`: from now on the month, and all before it, refuse every writer."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.commands.asking import month_given
from app.output import say
from app.refusals import Refused, Status
from ledger.months import Month
from usecases.periods import MonthNotOver, PeriodClosed, close_period

__all__ = ["command"]


def command(
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Месяц.")],
    config: ConfigOption = None,
) -> int:
    """Close a month."""
    asyncio.run(_close(month_given(month, "месяц"), config))
    return Status.DONE


async def _close(month: Month, config: Path | None) -> None:
    async with open_books(config) as books, books.store.write("close-period") as unit:
        outcome = await close_period(unit, books.company, None, month)
    match outcome:
        case PeriodClosed(through):
            say(f"Закрыто по {through} включительно.")
        case MonthNotOver():
            raise Refused(f"Месяц {month} ещё не кончился: закрыть можно прошедший месяц.")
        case _:
            raise AssertionError(outcome)
