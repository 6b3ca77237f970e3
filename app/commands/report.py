"""`report KIND …`: the reports from the books, as tables for people and as JSON for programs."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from app import shapes, tables
from app.books import Books, ConfigOption, open_books
from app.commands.asking import basis_given, month_given
from app.output import print_json
from app.refusals import Refused, Status
from app.report_scope import (
    Asked,
    by_given,
    known_names,
    months_of,
    only_given,
    only_shown,
    overheads_given,
)
from ledger.pnl import Pnl, Report
from store.reports import Basis
from store.unit import UnitOfWork
from usecases.receivables import receivables
from usecases.reports import (
    accountable,
    cash_flow_report,
    overheads_shared,
    pnl_report,
    unconfirmed,
    unexplained,
)

__all__ = ["command"]

Rows = TypeVar("Rows")


class Kind(StrEnum):
    """The reports."""

    PNL = "pnl"
    CASH_FLOW = "cash-flow"
    ACCOUNTABLE = "accountable"
    RECEIVABLES = "receivables"
    UNCONFIRMED = "unconfirmed"
    UNEXPLAINED = "unexplained"


def command(  # noqa: PLR0913, PLR0917 - Typer's way: one parameter for each option of the contract
    kind: Annotated[str, typer.Argument(metavar="KIND", help=", ".join(Kind))],
    by: Annotated[str | None, typer.Option("--by", help="Измерение, например manager.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="С месяца ГГГГ-ММ.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="По месяц ГГГГ-ММ.")] = None,
    basis: Annotated[str, typer.Option("--basis", help="cash или accrual.")] = "cash",
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Отбор, например manager=Анна.")
    ] = None,
    overheads: Annotated[
        str | None, typer.Option("--overheads", help="revenue, gross-profit или equal.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Документ JSON.")] = False,
    config: ConfigOption = None,
) -> int:
    """Print a report."""
    if kind not in set(Kind):
        raise Refused(f"Отчёта «{kind}» нет; есть: {', '.join(Kind)}.")
    asked = Asked(
        basis_given(basis),
        by,
        month_given(first, "--from") if first is not None else None,
        month_given(last, "--to") if last is not None else None,
        tuple(only or ()),
        overheads_given(overheads),
    )
    _check(Kind(kind), asked)
    asyncio.run(_report(Kind(kind), asked, config, json=json))
    return Status.DONE


def _check(kind: Kind, asked: Asked) -> None:
    """An option that a report would ignore is refused, so that nobody misreads the answer."""
    if asked.first and asked.last and asked.last < asked.first:
        raise Refused(f"--from {asked.first} позже, чем --to {asked.last}.")
    if asked.by is not None and kind is not Kind.PNL:
        raise Refused(f"--by бывает только у отчёта pnl, не у {kind.value}.")
    if (asked.only or asked.overheads) and kind is not Kind.PNL:
        raise Refused(f"--only и --overheads бывают только у отчёта pnl, не у {kind.value}.")
    if asked.overheads and asked.by is None:
        raise Refused("--overheads делит общие расходы между строками: нужно и --by.")
    if asked.basis is Basis.ACCRUAL and kind is not Kind.PNL:
        raise Refused(f"--basis accrual бывает только у отчёта pnl, не у {kind.value}.")
    if (asked.first or asked.last) and kind not in {Kind.PNL, Kind.CASH_FLOW}:
        raise Refused(f"Отчёт {kind.value} показывает сегодняшний день: без --from и --to.")


async def _report(kind: Kind, asked: Asked, config: Path | None, *, json: bool) -> None:
    async with open_books(config) as books, books.store.read() as unit:
        match kind:
            case Kind.PNL:
                await _pnl(books, unit, asked, json=json)
            case Kind.CASH_FLOW:
                await _cash_flow(books, unit, asked, json=json)
            case Kind.ACCOUNTABLE:
                people = await accountable(unit)
                _out(json, shapes.accountable_json, tables.print_accountable, people)
            case Kind.RECEIVABLES:
                deals = await receivables(unit, books.company)
                _out(json, shapes.receivables_json, tables.print_receivables, deals)
            case Kind.UNCONFIRMED:
                payments = await unconfirmed(unit, books.company)
                _out(json, shapes.unconfirmed_json, tables.print_unconfirmed, payments)
            case Kind.UNEXPLAINED:
                lines = await unexplained(unit, books.company)
                _out(json, shapes.unexplained_json, tables.print_unexplained, lines)


async def _pnl(books: Books, unit: UnitOfWork, asked: Asked, *, json: bool) -> None:
    by = by_given(asked.by, books.company)
    only = await only_given(unit, books.company, asked.only)
    months = await months_of(unit, books.company, asked)
    given = (asked.first or asked.last) and months
    first, last = given or (None, None)
    found = await pnl_report(unit, asked.basis, by, first, last, only)
    report = found[0] if found else Report((), Pnl(), Pnl())
    shares = None
    if by and asked.overheads:
        shares = await overheads_shared(unit, report, by, asked.overheads)
    if json:
        print_json(shapes.pnl_json(report, asked.basis, months, by, only_shown(only), shares))
    else:
        tables.print_pnl(report, asked.basis, months, only_shown(only), shares)


async def _cash_flow(books: Books, unit: UnitOfWork, asked: Asked, *, json: bool) -> None:
    months = await months_of(unit, books.company, asked)
    statement = await cash_flow_report(unit, *months)
    names = await known_names(unit)
    if json:
        print_json(shapes.cash_flow_json(statement, months, names))
    else:
        tables.print_cash_flow(statement, months, names)


def _out(
    json: bool,
    as_json: Callable[[Rows], dict[str, Any]],
    as_table: Callable[[Rows], None],
    rows: Rows,
) -> None:
    if json:
        print_json(as_json(rows))
    else:
        as_table(rows)
