"""What several sources showed of one bank line, and movements of which it is not certain which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.money import Money
from store.endings import is_open
from store.pages import pages
from store.records import BankLine
from store.tables import metadata
from world.clock import Clock

__all__ = ["Faces", "LineDoubt", "LineFace"]

_faces = metadata.tables["statement_faces"]
_doubts = metadata.tables["statement_doubts"]


@dataclass(frozen=True, slots=True)
class LineFace:
    """Another rendering of a line by a file or by the bank's API."""

    day: date
    number: str
    inn: str | None
    counterparty_account: str
    purpose: str
    bank_reference: str | None
    file: str


@dataclass(frozen=True, slots=True)
class LineDoubt:
    """A movement that may be one of the lines `candidates`, or none; `line` has no id yet.

    `key` tells the same doubt when its file is imported again.
    """

    id: int
    key: str
    candidates: tuple[int, ...]
    line: BankLine
    bank_reference: str | None

    @property
    def thing(self) -> str:
        """Its name among things that are resolved once: confirmed is the same, rejected another."""
        return f"doubt:{self.id}"


class Faces:
    """Keeps faces of lines, and doubts."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def add(self, line: int, face: LineFace) -> None:
        """Another face of a line."""
        row = {name: getattr(face, name) for name in LineFace.__slots__}
        row |= {"line": line, "seen_at": self._clock.now()}
        await self._connection.execute(insert(_faces), row)

    async def of_lines(self, lines: Collection[int]) -> dict[int, list[LineFace]]:
        """The further faces of these lines, by line; lines without any are left out."""
        found: dict[int, list[LineFace]] = {}
        for page in pages(lines):
            query = select(_faces).where(_faces.c.line.in_(page)).order_by(_faces.c.id)
            for row in await self._connection.execute(query):
                face = LineFace(*(getattr(row, name) for name in LineFace.__slots__))
                found.setdefault(row.line, []).append(face)
        return found

    async def add_doubt(
        self, key: str, candidates: Sequence[int], line: BankLine, bank_reference: str | None
    ) -> LineDoubt:
        """A new doubt; its id is given by the store."""
        row = {name: getattr(line, name) for name in BankLine.__slots__ if name != "id"}
        row |= {
            "key": key,
            "candidates": list(candidates),
            "amount": line.amount.minor,
            "bank_reference": bank_reference,
            "found_at": self._clock.now(),
        }
        statement = insert(_doubts).values(row).returning(_doubts)
        return _doubt((await self._connection.execute(statement)).one())

    async def doubt(self, doubt_id: int) -> LineDoubt | None:
        """By id."""
        found = await self._some(_doubts.c.id == doubt_id)
        return found[0] if found else None

    async def doubts_of(self, accounts: Collection[str]) -> list[LineDoubt]:
        """Every doubt about these accounts, decided or not."""
        return await self._some(_doubts.c.account.in_(list(accounts)))

    async def open_doubts(self) -> list[LineDoubt]:
        """Doubts that wait for a decision, oldest first."""
        return await self._some(is_open("doubt", _doubts.c.id))

    async def _some(self, where: Any) -> list[LineDoubt]:
        query = select(_doubts).where(where).order_by(_doubts.c.id)
        return [_doubt(row) for row in await self._connection.execute(query)]


def _doubt(row: Row[Any]) -> LineDoubt:
    values = {name: getattr(row, name) for name in BankLine.__slots__ if name != "id"}
    line = BankLine(id=0, **(values | {"amount": Money(row.amount)}))
    return LineDoubt(row.id, row.key, tuple(row.candidates), line, row.bank_reference)
