"""`bot.py rebuild-sheet`: every spreadsheet written again from the books."""

import asyncio

from app.books import ConfigOption, open_books
from app.config import BadConfig
from app.refusals import Refused, Status

__all__ = ["command"]


def command(config: ConfigOption = None) -> int:
    """Write template and rows of every spreadsheet again; people's own tabs stay."""
    return asyncio.run(_rebuild(config))


async def _rebuild(config: ConfigOption) -> int:
    from app.sheet import build_sheet
    from sheets.problems import sentence
    from sheets.writer import Installed

    async with open_books(config) as books:
        if books.config.sheet is None:
            raise Refused("В настройках нет раздела [sheet]: таблицы у этих книг нет.")
        try:
            face = build_sheet(books.config.sheet, books.store, books.clock, books.company)
        except BadConfig as bad:
            raise Refused(*bad.sentences) from bad
        wrong: list[str] = []
        try:
            for one in face.spreadsheets:
                name = f"Таблица «{one.label}»" if one.label else "Таблица"
                outcome = await one.channel.rebuild()
                if isinstance(outcome, Installed):
                    print(f"{name} записана заново: строк журнала {outcome.rows}.")
                else:
                    wrong.append(
                        f"{name}: {sentence(outcome)}" if one.label else sentence(outcome)
                    )
        finally:
            await asyncio.to_thread(face.close)
    if wrong:
        raise Refused(*wrong, status=Status.ANSWER_IS_NO)
    return int(Status.DONE)
