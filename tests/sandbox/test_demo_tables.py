"""The demo's hand-written tables agree with each other."""

from collections import Counter

from sandbox.demo.bank_table import load_bank, load_refunds
from sandbox.demo.calendar import STANDARD_DAYS, date_of
from sandbox.demo.cash import HANDOVERS
from sandbox.demo.company import HOSTILE_CLIENTS, STAFF, client_names
from sandbox.demo.deals import Deal, Pay, PayMethod, load_deals
from sandbox.demo.effects import (
    Basis,
    both,
    by_dimension,
    by_month,
    common_of,
    net_profit,
    total_of,
)
from sandbox.demo.scenario import STATEMENT_DAYS, effects_until, scenario
from sandbox.demo.spending import load_spending
from sandbox.demo.totals import GRAND_TOTALS
from world.identity import seeded_chance

DEALS = load_deals()
MARCH_CLOSED_ON = 37
MARCH_DAYS = 30


def payments() -> list[tuple[Deal, Pay]]:
    return [(deal, pay) for deal in DEALS for pay in deal.payments]


def test_ninety_days_come_to_the_totals_that_were_written_down_apart() -> None:
    effects = effects_until(scenario(), STANDARD_DAYS)

    for basis in Basis:
        assert total_of(effects, basis) == GRAND_TOTALS[basis]


def test_each_breakdown_of_the_totals_adds_up_to_the_total() -> None:
    effects = effects_until(scenario(), STANDARD_DAYS)

    for basis in Basis:
        total = total_of(effects, basis)
        months = by_month(effects, basis).values()
        assert {line: sum(row[line] for row in months) for line in total} == total
        for code in ("manager", "product", "salon", "city"):
            rows = [*by_dimension(effects, basis, code).values(), common_of(effects, basis)]
            assert {line: sum(row[line] for row in rows) for line in total} == total


def test_the_day_of_five_contracts_is_in_the_table() -> None:
    sums = [pay.minor for deal, pay in payments() if deal.signed == 2 and pay.confirmed == 2]

    assert sums == [10_000_00, 15_000_00, 7_500_50, 20_000_00, 12_000_00, 10_000_00]
    anna, boris = HANDOVERS[:2]
    assert (anna.declared, boris.declared, boris.counted) == (64_500_50, 10_000_00, 9_500_00)


def test_every_handover_declares_the_payments_that_it_confirms_and_earlier_shortages() -> None:
    short: Counter[str] = Counter()
    for row in HANDOVERS:
        listed = sum(
            pay.minor
            for deal, pay in payments()
            if deal.where.manager == row.manager
            and pay.method == PayMethod.CASH
            and pay.confirmed == row.day
        )
        assert row.declared == listed + short[row.manager], row
        short[row.manager] = row.declared - (row.counted or row.declared)


def test_bank_money_is_confirmed_on_days_of_statements_after_it_shows() -> None:
    for deal, pay in payments():
        if pay.paid is not None and pay.confirmed is not None:
            shown = pay.shown or pay.paid
            first = next(day for day in STATEMENT_DAYS if day > shown)
            assert pay.confirmed in STATEMENT_DAYS, deal
            assert pay.confirmed == first or pay.by_hand, deal
    for move in load_bank():
        assert move.explained is None or move.explained in STATEMENT_DAYS


def test_a_card_sale_of_one_salon_and_day_has_one_day_in_the_bank() -> None:
    days: dict[tuple[str, int], set[int | None]] = {}
    for deal, pay in payments():
        if pay.method == PayMethod.TERMINAL:
            days.setdefault((deal.where.salon, pay.entered), set()).add(pay.paid)

    assert all(len(paid) == 1 for paid in days.values())
    assert max(Counter((deal.where.salon, pay.entered) for deal, pay in payments()).values()) > 1


def test_what_is_confirmed_after_march_was_closed_does_not_count_in_march() -> None:
    late = [
        effect
        for event in scenario()
        for effect in event.effects
        if event.day > MARCH_CLOSED_ON and effect.on <= date_of(MARCH_DAYS)
    ]

    assert late == []


def test_the_days_hold_what_they_promise() -> None:
    methods = Counter(pay.method for _, pay in payments())
    assert all(methods[one] >= 6 for one in ("cash", "card", "term", "bank", "cred"))
    assert len(load_refunds()) >= 6
    assert {one.way for one in load_refunds()} == {"desk", "bank"}
    assert any(not deal.where.city for deal in DEALS)
    assert any(not deal.where.product for deal in DEALS)
    assert any(pay.shown for _, pay in payments())
    assert any(pay.gone for _, pay in payments())
    assert any(pay.counts for _, pay in payments())
    assert any(pay.revenue for _, pay in payments())
    assert any("IMPORTXML" in one.text for one in load_spending())


def test_a_seed_changes_names_and_nothing_else() -> None:
    numbers = [deal.number for deal in DEALS]
    one, two = (client_names(seeded_chance(seed), numbers) for seed in (1, 2))

    assert one != two
    assert len(set(one.values())) == len(set(two.values())) == len(numbers)
    assert all(one[number] == name for number, name in HOSTILE_CLIENTS.items())
    assert {pay.where.manager for pay in DEALS} == {s.name for s in STAFF if s.crm_user}


def test_profit_is_what_the_ladder_says() -> None:
    effects = [
        *both("revenue", 1000, date_of(1)),
        *both("production", 300, date_of(1)),
        *both("other_income", 50, date_of(1)),
        *both("before_net_profit", 20, date_of(1)),
        *both("after_net_profit", 500, date_of(1)),
    ]

    assert net_profit(total_of(effects, Basis.CASH)) == 730
