"""Dead letters: what could not be brought to the outside, and the owner's wish to try again."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.records import InboxRow, OutboxRow, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal

__all__ = ["DeadLetters", "Revived", "dead_letters", "revive_letters"]


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """What was given up: deliveries to the outside, and updates that nobody could work."""

    outgoing: Sequence[OutboxRow]
    incoming: Sequence[InboxRow]


@dataclass(frozen=True, slots=True)
class Revived:
    """So many deliveries are queued again."""

    letters: int


async def dead_letters(unit: UnitOfWork, actor: Person) -> DeadLetters | NotAllowed:
    """What was given up, oldest first."""
    refused = refusal(actor, Verb.SEE_DEAD_LETTERS)
    if refused is not None:
        return refused
    return DeadLetters(await unit.outbox.dead(), await unit.inbox.dead())


async def revive_letters(unit: UnitOfWork, actor: Person) -> Revived | NotAllowed:
    """Queue every dead delivery again; what arrived meanwhile is not sent twice."""
    refused = refusal(actor, Verb.SEE_DEAD_LETTERS)
    if refused is not None:
        return refused
    letters = await unit.outbox.revive()
    await unit.upkeep.audit(actor.name, "revived", "outbox", {"letters": letters})
    return Revived(letters)
