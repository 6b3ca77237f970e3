"""The whole scenario: every event of the tables, and the special days, in one list.

    events = scenario()
    effects = effects_until(events, 12)        # what the first twelve days must come to

Statements come every Monday, Wednesday and Friday and reach seven days back, so that each one
overlaps the one before and a back-dated line is caught.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from sandbox.demo import office
from sandbox.demo.bank_table import BankMove, Refund, load_bank, load_refunds
from sandbox.demo.calendar import STANDARD_DAYS, date_of
from sandbox.demo.cash import HANDOVERS, Handover, hand_over
from sandbox.demo.deals import Deal, Pay, PayMethod, load_deals
from sandbox.demo.effects import Effect
from sandbox.demo.events import Event, Phase
from sandbox.demo.explaining import explaining, refund_effects
from sandbox.demo.hands import ask_refund, confirm_card, drop_statement, pay_refund, spend
from sandbox.demo.reading import readings
from sandbox.demo.special import special_events
from sandbox.demo.spending import load_spending
from sandbox.demo.stage import Stage

__all__ = ["STATEMENT_DAYS", "effects_until", "scenario"]

STATEMENT_WEEKDAYS = {0, 2, 4}
STATEMENT_DAYS = tuple(
    day for day in range(3, STANDARD_DAYS + 1) if date_of(day).weekday() in STATEMENT_WEEKDAYS
)
WEEK = timedelta(days=7)
YESTERDAY = timedelta(days=1)


def scenario() -> tuple[Event, ...]:
    """Every event of the standard days, in the order of the tables."""
    deals = load_deals()
    moves, refunds = load_bank(), load_refunds()
    events = (
        *special_events(),
        *(event for deal in deals for event in _deal(deal)),
        *_settlements(deals),
        *(_move(one) for one in moves),
        *(event for one in refunds for event in _refund(one, deals)),
        *(
            Event(r.day, Phase.SALES, f"трата {r.text[:20]}", partial(spend, row=r), r.effects)
            for r in load_spending()
        ),
        *(_handover(one, deals) for one in HANDOVERS),
        *(Event(day, Phase.STATEMENT, "выписка", _statement) for day in STATEMENT_DAYS),
        *_automatic(deals),
        *explaining(deals, moves, refunds),
    )
    return (*events, *readings(events))


def effects_until(events: Iterable[Event], days: int) -> tuple[Effect, ...]:
    """Everything that the first so many days do to profit."""
    return tuple(effect for one in events if one.day <= days for effect in one.effects)


def _deal(deal: Deal) -> Iterable[Event]:
    async def finish(stage: Stage) -> None:
        await office.finish(stage, deal)

    yield Event(
        deal.signed, Phase.SALES, f"{deal.contract} подписан", partial(office.sign, deal=deal)
    )
    for place, pay in enumerate(deal.payments):
        if place or pay.entered != deal.signed:
            act = partial(office.enter, deal=deal, place=place)
            yield Event(pay.entered, Phase.SALES, f"{deal.contract} доплата", act)
        if pay.method == PayMethod.CARD and pay.confirmed:
            act = partial(confirm_card, minor=pay.minor, contract=deal.contract)
            name, effects = f"{deal.contract} перевод на карту", deal.effects_of(pay)
            yield Event(pay.confirmed, Phase.EXPLAIN, name, act, effects)
        if pay.paid is not None and pay.method in {PayMethod.BANK, PayMethod.CREDIT}:
            act = partial(_bank_pays, deal=deal, pay=pay)
            yield Event(pay.shown or pay.paid, Phase.BANK, f"{deal.contract} в банке", act)
    if deal.done is not None:
        yield Event(deal.done, Phase.DONE, f"{deal.contract} сдан", finish, deal.recognition)


def _settlements(deals: Iterable[Deal]) -> Iterable[Event]:
    """A salon's card sales of one day come as one line."""
    batches: dict[tuple[str, int, int], list[Pay]] = {}
    for deal in deals:
        for pay in deal.payments:
            if pay.method == PayMethod.TERMINAL:
                assert pay.paid is not None
                batches.setdefault((deal.where.salon, pay.entered, pay.paid), []).append(pay)
    for (salon, _, paid), sales in batches.items():
        act = partial(_settles, salon=salon, day=paid, sales=sales)
        yield Event(paid, Phase.BANK, f"эквайринг {salon}", act)


def _automatic(deals: Iterable[Deal]) -> Iterable[Event]:
    """Transfers that name their contract are confirmed by the statement's own drop."""

    async def nothing(_stage: Stage) -> None:
        """The drop has done it."""

    for deal in deals:
        for pay in deal.payments:
            if pay.method == PayMethod.BANK and not pay.by_hand and pay.confirmed:
                assert pay.confirmed in STATEMENT_DAYS
                name, effects = f"{deal.contract} сошёлся сам", deal.effects_of(pay)
                yield Event(pay.confirmed, Phase.STATEMENT, name, nothing, effects)


def _handover(row: Handover, deals: Iterable[Deal]) -> Event:
    async def act(stage: Stage) -> None:
        await hand_over(stage, row)

    effects = tuple(
        effect
        for deal in deals
        for pay in deal.payments
        if deal.where.manager == row.manager
        and pay.method == PayMethod.CASH
        and pay.confirmed == row.day
        for effect in deal.effects_of(pay)
    )
    return Event(row.day, Phase.CASH, f"{row.manager} сдаёт кассу", act, effects)


def _move(move: BankMove) -> Event:
    async def act(stage: Stage) -> None:
        office.move_money(stage, move)

    return Event(move.day, Phase.BANK, move.purpose[:30], act)


def _refund(row: Refund, deals: Iterable[Deal]) -> Iterable[Event]:
    deal = next(one for one in deals if one.number == row.number)
    paid = deal.payments[row.payment]
    ask = partial(
        ask_refund, contract=deal.contract, paid=paid.minor, minor=row.minor, why=row.why
    )
    yield Event(row.asked, Phase.EXPLAIN, f"{deal.contract} возврат", ask)
    if row.way == "desk":
        pay = partial(pay_refund, minor=row.minor, contract=deal.contract)
        effects = refund_effects(row, deal)
        yield Event(row.confirmed, Phase.DESK, f"{deal.contract} возврат из кассы", pay, effects)
        return

    async def leaves(stage: Stage) -> None:
        office.bank_refund(stage, deal, row.minor, row.paid)

    yield Event(row.paid, Phase.BANK, f"{deal.contract} возврат по банку", leaves)


async def _bank_pays(stage: Stage, deal: Deal, pay: Pay) -> None:
    if pay.method == PayMethod.CREDIT:
        office.credit_settles(stage, deal, pay)
    else:
        office.client_pays(stage, deal, pay)


async def _settles(stage: Stage, salon: str, day: int, sales: list[Pay]) -> None:
    office.settles(stage, salon, day, sales)


async def _statement(stage: Stage) -> None:
    today = date_of(stage.day)
    await drop_statement(stage, today - WEEK, today - YESTERDAY)
