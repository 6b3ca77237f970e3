"""A fault at each outbound call in turn: the journey ends as if nothing had been wrong.

The calls of a journey are counted, then the journey is repeated with a fault at exactly the n-th
call, for every n. Short: every n with «done, but the answer is lost» and with one other kind in
turn; KOPEYKA_LONG=1: every n with every kind.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.faults import EVERYWHERE, FaultKind, FaultRule
from tests.crash.evidence import gather, troubles
from tests.faults.journeys import JOURNEYS, ready_for
from tests.faults.office import Office, open_office, raw_words

LONG = os.environ.get("KOPEYKA_LONG") == "1"
OTHERS = [kind for kind in EVERYWHERE if kind is not FaultKind.LOST]


@pytest.mark.parametrize("name", JOURNEYS)
async def test_a_fault_at_any_call_changes_nothing_in_the_end(
    name: str, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        calls = await _calls_of(office, name)
        for number in range(1, calls + 1):
            for kind in _kinds(number):
                await _with_fault(office, name, number, kind)
        report = await office.house.audit()

    assert calls >= 10
    assert report.differences == ()


async def _calls_of(office: Office, name: str) -> int:
    """How many calls the journey makes when nothing goes wrong, the first time apart."""
    for _ in range(2):
        await ready_for(office, name)
        before = office.faults.count
        await JOURNEYS[name](office)
    return office.faults.count - before


def _kinds(number: int) -> Iterator[FaultKind]:
    yield FaultKind.LOST
    yield from OTHERS if LONG else [OTHERS[number % len(OTHERS)]]


async def _with_fault(office: Office, name: str, number: int, kind: FaultKind) -> None:
    await ready_for(office, name)
    nth = office.faults.count + number
    office.faults.replace([FaultRule(kind, nth_overall=nth)])
    try:
        await JOURNEYS[name](office)
        await office.settle()
        found = troubles(office.tally, await gather(office.town, office.house.store, sheet=True))
    except AssertionError as trouble:
        raise AssertionError(f"{_where(office, number, kind, nth)}: {trouble}") from trouble
    assert found == [], _where(office, number, kind, nth)
    assert raw_words(office) == [], _where(office, number, kind, nth)
    office.faults.replace(())


def _where(office: Office, number: int, kind: FaultKind, nth: int) -> str:
    calls = office.faults.calls
    call = calls[nth - 1] if nth <= len(calls) else "a call that was never made"
    return f"{kind} at call {number}, {call}"
