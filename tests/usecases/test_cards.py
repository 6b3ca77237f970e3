"""What a card is drawn from."""

from confirmations.payments import Method
from store.database import Store
from tests.usecases.company_room import ANNA as GIVER
from tests.usecases.company_room import COMPANY, OLGA, a_deal, claim, hire, press
from usecases.cards import HandoverCard, facts_of
from usecases.handovers import ConfirmHandover, Declared, confirm_handover, declare_handover


async def test_the_crm_changed_after_the_count_leaves_the_handover_card_as_it_was_told(
    sqlite_store: Store,
) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await claim(unit, a_deal(1), {"prepayment": ("9000", Method.CASH)})
        declared = await declare_handover(unit, COMPANY, GIVER)
        assert isinstance(declared, Declared)
        command = ConfirmHandover(declared.handover.id, press(OLGA, unit))
        await confirm_handover(unit, COMPANY, OLGA, command)
        told = await facts_of(unit, COMPANY, declared.handover.thing, OLGA)

        await claim(unit, a_deal(1), {"prepayment": ("9500", Method.CASH)})

        assert await facts_of(unit, COMPANY, declared.handover.thing, OLGA) == told
        assert isinstance(told, HandoverCard)


async def test_the_crm_changed_before_the_count_shows_on_the_handover_card(
    sqlite_store: Store,
) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await claim(unit, a_deal(1), {"prepayment": ("9000", Method.CASH)})
        declared = await declare_handover(unit, COMPANY, GIVER)
        assert isinstance(declared, Declared)

        await claim(unit, a_deal(1), {"prepayment": ("9500", Method.CASH)})

        card = await facts_of(unit, COMPANY, declared.handover.thing, OLGA)
    assert isinstance(card, HandoverCard)
    assert [one.crm_says for one in card.payments] == ["9500.00 cash 2026-03-02"]
