"""`bot.py rebuild-sheet`: the spreadsheet written again from the books."""

import asyncio

from app.books import ConfigOption, open_books
from app.config import BadConfig
from app.refusals import Refused, Status

__all__ = ["command"]


def command(config: ConfigOption = None) -> int:
    """Write the template and every row of the journal again; people's own tabs stay."""
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
        try:
            outcome = await face.channel.rebuild()
        finally:
            await asyncio.to_thread(face.close)
    if not isinstance(outcome, Installed):
        raise Refused(sentence(outcome), status=Status.ANSWER_IS_NO)
    print(f"Таблица записана заново: строк журнала {outcome.rows}.")
    return int(Status.DONE)
