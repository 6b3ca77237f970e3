"""The product's connector against the amoCRM stand-in over HTTP, with the demo company's fields."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from banking.matching.records import STRICT
from confirmations.handovers import Press
from confirmations.payments import Method
from crm_sync.amocrm.client import AmoClient, AmoSettings
from crm_sync.amocrm.connector import AmoCrm
from crm_sync.book import CrmBook
from crm_sync.deals_in import DealIntake
from crm_sync.results_out import CrmChannel
from crm_sync.settings import CrmMapping, SlotFields
from sandbox.amocrm import company as at
from sandbox.amocrm.records import WON_STATUS_ID
from sandbox.amocrm.standin import AmoStandin
from sandbox.faults import Faults
from sandbox.servers import run_standins
from store.database import Store
from store.migrate import MAIN_DESK
from store.records import Person, Role
from usecases.company import Company
from usecases.dispatch import Dispatcher, Limits
from usecases.handovers import Confirmed, ConfirmHandover, confirm_handover, declare_handover
from world.clock import VirtualClock
from world.identity import seeded_chance

TOKEN = "long-lived"
# Cautious, so that there is something left for a person to explain.
COMPANY = Company(automatic=STRICT)
ANNA = Person("p2", "Анна", Role.MANAGER, 2, f"amocrm:{at.ANNA_ID}", MAIN_DESK)
OLGA = Person("p4", "Ольга", Role.CASHIER, 4, None, MAIN_DESK)
METHODS = {
    "Наличные": Method.CASH,
    "Перевод на карту": Method.CARD_TRANSFER,
    "Терминал": Method.TERMINAL,
    "Безналичный расчёт": Method.BANK_TRANSFER,
    "Кредитный договор": Method.CREDIT_AGREEMENT,
}
MAPPING = CrmMapping(
    slots=(
        SlotFields(
            "prepayment",
            str(at.PREPAYMENT_AMOUNT_ID),
            str(at.PREPAYMENT_METHOD_ID),
            str(at.PREPAYMENT_DATE_ID),
        ),
        SlotFields("balance", str(at.BALANCE_AMOUNT_ID), str(at.BALANCE_METHOD_ID)),
    ),
    methods=METHODS,
    contract_no=str(at.CONTRACT_NUMBER_ID),
    pipeline=str(at.PIPELINE_ID),
    confirmed_stage=str(at.STAGE_CONFIRMED_ID),
    from_stages=frozenset({str(at.STAGE_NEW_ID), str(at.STAGE_SIGNED_ID)}),
    done_stages=frozenset({str(WON_STATUS_ID)}),
    contract_date=str(at.CONTRACT_DATE_ID),
    client_inn=str(at.CLIENT_INN_ID),
    confirmed_field=str(at.CONFIRMED_ID),
    dimensions={
        "product": str(at.PRODUCT_ID),
        "salon": str(at.SALON_ID),
        "city": str(at.CITY_ID),
    },
)


@dataclass
class CrmRoom:
    store: Store
    clock: VirtualClock
    standin: AmoStandin
    faults: Faults
    crm: AmoCrm
    intake: DealIntake
    channel: CrmChannel
    book: CrmBook

    def sign(self, amount: str | None = "15000", method: str = "Наличные", **more: object) -> int:
        """Anna signs a contract with a prepayment."""
        fields = {
            at.PREPAYMENT_AMOUNT_ID: amount,
            at.PREPAYMENT_METHOD_ID: method,
            at.CONTRACT_NUMBER_ID: "К-1027",
            at.PRODUCT_ID: "Кухни",
            at.CITY_ID: "Казань",
        } | more.pop("fields", {})
        lead = self.standin.add_lead(
            "Кухня Лофт", responsible_user_id=at.ANNA_ID, price=100000, fields=fields, **more
        )
        self.standin.move(lead, at.STAGE_SIGNED_ID)
        return lead

    async def deliver(self, times: int = 1, wait: timedelta = timedelta(minutes=10)) -> None:
        """Drive the outbox of the CRM."""
        limits = Limits()
        dispatcher = Dispatcher(self.store, self.channel, self.clock, seeded_chance(1), limits)
        for _ in range(times):
            await dispatcher.run_once()
            self.clock.advance(wait)

    async def hand_over_all(self) -> None:
        """Anna hands over, Olga confirms."""
        async with self.store.write("test") as unit:
            await declare_handover(unit, COMPANY, ANNA)
            (pending,) = await unit.pending.open_handovers()
            command = ConfirmHandover(pending.id, Press(OLGA.id, unit.now()))
            assert isinstance(await confirm_handover(unit, COMPANY, OLGA, command), Confirmed)


@asynccontextmanager
async def crm_room(store: Store, clock: VirtualClock) -> AsyncIterator[CrmRoom]:
    faults = Faults()
    standin = AmoStandin(clock, faults, token=TOKEN)
    async with store.write("test") as unit:
        for person in (ANNA, OLGA):
            await unit.people.add(person)
    async with run_standins({"amocrm": standin.app}) as urls:
        client = AmoClient(AmoSettings(urls["amocrm"], TOKEN), clock)
        crm = AmoCrm(client)
        intake = DealIntake(store, crm, MAPPING, COMPANY)
        channel = CrmChannel(store, crm, MAPPING)
        book = CrmBook(crm, MAPPING)
        yield CrmRoom(store, clock, standin, faults, crm, intake, channel, book)
        await client.close()
