"""SIGKILL at random moments and at every named point, while people, the CRM and the bank go on.

KOPEYKA_LONG=1    200 kills at random moments, and then every point that the sources name
KOPEYKA_SEED=7    another course of events; the seed is printed first
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from app.config import Config
from app.house import House, World, build_house
from tests.crash.banking import whole_statement
from tests.crash.campaign import Campaign, campaign_of
from tests.crash.evidence import gather, troubles
from tests.store.coherent import assert_store_coherent
from world.identity import SystemIds, seeded_chance

LONG = os.environ.get("KOPEYKA_LONG") == "1"
SEED = int(os.environ.get("KOPEYKA_SEED", "2026"))
# Whatever waits for its next try is due after a minute's downtime.
LATER = timedelta(minutes=1)
SHORT_POINTS = (
    "inbox:before-commit",
    "inbox:after-commit",
    "update:before-commit",
    "update:after-commit",
    "telegram:before-call",
    "telegram:after-call",
    "outbox:telegram:settle:before-commit",
    "crm:after-call",
    "crm:deal:before-commit",
    "outbox:crm:settle:before-commit",
    "sheets:before-call",
    "sheets:after-call",
    "outbox:sheet:settle:before-commit",
    "file:after-call",
    "press:before-call",
    "feed:before-call",
    "feed:after-call",
    "feed:before-commit",
    "feed:after-commit",
)


async def test_two_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    print(f"KOPEYKA_SEED={SEED}")
    rest_s = 0.3 if LONG else 0.05
    async with campaign_of(tmp_path, SEED, sheet=True, rest_s=rest_s) as campaign:
        if LONG:
            await campaign.opening()
        await campaign.people_come()
        for _ in range(200 if LONG else 25):
            await campaign.kill_at_random(longest_s=4.0)
        for point in campaign.missing() if LONG else SHORT_POINTS:
            await _kill_there(campaign, point)
        await campaign.close(within_s=420)
        print(campaign.table())

        assert campaign.missing() == [] or not LONG
        await _all_is_well(campaign, tmp_path)


async def _kill_there(campaign: Campaign, point: str) -> None:
    """Some points come rarely: a life that does not get there is one more random kill."""
    for patience_s in (3, 6, 20, 40):
        if campaign.kills[point] or await campaign.kill_at(point, patience_s):
            return


async def _all_is_well(campaign: Campaign, home: Path) -> None:
    place = campaign.town
    place.clock.advance(LATER)
    async with _settled_house(campaign, home) as house:
        place.patience_s = 10
        found = troubles(place.tally, await gather(place, house.store, sheet=True))
        report = await house.audit()
        await assert_store_coherent(house.store)
    assert found == [], "\n".join([*found, campaign.keeper.story()])
    assert report.differences == ()
    assert place.tally.spent
    assert place.tally.handed


@asynccontextmanager
async def _settled_house(campaign: Campaign, home: Path) -> AsyncIterator[House]:
    """A last instance, in this process: sweeps, works what is left, and answers the auditor."""
    place = campaign.town
    world = World(home, place.clock, SystemIds(), seeded_chance(0))
    house = build_house(Config.model_validate(campaign.config), world)
    assert house.crm is not None
    await house.crm.intake.sweep()
    # A statement that came before its deal was known is matched by the next one.
    await whole_statement(place)
    await house.settle()
    yield house
    await house.close()
