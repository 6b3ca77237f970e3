"""`bot.py audit`: do the five books agree?"""

import asyncio
from typing import Annotated

import typer

from app.books import ConfigOption, configuration
from app.config import BadConfig, Config, home
from app.house import World, build_house
from app.output import print_json
from app.refusals import Refused, Status
from usecases.audit import AuditReport

__all__ = ["command"]


def command(
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Один документ JSON.")] = False,
) -> int:
    """Compare ledger, hash chain, spreadsheet, CRM, bank and what people were told."""
    report = asyncio.run(_audit(configuration(config)))
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)
    return int(Status.DONE if report.agree else Status.ANSWER_IS_NO)


async def _audit(config: Config) -> AuditReport:
    from store.migrate import migrate
    from world.clock import SystemClock
    from world.identity import SystemIds, system_chance

    try:
        house = build_house(config, World(home(), SystemClock(), SystemIds(), system_chance()))
    except BadConfig as bad:
        raise Refused(*bad.sentences) from bad
    try:
        await migrate(house.store)
        return await house.audit()
    finally:
        await house.close()


def _print(report: AuditReport) -> None:
    for book in report.books:
        totals = ", ".join(f"{name} {value}" for name, value in book.totals.items())
        verdict = "расхождений нет" if not book.differences else f"{len(book.differences)}"
        print(f"{book.name}: {totals or 'не прочитана'} — {verdict}")
    for one in report.differences:
        print(
            f"  {one.thing}: {one.reason} ({one.books[0]} {one.left!r}, {one.books[1]} {one.right!r})"
        )
    print("Книги сходятся." if report.agree else "Книги расходятся.")
