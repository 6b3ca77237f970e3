"""`bot.py demo --check`: plays the days, compares everything with everything, says what differs.

    played = await check_demo(CheckOptions(days=90, seed=1), progress)
    played.ok, played.document, played.book, played.chats

A damage may be seeded between the play and the comparison; then the comparison must fail.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.demo_figures import (
    bank_checks,
    count,
    figure_checks,
    pinned_checks,
    told_checks,
    world_checks,
)
from app.demo_sheet import sheet_checks
from app.demo_world import DemoOptions, DemoWorld, demo_world, listening
from app.exports.workbook import book_bytes
from sandbox.bank.numbers import rub
from sandbox.demo.calendar import date_of
from sandbox.demo.chats import chats_markdown
from sandbox.demo.effects import Basis, Effect, net_profit, total_of
from sandbox.demo.play import play
from sandbox.demo.sabotage import Damage, Sabotage, seed_damage
from sandbox.demo.scenario import effects_until, scenario
from sandbox.demo.stage import Check, StageError
from usecases.audit import AuditReport, Difference

__all__ = ["CheckOptions", "Played", "check_demo", "difference_words"]

Json = dict[str, object]
Progress = Callable[[int], None]
BOOKS = {
    "ledger": "журнал операций",
    "bank": "банк",
    "sheet": "таблица",
    "crm": "CRM",
    "told": "сказанное людям",
}
REASONS = {
    "chain-broken": "запись изменена в обход программы: хеш не сходится",
    "balance-differs": "остаток не сходится",
    "line-missing": "строка банка пропала из книг",
    "line-differs": "строка банка записана иначе",
    "not-posted": "строка банка не проведена",
    "suspense-differs": "невыясненные суммы не сходятся",
    "note-doubled": "примечание стоит больше одного раза",
    "note-missing": "примечания нет",
    "stage-differs": "сделка стоит не на том этапе",
    "field-differs": "подтверждённая сумма в сделке другая",
    "claim-differs": "ожидаемая сумма в сделке другая",
    "told-differs": "людям сказано не то, что в книгах",
    "head-rewritten": "опубликованной записи в цепочке нет",
    "missing": "строки нет",
    "moved": "строка стоит не на своём месте",
    "edited": "ячейка изменена",
    "value-edited": "значение изменено",
    "formula-edited": "формула изменена",
    "heading-edited": "заголовок изменён",
    "stale": "строка осталась прежней",
    "extra": "лишняя строка",
    "waiting": "строка ещё не доставлена",
    "tab-missing": "вкладки нет",
    "figure-differs": "итог не равен отчёту",
    "unreadable": "книга не читается",
}


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is played, and which damage is done before the comparison.

    `home` keeps the books, an empty directory; without it they are thrown away.
    """

    days: int = 90
    seed: int = 1
    sabotage: Sabotage | None = None
    home: Path | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """The outcome: the document of CLI.md, the workbook's bytes and the chats' text."""

    ok: bool
    counts: dict[str, int]
    document: Json
    book: bytes
    chats: str
    checks: tuple[Check, ...]
    audit: AuditReport
    damage: Damage | None
    named: tuple[Difference, ...]


async def check_demo(options: CheckOptions, progress: Progress) -> Played:
    """Play and compare. Raises `NothingToDamageError` when the days hold nothing to damage."""
    events = scenario()
    effects = effects_until(events, options.days)
    with tempfile.TemporaryDirectory(prefix="kopeyka-demo-") as made:
        given = DemoOptions(options.home or Path(made), options.seed)
        async with demo_world(given) as world, listening(world):
            try:
                await play(world.stage, events, options.days, progress)
            except StageError as error:
                world.stage.check("сценарий сыгран до конца", ok=False, detail=str(error))
            damage = None
            if options.sabotage is not None:
                database = world.house.world.home / "var" / "kopeyka.db"
                damage = seed_damage(world.sandbox, database, options.sabotage)
            return await _compared(world, options, effects, damage)


def difference_words(one: Difference) -> str:
    """A difference as a sentence."""
    left, right = (BOOKS.get(name, name) for name in one.books)
    reason = REASONS.get(one.reason, one.reason)
    return f"{one.thing}: {reason}; {left}: «{one.left}», {right}: «{one.right}»"


async def _compared(
    world: DemoWorld, options: CheckOptions, effects: tuple[Effect, ...], damage: Damage | None
) -> Played:
    audit = await world.house.audit()
    counts = await count(world)
    checks = (
        *world.stage.checks,
        *await figure_checks(world, effects),
        *pinned_checks(effects, counts, options.days),
        *await sheet_checks(world, effects),
        *await told_checks(world),
        *await bank_checks(world),
        *world_checks(world),
        *_book_checks(audit),
    )
    ok = all(one.ok for one in checks)
    async with world.house.store.read() as unit:
        book = await book_bytes(unit, world.house.company)
    last = date_of(options.days)
    title = f"Переписка демо: {date_of(1):%d.%m.%Y} — {last:%d.%m.%Y}"
    named = _named(audit, damage)
    document: Json = {
        "ok": ok,
        "seed": options.seed,
        "days": options.days,
        "counts": counts,
        "totals": _totals(effects),
        "checks": [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks],
        "audit": audit.as_json(),
    }
    if damage is not None and options.sabotage is not None:
        document["sabotage"] = {
            "kind": options.sabotage.value,
            "damage": damage.words,
            "found": bool(named),
            "named": [difference_words(one) for one in named],
        }
    chats = chats_markdown(world.sandbox, title)
    return Played(ok, counts, document, book, chats, checks, audit, damage, named)


def _book_checks(audit: AuditReport) -> list[Check]:
    checks = []
    for book in audit.books:
        words = "; ".join(difference_words(one) for one in book.differences[:3])
        name = f"книга сходится: {BOOKS.get(book.name, book.name)}"
        checks.append(Check(name, not book.differences, words))
    return checks


def _named(audit: AuditReport, damage: Damage | None) -> tuple[Difference, ...]:
    if damage is None:
        return ()
    found = [one for book in audit.books if book.name == damage.book for one in book.differences]
    return tuple(one for one in found if one.reason in damage.reasons)


def _totals(effects: tuple[Effect, ...]) -> Json:
    """The hand-written totals, as `report pnl` prints sums."""
    totals: Json = {}
    for basis in Basis:
        figures = total_of(effects, basis)
        shown = {line: rub(minor) for line, minor in figures.items()}
        totals[basis.value] = {**shown, "net_profit": rub(net_profit(figures))}
    return totals
