"""Rules that people taught: kept, switched, deleted, and how often each was followed."""

from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from store.records import Lesson, Rule, RuleKind
from store.tables import metadata
from world.clock import Clock

__all__ = ["Rules"]

_rules = metadata.tables["rules"]


class Rules:
    """One rule for a kind and a pattern; what was followed is counted here."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def teach(self, lesson: Lesson, by: str) -> Rule:
        """Keep a rule, in the place of one of the same kind and pattern.

        A new rule asks a person for each line; a rule that is replaced begins anew.
        """
        where = (_rules.c.kind == lesson.kind.value) & (_rules.c.pattern == lesson.pattern)
        await self._connection.execute(delete(_rules).where(where))
        statement = insert(_rules).values(
            kind=lesson.kind.value,
            pattern=lesson.pattern,
            target=lesson.target,
            title=lesson.title,
            automatic=False,
            active=True,
            taught_by=by,
            taught_at=self._clock.now(),
            fired=0,
        )
        row = (await self._connection.execute(statement.returning(_rules))).one()
        return _rule(row)

    async def all(self) -> list[Rule]:
        """Every rule, those that are switched off included, in the order of teaching."""
        return await self._some(_rules.c.id.is_not(None))

    async def get(self, rule: int) -> Rule | None:
        """By id."""
        found = await self._some(_rules.c.id == rule)
        return found[0] if found else None

    async def find(self, kind: RuleKind, pattern: str) -> Rule | None:
        """By what it looks for."""
        where = (_rules.c.kind == kind.value) & (_rules.c.pattern == pattern)
        found = await self._some(where)
        return found[0] if found else None

    async def switch(self, rule: int, *, active: bool, automatic: bool) -> None:
        """Set both switches of a rule."""
        values = {"active": active, "automatic": automatic}
        await self._connection.execute(update(_rules).where(_rules.c.id == rule).values(values))

    async def remove(self, rule: int) -> None:
        """Forget a rule."""
        await self._connection.execute(delete(_rules).where(_rules.c.id == rule))

    async def fire(self, rule: int) -> None:
        """A rule was followed once more; one that is gone meanwhile counts nothing."""
        values = {"fired": _rules.c.fired + 1, "fired_at": self._clock.now()}
        await self._connection.execute(update(_rules).where(_rules.c.id == rule).values(values))

    async def _some(self, where: Any) -> list[Rule]:
        query = select(_rules).where(where).order_by(_rules.c.id)
        return [_rule(row) for row in await self._connection.execute(query)]


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        id=row.id,
        lesson=Lesson(RuleKind(row.kind), row.pattern, row.target, row.title),
        automatic=row.automatic,
        active=row.active,
        by=row.taught_by,
        at=row.taught_at,
        fired=row.fired,
        fired_at=row.fired_at,
    )
