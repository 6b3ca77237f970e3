"""What of a house goes round."""

from pathlib import Path

from app.config import Config
from app.house import World, build_house
from app.rounds import loops_of, ticks_of
from world.clock import VirtualClock
from world.identity import SeededIds, seeded_chance


async def test_a_house_without_parts_still_looks_after_its_jobs(
    tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    house = build_house(Config(), World(tmp_path, clock, ids, seeded_chance(1)))

    assert loops_of(house) == []
    assert [tick.name for tick in ticks_of(house)] == ["jobs"]
    await house.close()


async def test_every_part_brings_its_loops_and_ticks(
    tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    telegram = {"token": "1:token", "bot_username": "bot"}
    amocrm = {
        "base_url": "http://127.0.0.1:1",
        "token": "token",
        "slots": [{"name": "prepayment", "amount": 1, "method": 2}],
        "methods": {"Наличные": "cash"},
        "contract_no": 3,
        "pipeline": 4,
        "confirmed_stage": 5,
        "from_stages": [6],
        "sweep_every_s": 60,
    }
    given = {"telegram": telegram, "amocrm": amocrm, "tbank": {"token": "token"}}
    config = Config.model_validate(given)
    house = build_house(config, World(tmp_path, clock, ids, seeded_chance(1)))

    names = {loop.name for loop in loops_of(house)}
    ticks = {tick.name: tick.rest_s for tick in ticks_of(house)}
    await house.close()

    assert names == {"outbox telegram", "outbox crm", "updates", "webhooks"}
    assert ticks["sweep"] == 60
    assert "feed tbank" in ticks
