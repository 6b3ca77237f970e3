"""Deals in, results out: the connector, the sweep, webhooks and write-back against the stand-in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from crm_sync.protocol import CrmUnauthorised
from crm_sync.results_out import marker_of
from ledger.money import Money
from sandbox.amocrm import company as at
from sandbox.amocrm.records import WON_STATUS_ID
from sandbox.bank.company import MAIN_ACCOUNT, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from sandbox.faults import Faults
from store.database import Store
from store.inbox import Arrival
from store.migrate import MAIN_DESK
from store.records import Person, Role
from tests.crm_sync.crm_room import ANNA, COMPANY, CrmRoom, crm_room
from usecases.audit import audit
from usecases.deals import confirmed_of_deal, is_recognised
from usecases.explain import AsPayments, Explained, explain
from usecases.handovers import cash_on_hand
from usecases.payments import BalanceApplied, apply_client_balance
from usecases.reports import unconfirmed
from usecases.statements import DroppedFile, import_statement
from usecases.undo import Undone, undo_explanation
from world.clock import VirtualClock

MARIA = Person("p5", "Мария", Role.ACCOUNTANT, 5, None, MAIN_DESK)

OWNER = Person("p1", "Игорь", Role.OWNER, 1, None, MAIN_DESK)


@pytest.fixture
async def room(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[CrmRoom]:
    async with crm_room(sqlite_store, clock) as made:
        yield made


async def cash(room: CrmRoom) -> Money:
    async with room.store.read() as unit:
        return (await cash_on_hand(unit, ANNA)).total


def notes(room: CrmRoom, lead: int, thing: str) -> int:
    return sum(
        marker_of(thing) in str(note.params.get("text")) for note in room.standin.notes(lead)
    )


async def test_a_swept_deal_puts_its_cash_on_its_manager(room: CrmRoom) -> None:
    lead = room.sign(fields={at.PREPAYMENT_DATE_ID: date(2026, 3, 1)})

    await room.intake.sweep()
    await room.intake.sweep()

    assert await cash(room) == Money(1500000)
    async with room.store.read() as unit:
        deal = await unit.deals.get(f"amocrm:{lead}")
        (row,) = await unconfirmed(unit, COMPANY)
    assert deal is not None
    assert dict(deal.dimensions) == {"manager": "Анна", "product": "Кухни", "city": "Казань"}
    assert deal.price == Money(10000000)
    assert row.payment.claim.expected_on == date(2026, 3, 1)


async def test_a_change_before_confirmation_replaces_and_an_emptied_amount_cancels(
    room: CrmRoom,
) -> None:
    lead = room.sign()
    await room.intake.sweep()

    room.standin.set_fields(lead, {at.PREPAYMENT_AMOUNT_ID: "16000.50"})
    await room.intake.sweep()
    changed = await cash(room)
    room.standin.set_fields(lead, {at.PREPAYMENT_AMOUNT_ID: None})
    await room.intake.sweep()

    assert changed == Money(1600050)
    assert await cash(room) == Money(0)


async def test_an_amount_that_is_no_sum_leaves_the_slot_alone(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()

    room.standin.set_fields(lead, {at.PREPAYMENT_METHOD_ID: None})
    await room.intake.sweep()

    assert await cash(room) == Money(1500000)


async def test_a_webhook_only_says_what_to_read_again(room: CrmRoom) -> None:
    lead = room.sign()
    lies = f"leads[update][0][id]={lead}&leads[update][0][price]=1&account[id]=5"
    async with room.store.write("test") as unit:
        await unit.inbox.keep([Arrival("amocrm", "h1", "webhooks", lies)])
        await unit.inbox.keep([Arrival("amocrm", "h2", "webhooks", "rubbish&&=[][")])

    while await room.intake.work_webhooks():
        pass

    async with room.store.read() as unit:
        deal = await unit.deals.get(f"amocrm:{lead}")
        assert await unit.inbox.open_count() == 0
    assert deal is not None
    assert deal.price == Money(10000000)


async def test_a_deleted_deal_claims_nothing(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()
    room.standin.delete(lead)
    async with room.store.write("test") as unit:
        body = f"leads[delete][0][id]={lead}"
        await unit.inbox.keep([Arrival("amocrm", "h1", "webhooks", body)])

    await room.intake.work_webhooks()

    assert await cash(room) == Money(0)


async def test_a_confirmed_payment_is_written_back_once(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()
    await room.hand_over_all()

    await room.deliver(times=3)

    thing = f"payment:amocrm:{lead}/prepayment#1"
    assert notes(room, lead, thing) == 1
    assert room.standin.field_text(lead, at.CONFIRMED_ID) == "15000"
    assert room.standin.lead(lead).status_id == at.STAGE_CONFIRMED_ID
    await room.intake.sweep()
    assert (await audit(room.store, [room.book])).differences == ()


@pytest.mark.parametrize("kind", ["lost", "cut", "500", "html", "429", "reset", "refuse"])
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_whatever_call_fails_there_is_one_note(room: CrmRoom, kind: str, nth: int) -> None:
    lead = room.sign()
    await room.intake.sweep()
    await room.hand_over_all()
    room.faults.replace(Faults.parse(f"amocrm:{kind}@{nth}").rules)

    await room.deliver(times=4)

    assert notes(room, lead, f"payment:amocrm:{lead}/prepayment#1") == 1
    assert room.standin.lead(lead).status_id == at.STAGE_CONFIRMED_ID
    assert (await audit(room.store, [room.book])).differences == ()


async def test_a_won_deal_is_never_moved_back_and_is_recognised(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()
    room.standin.move(lead, WON_STATUS_ID)
    await room.intake.sweep()
    await room.hand_over_all()

    await room.deliver()

    assert room.standin.lead(lead).status_id == WON_STATUS_ID
    async with room.store.read() as unit:
        assert await is_recognised(unit, f"amocrm:{lead}")
        assert await confirmed_of_deal(unit, f"amocrm:{lead}") == Money(1500000)


async def test_a_revoked_token_changes_nothing_and_the_row_waits(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()
    await room.hand_over_all()
    room.standin.revoke()

    await room.deliver()

    with pytest.raises(CrmUnauthorised):
        await room.intake.sweep()
    async with room.store.read() as unit:
        assert await unit.outbox.open_count("crm") == 1
        assert await unit.outbox.dead() == []
    assert room.standin.notes(lead) == []
    check = await room.book.check(room.store)
    assert [one.reason for one in check.differences] == ["unreadable"]


async def test_every_page_of_deals_is_read(room: CrmRoom) -> None:
    for number in range(260):
        room.standin.add_lead(f"Сделка {number}", responsible_user_id=at.ANNA_ID)

    assert await room.intake.sweep() == 260


async def test_the_book_names_a_doubled_note_and_a_wrong_stage(room: CrmRoom) -> None:
    lead = room.sign()
    await room.intake.sweep()
    await room.hand_over_all()
    await room.deliver()
    room.standin.add_note(lead, str(room.standin.notes(lead)[0].params["text"]))
    room.standin.move(lead, at.STAGE_SIGNED_ID)
    room.standin.set_fields(lead, {at.CONFIRMED_ID: "14999.99"})

    check = await room.book.check(room.store)

    reasons = {one.reason for one in check.differences}
    assert reasons == {"note-doubled", "stage-differs", "field-differs"}


async def test_a_balance_used_for_a_deal_is_written_back_with_a_note_of_its_own(
    room: CrmRoom,
) -> None:
    paid = room.sign("15200")
    room.standin.set_price(paid, 15000)
    contact = room.standin.add_contact("Петров")
    owing = room.standin.add_lead(
        "Шкаф", responsible_user_id=at.ANNA_ID, price=1000, contact_ids=[contact]
    )
    room.standin.crm.leads[paid] = replace(
        room.standin.lead(paid), contact_ids=room.standin.lead(owing).contact_ids
    )
    await room.intake.sweep()
    await room.hand_over_all()
    async with room.store.write("test") as unit:
        outcome = await apply_client_balance(
            unit, COMPANY, OWNER, f"amocrm:{owing}", "balance:1-1"
        )
    assert outcome == BalanceApplied(Money(20000))

    await room.deliver(times=3)

    assert room.standin.field_text(owing, at.CONFIRMED_ID) == "200"
    assert notes(room, owing, "applied:balance:1-1") == 1
    assert (await audit(room.store, [room.book])).agree


async def test_a_part_of_a_payment_is_told_and_the_rest_waits(room: CrmRoom) -> None:
    lead = room.sign("10000", "Безналичный расчёт")
    await room.intake.sweep()
    payment = f"amocrm:{lead}/prepayment#1"
    bank = BankStandin(room.clock, accounts=demo_accounts())
    for amount in (600000, 400000):
        bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(amount, "К-1027"))
    async with room.store.write("test") as unit:
        content = bank.statement(MAIN_ACCOUNT, bank.today, bank.today)
        await import_statement(unit, COMPANY, None, DroppedFile("f", "f", content))
        part = AsPayments(((payment, Money(600000)),))
        assert isinstance(await explain(unit, COMPANY, "тест", 1, part), Explained)
    await room.deliver()
    told = room.standin.field_text(lead, at.CONFIRMED_ID)
    between = (await room.book.check(room.store)).differences
    stage = room.standin.lead(lead).status_id
    async with room.store.write("test") as unit:
        rest = AsPayments(((payment, Money(400000)),))
        assert isinstance(await explain(unit, COMPANY, "тест", 2, rest), Explained)

    await room.deliver(times=2)

    assert (told, between, stage) == ("6000", (), at.STAGE_SIGNED_ID)
    assert room.standin.field_text(lead, at.CONFIRMED_ID) == "10000"
    assert len(room.standin.notes(lead)) == 2
    assert (await room.book.check(room.store)).differences == ()


async def taken_in(room: CrmRoom, *amounts: int) -> str:
    """Lines of these sums for one payment of 10 000; gives the payment's id and its deal's."""
    lead = room.sign("10000", "Безналичный расчёт")
    await room.intake.sweep()
    bank = BankStandin(room.clock, accounts=demo_accounts())
    for amount in amounts:
        bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(amount, "К-1027"))
    async with room.store.write("test") as unit:
        content = bank.statement(MAIN_ACCOUNT, bank.today, bank.today)
        await import_statement(unit, COMPANY, None, DroppedFile("f", "f", content))
    return f"amocrm:{lead}"


async def say(room: CrmRoom, deal: str, line: int, minor: int) -> None:
    async with room.store.write("test") as unit:
        part = AsPayments(((f"{deal}/prepayment#1", Money(minor)),))
        assert isinstance(await explain(unit, COMPANY, "тест", line, part), Explained)


async def take_back(room: CrmRoom, line: int, attempt: int = 1) -> None:
    async with room.store.write("test") as unit:
        assert isinstance(await undo_explanation(unit, MARIA, line, attempt), Undone)


@pytest.mark.parametrize("told_between", [True, False])
async def test_what_was_taken_back_leaves_a_note_each_and_lowers_the_sum(
    room: CrmRoom, told_between: bool
) -> None:
    """Whether the CRM heard of each step at once or of all of them later."""
    deal = await taken_in(room, 600000, 400000)
    lead = int(deal.partition(":")[2])
    steps = [
        say(room, deal, 1, 600000),
        say(room, deal, 2, 400000),
        take_back(room, 1),
        say(room, deal, 1, 600000),
        take_back(room, 2),
        take_back(room, 1, 2),
    ]
    sums = []
    for step in steps:
        await step
        if told_between:
            await room.deliver(times=2)
            sums.append(room.standin.field_text(lead, at.CONFIRMED_ID))
            assert (await room.book.check(room.store)).differences == ()

    await room.deliver(times=3)

    assert sums in ([], ["6000", "10000", "4000", "10000", "6000", "0"])
    assert room.standin.field_text(lead, at.CONFIRMED_ID) in {"0", None}
    # Received, confirmed, undone, confirmed anew, undone, undone.
    assert len(room.standin.notes(lead)) == 6
    assert (await room.book.check(room.store)).differences == ()
    assert (await audit(room.store, [room.book])).agree


async def test_a_stage_is_a_persons_business_once_the_payment_was_taken_back(
    room: CrmRoom,
) -> None:
    deal = await taken_in(room, 1000000)
    lead = int(deal.partition(":")[2])
    async with room.store.read() as unit:
        assert await unit.pending.resolution(f"payment:{deal}/prepayment#1") is not None
    await room.deliver(times=2)
    stage = room.standin.lead(lead).status_id

    await take_back(room, 1)
    await room.deliver(times=2)

    assert room.standin.lead(lead).status_id == stage != at.STAGE_SIGNED_ID
    assert (await room.book.check(room.store)).differences == ()
    assert "снято" in "".join(str(one) for one in room.standin.notes(lead))
