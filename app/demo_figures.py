"""The demo's hand-written figures against the reports, the spreadsheet, the phones and the bank."""

from collections.abc import Iterable, Mapping, Sequence

from app.demo_world import DemoWorld
from app.shapes import pnl_json
from ledger.accounts import Account, AccountKind
from sandbox.bank.numbers import rub
from sandbox.demo.calendar import STANDARD_DAYS
from sandbox.demo.company import CASHIER
from sandbox.demo.effects import (
    LINES,
    Basis,
    Effect,
    Figures,
    by_dimension,
    by_month,
    common_of,
    net_profit,
    total_of,
)
from sandbox.demo.sheet_rows import journal_rows
from sandbox.demo.stage import Check
from sandbox.demo.totals import GRAND_TOTALS, MINIMUM
from sandbox.telegram.markup import parse_html
from store.reports import Basis as BookBasis
from usecases.reports import pnl_report

__all__ = ["bank_checks", "count", "figure_checks", "pinned_checks", "told_checks", "world_checks"]

DIMENSIONS = ("manager", "product", "salon", "city")
_BASIS_WORDS = {Basis.CASH: "по деньгам", Basis.ACCRUAL: "по начислению"}
_BY_WORDS = {
    None: "по месяцам",
    "manager": "по менеджерам",
    "product": "по продуктам",
    "salon": "по салонам",
    "city": "по городам",
}
Told = dict[str, dict[str, str]]


async def figure_checks(world: DemoWorld, effects: Sequence[Effect]) -> list[Check]:
    """`report pnl` on both bases, by month and by each dimension, against the sums of effects."""
    checks = []
    for basis in Basis:
        for by in (None, *DIMENSIONS):
            reported = await _reported(world, basis, by)
            expected = _expected(effects, basis, by)
            wrong = _differences(expected, reported)
            name = f"ОПиУ {_BASIS_WORDS[basis]}, {_BY_WORDS[by]}, равен суммам сценария"
            checks.append(Check(name, not wrong, "; ".join(wrong[:5])))
    return checks


def pinned_checks(effects: Sequence[Effect], counts: Mapping[str, int], days: int) -> list[Check]:
    """Ninety days come to the totals written down apart, and enough has happened in them."""
    if days != STANDARD_DAYS:
        return []
    checks = []
    for basis in Basis:
        same = total_of(effects, basis) == GRAND_TOTALS[basis]
        name = f"итоги 90 дней {_BASIS_WORDS[basis]} равны записанным отдельно"
        checks.append(Check(name, same, str(total_of(effects, basis))))
    few = [
        f"{name}: {counts[name]} < {least}"
        for name, least in MINIMUM.items()
        if counts[name] < least
    ]
    checks.append(Check("в демо произошло достаточно", not few, "; ".join(few)))
    return checks


async def told_checks(world: DemoWorld) -> list[Check]:
    """What stands on the phones is what the books keep as told."""
    wrong = []
    async with world.house.store.read() as unit:
        cards = await unit.cards.all()
    for card in cards:
        if card.message is None:
            continue
        phone = world.sandbox.telegram.phones[card.chat]
        shown = {one.message_id: one.text for one in phone.messages}.get(card.message)
        if shown != parse_html(card.text).text:
            wrong.append(f"{phone.name}: {card.thing}")
    name = "на телефонах стоит то, что записано как сказанное"
    return [Check(name, not wrong, "; ".join(wrong[:5]))]


async def bank_checks(world: DemoWorld) -> list[Check]:
    """Every document of the bank is one line of the books, and the balances are the bank's."""
    bank = world.sandbox.bank
    async with world.house.store.read() as unit:
        lines = await unit.statements.all_lines()
        last = max((one.day for one in await unit.statements.stated_balances()), default=None)
        booked = {
            number: await unit.reports.balance(Account(AccountKind.BANK, number), last)
            for number in bank.book.accounts
        }
    if last is None:
        return []
    sides = [
        (number, side, document)
        for document in bank.documents
        for number, side, on in (
            (document.payer.account, "out", document.debited_on),
            (document.payee.account, "in", document.credited_on),
        )
        if number in bank.book.accounts and on <= last
    ]
    same = len(sides) == len(lines)
    checks = [Check("каждая строка банка в книгах один раз", same, f"{len(sides)} и {len(lines)}")]
    for number, kopecks in booked.items():
        stated = bank.balance(number, last)
        name = f"остаток счёта …{number[-4:]} на {last} равен банковскому"
        checks.append(Check(name, stated == kopecks, f"{rub(stated)} и {rub(kopecks)}"))
    return checks


