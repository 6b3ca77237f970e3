"""One check for all who want one; a finding is told when it appears, not each night."""

from datetime import timedelta

from store.database import Store
from tests.usecases.company_room import ANNA, OWNER
from usecases.access import NotAllowed
from usecases.sheet_watch import (
    CheckAsked,
    ask_check,
    check_done,
    fresh_findings,
    want_check,
    wanted_check,
)
from world.clock import VirtualClock


async def test_all_who_want_a_check_share_one(store: Store, clock: VirtualClock) -> None:
    async with store.write("test") as unit:
        first = unit.now()
        await want_check(unit)
        clock.advance(timedelta(seconds=5))
        assert isinstance(await ask_check(unit, OWNER, 11), CheckAsked)
        assert isinstance(await ask_check(unit, ANNA, 12), NotAllowed)
        await want_check(unit, 11)
        wanted = await wanted_check(unit)
        assert wanted is not None
        assert (wanted.since, wanted.chats) == (first, (11,))

        # Somebody asks while it is being made: that is another check.
        await want_check(unit, 13)
        await check_done(unit, wanted)
        left = await wanted_check(unit)
        assert left is not None
        assert left.chats == (13,)
        await check_done(unit, left)
        assert await wanted_check(unit) is None


async def test_a_finding_is_fresh_until_it_was_seen_and_again_when_it_came_back(
    store: Store,
) -> None:
    async with store.write("test") as unit:
        assert await fresh_findings(unit, "book", ["a", "b"]) == {"a", "b"}
        assert await fresh_findings(unit, "book", ["b", "c"]) == {"c"}
        assert await fresh_findings(unit, "other", ["b"]) == {"b"}
        assert await fresh_findings(unit, "book", ["a", "b"]) == {"a"}
        assert await fresh_findings(unit, "book", []) == set()
        assert await fresh_findings(unit, "book", ["b"]) == {"b"}
