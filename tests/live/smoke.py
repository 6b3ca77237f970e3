"""What the smoke test does to each outside service, through the product's own ways in and out.

test_live.py points it at the real services, test_smoke.py at the stand-ins, so that it does not
rot between the rare days on which somebody lends it accounts.
"""

from datetime import timedelta
from pathlib import Path

from app.config import SheetConfig
from app.sheet import build_sheet
from crm_sync.amocrm.client import AmoClient, AmoSettings
from crm_sync.amocrm.connector import AmoCrm
from handlers.build import TelegramSettings, build_telegram
from handlers.poller import Polled
from handlers.told import ToldBook
from ledger.money import Money
from sheets.writer import Installed
from store.database import Store
from store.migrate import MAIN_DESK
from store.records import Person, Role
from usecases.company import Company
from usecases.dispatch import Channel, Dispatcher, Limits
from usecases.expenses import Recorded, RecordExpense, record_expense, undo_expense
from usecases.telling import show
from world.clock import Clock
from world.identity import seeded_chance

COMPANY = Company()
# Would load a page from outside if anything took it for a formula, or break the text as markup.
TRAP = '=IMPORTXML("https://example.com";"//a") <b>&'
RUNS_MAX = 20


async def spend(store: Store, clock: Clock, chat: int | None, words: str = TRAP) -> str:
    """An expense of an owner in the books; its id."""
    owner = Person(f"p{chat or 0}", "Владелец", Role.OWNER, chat, None, MAIN_DESK)
    expense = f"live-{len(words)}"
    async with store.write("live") as unit:
        if await unit.people.get(owner.id) is None:
            await unit.people.add(owner)
        command = RecordExpense(expense, Money(50_050), words, COMPANY.today(clock.now()))
        assert isinstance(await record_expense(unit, owner, command), Recorded)
        await show(unit, f"expense:{expense}", [owner])
    return expense


async def try_telegram(
    store: Store, clock: Clock, token: str, chat: int, api_base: str | None = None
) -> None:
    """Ask for updates; send a card about an expense, undo it, see the card edited in place."""
    settings = TelegramSettings(token, "", api_base, poll_s=0)
    telegram = build_telegram(settings, store, clock, COMPANY)
    try:
        assert isinstance(await telegram.poller.run_once(), Polled)
        expense = await spend(store, clock, chat)
        await _deliver(store, clock, telegram.channel)
        sent = await _card(store, expense, chat)
        async with store.write("live") as unit:
            owner = await unit.people.by_telegram(chat)
            assert owner is not None
            await undo_expense(unit, owner, expense)
        await _deliver(store, clock, telegram.channel)
        edited = await _card(store, expense, chat)

        assert sent[0] == edited[0], "the card was sent anew instead of edited"
        assert sent[1] != edited[1]
        assert not (await ToldBook(telegram.teller).check(store)).differences
    finally:
        await telegram.bot.session.close()


async def try_spreadsheet(store: Store, clock: Clock, config: SheetConfig) -> None:
    """Install the template twice, write rows twice, and read every row and figure back."""
    sheet = build_sheet(config, store, clock, COMPANY)
    try:
        for _ in range(2):
            outcome = await sheet.install()
            assert isinstance(outcome, Installed), outcome
        await spend(store, clock, None)
        await spend(store, clock, None, "такси")
        await _deliver(store, clock, sheet.channel)
        rebuilt = await sheet.channel.rebuild()
        assert isinstance(rebuilt, Installed), rebuilt
        checked = await sheet.book.check(store)

        assert checked.differences == ()
        assert checked.totals["rows"] == "2"
    finally:
        sheet.close()


async def try_amocrm(clock: Clock, base_url: str, token: str) -> None:
    """Read users, fields, stages and one page of deals; nothing is written."""
    client = AmoClient(AmoSettings(base_url, token), clock)
    crm = AmoCrm(client)
    try:
        assert await crm.users()
        assert await crm.stages()
        await crm.fields()
        async for deals in crm.changed_since(clock.now() - timedelta(days=30)):
            for deal in deals[:1]:
                again = await crm.deal(deal.id)
                assert again is not None
                assert again.id == deal.id
            break
    finally:
        await client.close()


def sheet_config(spreadsheet: str, key: Path, api_base: str = "") -> SheetConfig:
    """The part of the configuration that a spreadsheet needs."""
    return SheetConfig(spreadsheet_id=spreadsheet, service_account_file=key, api_base=api_base)


async def _deliver(store: Store, clock: Clock, channel: Channel) -> None:
    dispatcher = Dispatcher(store, channel, clock, seeded_chance(1), Limits(attempts_max=3))
    for _ in range(RUNS_MAX):
        await dispatcher.run_once()
        async with store.read() as unit:
            dead, due = await unit.outbox.dead(), await unit.outbox.next_due(channel.name)
        assert not dead, dead[0].reason
        if due is None:
            return
        await clock.sleep(max((due - clock.now()).total_seconds(), 0))
    raise AssertionError(f"{channel.name} does not come to rest")


async def _card(store: Store, expense: str, chat: int) -> tuple[int, str]:
    async with store.read() as unit:
        card = await unit.cards.get(f"expense:{expense}", chat)
    assert card is not None
    assert card.message is not None
    return card.message, card.text