def world_checks(world: DemoWorld) -> list[Check]:
    """The stand-ins have nothing to complain of, and nobody waits for an answer."""
    sandbox = world.sandbox
    telegram, sheets = sandbox.telegram.violations, sandbox.google_sheets
    spinning = [one.name for one in sandbox.telegram.phones.values() if one.spinners]
    return [
        Check("нет нарушений Bot API", not telegram, "; ".join(telegram[:3])),
        Check(
            "нет нарушений схемы Google Sheets", not sheets.violations, str(sheets.violations[:3])
        ),
        Check(
            "Google Sheets: всё смоделировано",
            not sheets.not_modelled,
            str(sheets.not_modelled[:3]),
        ),
        Check("вебхуки CRM приняты", not sandbox.amocrm.hooks.dropped),
        Check("ни одно нажатие не осталось без ответа", not spinning, ", ".join(spinning)),
    ]


async def count(world: DemoWorld) -> dict[str, int]:
    """How much has happened."""
    async with world.house.store.read() as unit:
        head = await unit.journal.head()
        lines = await unit.statements.all_lines()
        cards = await unit.cards.all()
        left = await unit.statements.unexplained()
        waiting = await unit.pending.open_payments()
        deals = await unit.deals.all()
        things = [one for deal in deals for one in await unit.pending.payments_of_deal(deal.id)]
        refunds = [two for one in things for two in await unit.pending.refunds_of(one.id)]
    leads = world.sandbox.amocrm.leads
    journal = world.sandbox.telegram.journal
    cashier = world.stage.phone(CASHIER)
    return {
        "updates": len({one["update_id"] for one in world.sandbox.telegram.sent_updates}),
        "messages": sum(1 for one in journal if one.mark.value in "<~"),
        "operations": head[0] if head else 0,
        "deals": len(leads),
        "payments": len(things),
        "handovers": sum("Посчитано" in one.text for one in cashier.messages if not one.buttons),
        "refunds": len(refunds),
        "notes": sum(len(world.sandbox.amocrm.notes(lead.id)) for lead in leads),
        "lines": len(lines),
        "statements": sum("kl_to_1c" in line.text for line in journal if line.mark.value == ">"),
        "cards": len(cards),
        "rows": len(journal_rows(world.sandbox)),
        "unexplained": len(left),
        "expected": len(waiting),
    }


async def _reported(world: DemoWorld, basis: Basis, by: str | None) -> Told:
    book_basis = BookBasis(basis.value)
    async with world.house.store.read() as unit:
        found = await pnl_report(unit, book_basis, by)
    if found is None:
        return {}
    report, first, last = found
    document = pnl_json(report, book_basis, (first, last), by)
    rows = {row["value"]: row for row in document["rows"]}
    return {**rows, "Общие": document["common"], "Итого": document["total"]}


def _expected(effects: Sequence[Effect], basis: Basis, by: str | None) -> Told:
    rows = by_month(effects, basis) if by is None else by_dimension(effects, basis, by)
    common = dict.fromkeys(LINES, 0) if by is None else common_of(effects, basis)
    found = {**rows, "Общие": common, "Итого": total_of(effects, basis)}
    return {name: _shown(figures) for name, figures in found.items()}


def _shown(figures: Figures) -> dict[str, str]:
    shown = {line: rub(minor) for line, minor in figures.items()}
    return {**shown, "net_profit": rub(net_profit(figures))}


def _differences(expected: Told, reported: Told) -> list[str]:
    """Where they differ; a row that one side leaves out must be all zeros on the other."""
    return list(_compared(expected, reported))


def _compared(expected: Told, reported: Told) -> Iterable[str]:
    for name in {**expected, **reported}:
        left, right = expected.get(name, {}), reported.get(name, {})
        for line in (*LINES, "net_profit"):
            said, found = left.get(line, "0.00"), right.get(line, "0.00")
            if said != found:
                yield f"{name}, {line}: сценарий {said}, отчёт {found}"
