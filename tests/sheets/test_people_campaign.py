"""Random people at the spreadsheet: whatever they do, it is true again after one cycle.

KOPEYKA_LONG=1    1,000 edits in bursts instead of 60, and every kind of edit alone
"""

import os
from pathlib import Path

import pytest

from store.database import Store
from tests.sheets.campaign import open_campaign
from tests.sheets.deeds import Deed
from tests.sheets.meddlers import KINDS
from world.clock import VirtualClock

LONG = os.environ.get("KOPEYKA_LONG") == "1"
SEED = int(os.environ.get("KOPEYKA_SEED", "2026"))
EDITS = int(os.environ.get("KOPEYKA_EDITS", "1000" if LONG else "60"))
BURST_MAX = 30


def told(troubles: list[str], burst: list[Deed]) -> str:
    """What is wrong, and how to do it again: KOPEYKA_SEED, and the edits of the burst."""
    edits = [str(dict(deed.wish)) for deed in burst]
    return "\n".join([f"KOPEYKA_SEED={SEED}", *troubles, "after:", *edits])


async def test_people_do_what_they_like_and_the_spreadsheet_is_true_again(
    sqlite_store: Store, clock: VirtualClock, tmp_path: Path
) -> None:
    async with open_campaign(sqlite_store, clock, tmp_path / "books.db", SEED) as campaign:
        assert await campaign.untruths() == []
        left = EDITS
        while left > 0:
            count = min(1 + campaign.who.chance.randrange(BURST_MAX), left)
            burst = await campaign.burst(count)
            troubles = await campaign.cycle(burst)
            assert not troubles, told(troubles, burst)
            left -= count


@pytest.mark.skipif(not LONG, reason="long: a spreadsheet of its own for every kind")
@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_an_edit_alone_is_named_and_mended(
    kind: str, sqlite_store: Store, clock: VirtualClock, tmp_path: Path
) -> None:
    async with open_campaign(sqlite_store, clock, tmp_path / "books.db", SEED) as campaign:
        for _ in range(3):
            burst = await campaign.burst(1, [kind])
            troubles = await campaign.cycle(burst)
            assert not troubles, told(troubles, burst)
