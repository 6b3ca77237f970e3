"""The demo's next day: clients pay what they owe, and only once."""

from datetime import date, datetime

import pytest

from sandbox.bank.company import MAIN_ACCOUNT, person
from sandbox.bank.people import MOSCOW
from sandbox.bank.records import Order
from sandbox.demo.tomorrow import Expected, Tomorrow
from sandbox.faults import Faults
from sandbox.servers import Sandbox
from world.clock import VirtualClock

WAITED = Expected(
    id="ДМ-0001 1500000",
    method="bank",
    minor=15_000_00,
    on=date(2026, 3, 3),
    client="Смирнова Ольга",
    contract="ДМ-0001",
)


@pytest.fixture
def tomorrow() -> Tomorrow:
    clock = VirtualClock(datetime(2026, 3, 3, 12, tzinfo=MOSCOW))
    return Tomorrow(Sandbox(clock, Faults()))


def test_what_is_waited_for_is_paid_once(tomorrow: Tomorrow) -> None:
    assert tomorrow.pay([WAITED]) == 1
    assert tomorrow.pay([WAITED]) == 0

    assert [one.amount_minor for one in tomorrow.sandbox.bank.documents] == [15_000_00]


def test_what_a_client_has_paid_by_hand_is_not_paid_again(tomorrow: Tomorrow) -> None:
    by_hand = Order(15_000_00, "Оплата по договору № ДМ-0001. НДС не облагается.")
    tomorrow.sandbox.bank.client_pays(MAIN_ACCOUNT, person("Смирнова Ольга"), by_hand)

    assert tomorrow.pay([WAITED]) == 0
    assert len(tomorrow.sandbox.bank.documents) == 1


def test_a_payment_by_hand_of_another_sum_does_not_stand_in_for_it(tomorrow: Tomorrow) -> None:
    by_hand = Order(14_000_00, "Оплата по договору № ДМ-0001. НДС не облагается.")
    tomorrow.sandbox.bank.client_pays(MAIN_ACCOUNT, person("Смирнова Ольга"), by_hand)

    assert tomorrow.pay([WAITED]) == 1
    assert len(tomorrow.sandbox.bank.documents) == 2
