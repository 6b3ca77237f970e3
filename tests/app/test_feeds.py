"""When banks are read, and which."""

from datetime import timedelta

from app.config import Config
from app.feeds import build_feeds, feeds_of, pull_period
from sandbox.bank.company import MAIN_ACCOUNT, person
from sandbox.bank.records import Order
from sandbox.faults import Faults
from sandbox.servers import Sandbox
from store.database import Store
from usecases.company import Company
from world.clock import VirtualClock

COMPANY = Company()


def test_each_hour_is_a_period_and_half_past_eight_begins_another(clock: VirtualClock) -> None:
    clock.advance(timedelta(hours=22, minutes=50))
    periods = []
    for _ in range(6):
        periods.append(pull_period(clock.now(), COMPANY)[11:])
        clock.advance(timedelta(minutes=20))

    assert periods == ["07", "08", "08:30", "08:30", "09", "09"]


def test_a_bank_that_is_not_configured_is_not_there(clock: VirtualClock) -> None:
    config = Config.model_validate({"modulbank": {"token": "secret"}})

    assert [feed.name for feed, _ in feeds_of(config, clock)] == ["modulbank"]
    assert feeds_of(Config(), clock) == []
    assert "secret" not in repr(config)


async def test_a_bank_is_pulled_once_for_each_period(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    sandbox = Sandbox(clock, Faults())
    async with sandbox.running() as urls:
        found = sandbox.connections(urls)
        given = {
            name: {"token": found[name]["token"], "api_base": found[name]["base_url"]}
            for name in ("tbank", "modulbank")
        }
        faces = build_feeds(Config.model_validate(given), sqlite_store, clock, COMPANY)
        new = []
        for _ in range(3):
            sandbox.bank.client_pays(MAIN_ACCOUNT, person("Иванов"), Order(100, "перевод"))
            new.append([await face.pull_when_due() for face in faces])
            clock.advance(timedelta(minutes=31))
        for face in faces:
            await face.feed.close()

    # Both APIs show one book: what one of them brought, the other knows.
    assert new == [[1, 0], [0, 0], [2, 0]]
