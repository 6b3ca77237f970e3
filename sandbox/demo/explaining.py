"""Which statement lines the accountant explains on which day, and by what."""

from collections.abc import Iterable
from functools import partial

from sandbox.demo.bank_table import BankMove, Refund
from sandbox.demo.calendar import date_of
from sandbox.demo.company import MERCHANT_OF_SALON
from sandbox.demo.deals import Deal, Pay, PayMethod
from sandbox.demo.effects import Basis, Effect
from sandbox.demo.events import Event, Phase
from sandbox.demo.hands import Task, explain
from sandbox.demo.stage import roubles

__all__ = ["explaining", "refund_effects"]

Work = tuple[int, Task, tuple[Effect, ...]]


def explaining(
    deals: Iterable[Deal], moves: Iterable[BankMove], refunds: Iterable[Refund]
) -> Iterable[Event]:
    """One walk through the lines a day, with everything that is to be answered on it."""
    known = {deal.number: deal for deal in deals}
    work = [
        *(one for deal in known.values() for pay in deal.payments for one in _transfer(deal, pay)),
        *_settlements(known.values()),
        *(one for move in moves for one in _by_article(move)),
        *(_returned(one, known[one.number]) for one in refunds if one.way == "bank"),
    ]
    for day in sorted({day for day, _, _ in work}):
        tasks = [task for on, task, _ in work if on == day]
        effects = tuple(effect for on, _, found in work if on == day for effect in found)
        act = partial(explain, tasks=tasks)
        yield Event(day, Phase.EXPLAIN, "разбор выписки", act, effects)


def refund_effects(row: Refund, deal: Deal) -> tuple[Effect, ...]:
    """Less revenue on the day the money left; accrual only for a deal that was done."""
    bases = tuple(Basis) if row.recognised else (Basis.CASH,)
    on = date_of(row.paid)
    return tuple(Effect(basis, "revenue", -row.minor, on, deal.where) for basis in bases)


def _transfer(deal: Deal, pay: Pay) -> Iterable[Work]:
    if pay.confirmed is None:
        return
    effects = deal.effects_of(pay)
    if pay.method == PayMethod.BANK and pay.by_hand:
        words = (f"+{roubles(pay.arrives)}", deal.contract)
        yield pay.confirmed, Task(words), effects
    elif pay.method == PayMethod.CREDIT:
        words = (f"+{roubles(pay.minor - pay.fee)}", f"№ {5550000 + deal.number}")
        yield pay.confirmed, Task(words), effects


def _settlements(deals: Iterable[Deal]) -> Iterable[Work]:
    batches: dict[tuple[str, int, int], list[tuple[Deal, Pay]]] = {}
    for deal in deals:
        for pay in deal.payments:
            if pay.method == PayMethod.TERMINAL and pay.confirmed is not None:
                key = (deal.where.salon, pay.entered, pay.confirmed)
                batches.setdefault(key, []).append((deal, pay))
    for (salon, _, day), sales in batches.items():
        net = sum(pay.minor - pay.fee for _, pay in sales)
        task = Task((f"+{roubles(net)}", MERCHANT_OF_SALON[salon]))
        yield day, task, tuple(one for deal, pay in sales for one in deal.effects_of(pay))


def _by_article(move: BankMove) -> Iterable[Work]:
    if move.explained is not None:
        sign = "+" if move.way in {"in", "in2"} else "−"
        words = (f"{sign}{roubles(move.minor)}", move.purpose[:40])
        yield move.explained, Task(words, article=move.article), move.effects


def _returned(row: Refund, deal: Deal) -> Work:
    label = f"Возврат {roubles(row.minor)}"
    task = Task((f"−{roubles(row.minor)}", deal.contract), label=label)
    return row.confirmed, task, refund_effects(row, deal)
