import asyncio
from datetime import timedelta

import pytest

from handlers.build import build_bot
from handlers.poller import Polled, Poller, PollerStopped, Unavailable
from tests.handlers.office import Office
from world.points import listen


class KilledError(BaseException):
    """The process dies here."""


async def inbox_count(office: Office) -> int:
    async with office.store.read() as unit:
        return await unit.inbox.open_count()


async def test_an_update_is_acknowledged_only_after_it_is_stored(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 такси")

    first = await office.telegram.poller.run_once()
    waiting = office.standin.waiting_updates
    await office.telegram.poller.run_once()

    assert (first, waiting, office.standin.waiting_updates) == (Polled(1), 1, 0)
    assert await inbox_count(office) == 1


@pytest.mark.parametrize("point", ["inbox:before-store", "inbox:before-commit"])
async def test_a_death_before_the_store_loses_nothing(office: Office, point: str):
    await office.open_for()
    await office.phones["owner"].say("500 такси")

    def kill(name: str) -> None:
        if name == point:
            raise KilledError

    listen(kill)
    with pytest.raises(KilledError):
        await office.telegram.poller.run_once()
    listen(None)

    assert await inbox_count(office) == 0
    assert await office.telegram.poller.run_once() == Polled(1)
    assert await inbox_count(office) == 1


async def test_an_answer_that_was_lost_brings_the_updates_again_once(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 такси")
    office.break_down("telegram/getUpdates:lost@1")

    lost = await office.telegram.poller.run_once()
    await office.settle()

    assert isinstance(lost, Unavailable)
    async with office.store.read() as unit:
        assert await unit.journal.count() == 1


async def test_waits_grow_while_telegram_is_away(office: Office):
    office.break_down("telegram:5xx")

    waits = [await office.telegram.poller.run_once() for _ in range(8)]

    assert [wait.after_s for wait in waits if isinstance(wait, Unavailable)] == [
        2, 4, 8, 16, 32, 60, 60, 60,
    ]  # fmt: skip


async def test_being_too_fast_is_obeyed(office: Office):
    office.break_down("telegram:429@1")

    outcome = await office.telegram.poller.run_once()

    assert isinstance(outcome, Unavailable)
    assert outcome.after_s == 3


async def test_a_webhook_or_a_second_program_stops_the_poller_with_a_sentence(office: Office):
    await office.telegram.bot.set_webhook("https://example.com/hook")

    stopped = await office.telegram.poller.run(asyncio.Event(), asyncio.Event().set)

    assert stopped == PollerStopped(office.telegram.texts.plain("poller-conflict"))
    await office.telegram.bot.delete_webhook()


async def test_a_revoked_token_stops_the_poller_with_a_sentence(office: Office):
    base = office.telegram.bot.session.api.base.partition("/bot")[0]
    bot = build_bot("42:REVOKED", base, 5)
    poller = Poller(bot, office.store, office.clock, office.telegram.texts, 0)

    stopped = await poller.run(asyncio.Event(), asyncio.Event().set)

    assert isinstance(stopped, PollerStopped)
    assert "@BotFather" in stopped.sentence
    await bot.session.close()


async def test_the_loop_ends_when_it_is_told_to(office: Office):
    stop = asyncio.Event()
    stop.set()

    assert await office.telegram.poller.run(stop, stop.set) is None


async def test_after_an_outage_the_loop_goes_on(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 такси")
    office.break_down("telegram/getUpdates:resetx2")
    stop = asyncio.Event()
    before = office.clock.now()

    # The loop says when something new was stored; here that ends it.
    await office.telegram.poller.run(stop, stop.set)

    assert await inbox_count(office) == 1
    assert office.clock.now() - before >= timedelta(seconds=2 + 4)


async def test_an_instance_that_is_off_duty_asks_nothing(office: Office):
    await office.open_for()
    await office.phones["owner"].say("500 такси")
    stop, asked = asyncio.Event(), []

    async def off_duty_twice() -> bool:
        asked.append(await inbox_count(office))
        return len(asked) > 2

    await office.telegram.poller.run(stop, stop.set, off_duty_twice)

    assert asked == [0, 0, 0]
    assert await inbox_count(office) == 1
