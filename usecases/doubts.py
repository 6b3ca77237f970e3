"""A person decides a doubt: the movement is this line of the books, or it is another one. Once.

«the same»     the line gets one more face, nothing is posted
«another one»  the line is posted on its day, as if its statement had been certain
"""

from dataclasses import dataclass

from confirmations.resolution import Ending, Resolution
from store.faces import LineDoubt
from store.records import BankLine, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.bank_lines import add_face, post_line
from usecases.posting import MonthClosed
from usecases.telling import redraw

__all__ = [
    "DecideOutcome",
    "DoubtDecided",
    "DoubtDecidedBefore",
    "NoSuchDoubt",
    "NotItsCandidate",
    "decide_doubt",
]


@dataclass(frozen=True, slots=True)
class DoubtDecided:
    """`line` is the one that the movement is now, old or new."""

    line: BankLine


@dataclass(frozen=True, slots=True)
class NoSuchDoubt:
    """There is no doubt with that id."""


@dataclass(frozen=True, slots=True)
class DoubtDecidedBefore:
    """Somebody, or the bank's balance, was first."""

    resolution: Resolution


@dataclass(frozen=True, slots=True)
class NotItsCandidate:
    """The movement cannot be that line."""


DecideOutcome = (
    DoubtDecided | NotAllowed | NoSuchDoubt | DoubtDecidedBefore | NotItsCandidate | MonthClosed
)


async def decide_doubt(
    unit: UnitOfWork, actor: Person, doubt_id: int, same_as: int | None
) -> DecideOutcome:
    """Decide a doubt: the line `same_as`, or with None a line of its own.

    Order: NotAllowed, NoSuchDoubt, DoubtDecidedBefore, NotItsCandidate, MonthClosed.
    """
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    doubt = await unit.faces.doubt(doubt_id)
    if doubt is None:
        return NoSuchDoubt()
    resolution = await unit.pending.resolution(doubt.thing)
    if resolution is not None:
        return DoubtDecidedBefore(resolution)
    if same_as is not None and same_as not in doubt.candidates:
        return NotItsCandidate()
    periods = await unit.upkeep.periods()
    if same_as is None and periods.is_closed(doubt.line.day, unit.now()):
        return MonthClosed(doubt.line.day)
    line = await _settle(unit, actor, doubt, same_as)
    await redraw(unit, f"import:{doubt.line.file}")
    return DoubtDecided(line)


async def _settle(
    unit: UnitOfWork, actor: Person, doubt: LineDoubt, same_as: int | None
) -> BankLine:
    if same_as is None:
        line = await post_line(unit, doubt.line, doubt.bank_reference, actor.name)
    else:
        await add_face(unit, same_as, doubt.line, doubt.bank_reference)
        known = await unit.statements.line(same_as)
        assert known is not None
        line = known
    ending = Ending.REJECTED if same_as is None else Ending.CONFIRMED
    detail = line.thing
    await unit.pending.resolve(Resolution(doubt.thing, ending, actor.name, unit.now(), detail))
    await unit.upkeep.audit(actor.name, "decided", doubt.thing, {"line": line.id})
    return line
