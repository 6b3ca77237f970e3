"""`bot.py doctor`: checks every connection and permission and says how to mend each."""

import asyncio
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.config import home
from app.output import print_json, say
from app.refusals import Status

__all__ = ["command"]


def command(
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Один документ JSON.")] = False,
) -> int:
    """Look at the configuration, the database, Telegram, the spreadsheet and the CRM."""
    return asyncio.run(_examine(config, as_json=as_json))


async def _examine(config: ConfigOption, *, as_json: bool) -> int:
    from app.checks import examine

    async with open_books(config) as books:
        checks = await examine(books.config, books.store, books.clock, home())
    healthy = all(check.ok for check in checks)
    if as_json:
        rows = [{"name": one.name, "ok": one.ok, "text": one.text} for one in checks]
        print_json({"ok": healthy, "checks": rows})
    else:
        for one in checks:
            say(f"{'✓' if one.ok else '✗'} {one.name}: {one.text}")
    return int(Status.DONE if healthy else Status.ANSWER_IS_NO)
