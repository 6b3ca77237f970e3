"""Every call may fail, by chance: at one in a hundred, one in twenty, one in five, every second.

Afterwards, when all is well again, nothing is lost, doubled or false.
"""

import os
from pathlib import Path

import pytest

from sandbox.faults import EVERYWHERE, FaultRule
from tests.crash.evidence import gather, troubles
from tests.faults.journeys import JOURNEYS, ready_for
from tests.faults.office import open_office, raw_words

LONG = os.environ.get("KOPEYKA_LONG") == "1"
PERCENTS = (1, 5, 20, 50) if LONG else (20, 50)
ROUNDS = 8 if LONG else 1
# A file that cannot be fetched five times is given up and its sender told to send it again: at
# every second call that is the likely end, and no failure.
FILES_UP_TO = 20
KINDS = EVERYWHERE


@pytest.mark.parametrize("percent", PERCENTS)
async def test_calls_that_fail_by_chance_lose_and_double_nothing(
    percent: int, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        names = [name for name in JOURNEYS if name != "transfer" or percent <= FILES_UP_TO]
        # The first rule that strikes wins, so each kind gets its share of what the others left.
        rules = [FaultRule(kind, probability=percent / 100 / len(KINDS)) for kind in KINDS]
        for name in names * ROUNDS:
            office.faults.replace(())
            await ready_for(office, name)
            office.faults.replace(rules)
            await JOURNEYS[name](office)
        office.faults.replace(())
        await office.sweep()
        await office.settle()
        found = troubles(office.tally, await gather(office.town, office.house.store, sheet=True))
        report = await office.house.audit()

    assert found == []
    assert raw_words(office) == []
    assert report.differences == ()
