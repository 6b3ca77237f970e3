"""SIGTERM at any moment: the process ends by itself, within ten seconds, with nothing claimed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.crash.campaign import campaign_of

STOPS = 6


async def test_a_stop_under_load_ends_in_good_order(tmp_path: Path) -> None:
    async with campaign_of(tmp_path, seed=3, sheet=False) as campaign:
        await campaign.people_come()
        for number in range(STOPS):
            # `live_for` asserts that the life ended by itself with status 0.
            await campaign.live_for(0.4 + 0.3 * number)
            with closing(sqlite3.connect(tmp_path / "var" / "kopeyka.db")) as books:
                claimed = books.execute("SELECT entity FROM outbox WHERE claim IS NOT NULL")
                assert claimed.fetchall() == []
        await campaign.close(within_s=120)
