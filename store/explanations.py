"""What was said of statement lines, attempt by attempt, and which readings people rejected."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, insert, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.money import Money
from store.endings import is_open
from store.pages import pages
from store.records import LineExplanation, Part, PartKind
from store.tables import metadata
from world.clock import Clock

__all__ = ["Explanations"]

_explanations = metadata.tables["explanations"]
_rejections = metadata.tables["rejections"]
_lines = metadata.tables["statement_lines"]


class Explanations:
    """Inserts explanations and rejections; none is ever changed."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def add(self, explanation: LineExplanation) -> None:
        """Keep what an attempt said; a second one of the same attempt raises IntegrityError."""
        await self._connection.execute(
            insert(_explanations).values(
                line=explanation.line,
                attempt=explanation.attempt,
                by=explanation.by,
                at=explanation.at,
                parts=[[one.kind.value, one.ref, one.amount.minor] for one in explanation.parts],
                reasons=[[code, list(facts)] for code, facts in explanation.reasons],
                rules=list(explanation.rules),
                operations=list(explanation.operations),
            )
        )

    async def get(self, line: int, attempt: int) -> LineExplanation | None:
        """What an attempt at a line said, whether it was taken back since or not."""
        where = (_explanations.c.line == line) & (_explanations.c.attempt == attempt)
        found = await self._some(where)
        return found[0] if found else None

    async def standing_of_file(self, file: str, by: str) -> list[LineExplanation]:
        """What somebody said of the lines of a file and nobody took back, by line."""
        ids = select(_lines.c.id).where(_lines.c.file == file, not_(is_open("line", _lines.c.id)))
        found = await self._some(_explanations.c.line.in_(ids))
        newest = {one.line: one for one in found}
        return [one for one in newest.values() if one.by == by]

    async def reject(self, line: int, reading: str, by: str) -> bool:
        """A reading is not offered for a line again; False when it was rejected before."""
        if reading in (await self.rejected([line])).get(line, set()):
            return False
        await self._connection.execute(
            insert(_rejections).values(line=line, reading=reading, by=by, at=self._clock.now())
        )
        return True

    async def rejected(self, lines: Collection[int]) -> dict[int, set[str]]:
        """The rejected readings of lines, where there are any."""
        found: dict[int, set[str]] = {}
        for page in pages(lines):
            query = select(_rejections.c.line, _rejections.c.reading)
            rows = await self._connection.execute(query.where(_rejections.c.line.in_(page)))
            for line, reading in rows:
                found.setdefault(line, set()).add(reading)
        return found

    async def tried(self, lines: Collection[int]) -> set[int]:
        """Those of the lines that were explained at least once, taken back or not."""
        found: set[int] = set()
        for page in pages(lines):
            query = select(_explanations.c.line).where(_explanations.c.line.in_(page))
            found.update(await self._connection.scalars(query))
        return found

    async def _some(self, where: Any) -> list[LineExplanation]:
        query = select(_explanations).where(where)
        query = query.order_by(_explanations.c.line, _explanations.c.attempt)
        return [_explanation(row) for row in await self._connection.execute(query)]


def _explanation(row: Row[Any]) -> LineExplanation:
    return LineExplanation(
        line=row.line,
        attempt=row.attempt,
        by=row.by,
        at=row.at,
        parts=tuple(Part(PartKind(kind), ref, Money(minor)) for kind, ref, minor in row.parts),
        reasons=tuple((code, tuple(facts)) for code, facts in row.reasons),
        rules=tuple(row.rules),
        operations=tuple(row.operations),
    )
