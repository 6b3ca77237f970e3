"""Plays the scenario day by day; a seed chooses names, minutes and the order inside a part of a day."""

from collections.abc import Callable, Sequence

from sandbox.demo.calendar import STANDARD_DAYS, at
from sandbox.demo.company import client_names
from sandbox.demo.deals import load_deals
from sandbox.demo.events import Event, Phase
from sandbox.demo.stage import Stage

__all__ = ["play"]

PART_MINUTES = 50
# Nobody in the scenario looks at the spreadsheet more often, and its writes cost the most.
SHEET_EVERY_DAYS = 7


async def play(
    stage: Stage, events: Sequence[Event], days: int, progress: Callable[[int], None]
) -> None:
    """Play the first `days` days; `progress` is told each day that is over."""
    assert 1 <= days <= STANDARD_DAYS
    stage.clients = client_names(stage.chance, [deal.number for deal in load_deals()])
    for day in range(1, days + 1):
        stage.day = day
        stage.clock.advance_to(at(day, 8))
        await stage.product.new_day()
        for phase, part in _parts([one for one in events if one.day == day]):
            stage.chance.shuffle(part)
            for number, event in enumerate(part):
                minute = (number * PART_MINUTES + stage.chance.randrange(PART_MINUTES)) // len(
                    part
                )
                stage.clock.advance_to(at(day, phase, minute))
                await event.act(stage)
        stage.clock.advance_to(at(day, 20))
        if day % SHEET_EVERY_DAYS == 0 or day == days:
            await stage.product.settle_all()
        progress(day)


def _parts(events: Sequence[Event]) -> Sequence[tuple[Phase, list[Event]]]:
    """The day's events by the part of the day, in order."""
    parts: dict[Phase, list[Event]] = {}
    for one in events:
        parts.setdefault(one.phase, []).append(one)
    return sorted(parts.items())
