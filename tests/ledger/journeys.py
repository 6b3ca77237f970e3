"""Random months of a small company: events for the model, and the operations the room posts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Operation
from ledger.posting import (
    About,
    TwoDates,
    apply_balance,
    client_payment,
    deal_refund,
    expense,
    handover,
    income,
    opening,
    overpayment,
    own_transfer,
    recognition,
    settlement_fee,
    settlement_net,
    statement_line,
    transfer,
)
from ledger.seed import SystemArticle
from tests.ledger.model import KINDS, Event
from tests.ledger.reading import day

__all__ = ["FIRST", "LAST", "events", "post_all"]

FIRST, LAST = day("2026-01-01"), day("2026-03-31")
_DAYS = st.dates(FIRST, LAST)
_COSTS = [201, 301, 401, 502, 602, 702, 801, 902]
_GAINS = [101, 102, 112]


def events() -> st.SearchStrategy[list[Event]]:
    """Up to forty events of all kinds over three months."""
    return st.lists(st.sampled_from(KINDS).flatmap(_event), max_size=40)


def post_all(happened: list[Event]) -> list[Operation]:
    """What the room posts for the events, each under its own key."""
    return [
        operation
        for number, event in enumerate(happened)
        for operation in _post(event, About(f"k{number}", "olga"))
    ]


def _event(kind: str) -> st.SearchStrategy[Event]:
    places = ["desk:main", "bank:4070", "card:p1", "collected:p3"]
    if kind in {"pay", "refund", "refund done", "spend"}:
        places += ["suspense:4070", "clearing:tbank"]
    if kind == "spend":
        places += ["issued:p3"]
    return st.builds(
        Event,
        kind=st.just(kind),
        minor=st.integers(1, 10**7),
        day=_DAYS,
        place=st.sampled_from(places),
        deal=st.sampled_from(["a-1", "a-2"]),
        article=st.sampled_from(_GAINS if kind == "earn" else _COSTS),
        later=st.none() | _DAYS if kind in {"spend", "earn", "deal cost"} else st.none(),
    )


def _post(event: Event, about: About) -> tuple[Operation, ...]:
    one = _SINGLE.get(event.kind)
    return (one(event, about),) if one else _DATED[event.kind](event, about)


def _of(event: Event) -> tuple[Account, Money, date]:
    return Account.parse(event.place), Money(event.minor), event.day


def _deal(event: Event, about: About) -> About:
    return replace(about, deal=event.deal)


def _line(event: Event, about: About, *, incoming: bool, own: bool = False) -> Operation:
    _, money, on = _of(event)
    return statement_line(about, "4070", money, on, incoming=incoming, own_transfer=own)


def _both(event: Event) -> tuple[int, Account, Money, TwoDates]:
    place, money, on = _of(event)
    return event.article, place, money, TwoDates(on, event.later)


_DESK, _BANK, _CLEARING = (
    Account.parse(one) for one in ("desk:main", "bank:4070", "clearing:tbank")
)
_TRANSIT, _ISSUED = Account.parse("transit:own"), Account.parse("issued:p3")
_ISSUE, _RETURN = SystemArticle.ACCOUNTABLE_ISSUE, SystemArticle.ACCOUNTABLE_RETURN
_SINGLE: dict[str, Callable[[Event, About], Operation]] = {
    "open": lambda e, a: opening(a, *_of(e), owed=False),
    "pay": lambda e, a: client_payment(_deal(e, a), *_of(e)),
    "hand over": lambda e, a: handover(a, "p3", _DESK, Money(e.minor), e.day),
    "line in": lambda e, a: _line(e, a, incoming=True),
    "line out": lambda e, a: _line(e, a, incoming=False),
    "own in": lambda e, a: _line(e, a, incoming=True, own=True),
    "own out": lambda e, a: own_transfer(a, _BANK, _TRANSIT, Money(e.minor), e.day),
    "net": lambda e, a: settlement_net(a, "4070", _CLEARING, Money(e.minor), e.day),
    "fee": lambda e, a: settlement_fee(_deal(e, a), 502, _CLEARING, Money(e.minor), e.day),
    "over": lambda e, a: overpayment(a, _of(e)[0], "c-1", Money(e.minor), e.day),
    "apply": lambda e, a: apply_balance(_deal(e, a), "c-1", Money(e.minor), e.day),
    "done": lambda e, a: recognition(_deal(e, a), Money(e.minor), e.day),
    "refund": lambda e, a: deal_refund(_deal(e, a), *_of(e), recognised=False),
    "refund done": lambda e, a: deal_refund(_deal(e, a), *_of(e), recognised=True),
    "issue": lambda e, a: transfer(a, _ISSUE, _of(e)[0], _ISSUED, Money(e.minor), e.day),
    "return": lambda e, a: transfer(a, _RETURN, _ISSUED, *_of(e)),
}
_DATED: dict[str, Callable[[Event, About], tuple[Operation, ...]]] = {
    "spend": lambda e, a: expense(a, *_both(e)),
    "deal cost": lambda e, a: expense(_deal(e, a), *_both(e)),
    "bill": lambda e, a: expense(a, *_both(e)[:3], TwoDates(None, e.day)),
    "earn": lambda e, a: income(a, *_both(e)),
}
