"""Statement lines, each once by its identity, the balances banks stated, and the files themselves."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.money import Money
from store.endings import is_open
from store.pages import pages
from store.records import BankLine, StatedBalance, StoredFile
from store.tables import metadata
from world.clock import Clock

__all__ = ["Statements"]

_files = metadata.tables["files"]
_lines = metadata.tables["statement_lines"]
_balances = metadata.tables["statement_balances"]


class Statements:
    """Keeps what the bank said."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def add_file(self, file_id: str, name: str, content: bytes) -> StoredFile:
        """Keep a dropped file as it came; the same id again changes nothing."""
        known = await self.file(file_id)
        if known is not None:
            return known
        file = StoredFile(file_id, name, hashlib.sha256(content).hexdigest(), content)
        row = asdict(file) | {"received_at": self._clock.now()}
        await self._connection.execute(insert(_files), row)
        return file

    async def file(self, file_id: str) -> StoredFile | None:
        """By id."""
        row = (
            await self._connection.execute(select(_files).where(_files.c.id == file_id))
        ).first()
        return StoredFile(row.id, row.name, row.sha256, row.content) if row else None

    async def known(self, identities: Collection[str]) -> set[str]:
        """Those of the identities that are in the books already."""
        found: set[str] = set()
        for page in pages(identities):
            query = select(_lines.c.identity).where(_lines.c.identity.in_(page))
            found.update(await self._connection.scalars(query))
        return found

    async def add_line(self, line: BankLine) -> BankLine:
        """A new line; its `id` is given by the store."""
        row = asdict(line) | {"amount": line.amount.minor, "imported_at": self._clock.now()}
        del row["id"]
        statement = insert(_lines).values(row).returning(_lines)
        return _line((await self._connection.execute(statement)).one())

    async def line(self, line_id: int) -> BankLine | None:
        """By id."""
        found = await self._some(_lines.c.id == line_id)
        return found[0] if found else None

    async def all_lines(self) -> list[BankLine]:
        """Every line, by account, day and id."""
        return await self._some(_lines.c.id.is_not(None))

    async def of_days(self, account: str, first: date, last: date) -> list[BankLine]:
        """The lines of an account from one day to another, both included."""
        days = (_lines.c.day >= first) & (_lines.c.day <= last)
        return await self._some((_lines.c.account == account) & days)

    async def unexplained(self) -> list[BankLine]:
        """Lines that nobody explained yet; own transfers explain themselves."""
        return await self._some(is_open("line", _lines.c.id) & not_(_lines.c.own_transfer))

    async def files_with_lines(self) -> list[str]:
        """The ids of the files that brought lines."""
        query = select(_lines.c.file).distinct().order_by(_lines.c.file)
        return list(await self._connection.scalars(query))

    async def state_balance(self, balance: StatedBalance, file_id: str) -> None:
        """Keep what a statement says of an account and a day; a newer statement replaces it."""
        where = (_balances.c.account == balance.account) & (_balances.c.day == balance.day)
        await self._connection.execute(delete(_balances).where(where))
        await self._connection.execute(
            insert(_balances).values(
                account=balance.account,
                day=balance.day,
                opening=balance.opening.minor,
                closing=balance.closing.minor,
                file=file_id,
            )
        )

    async def stated_balances(self) -> list[StatedBalance]:
        """All stated balances by account and day."""
        query = select(_balances).order_by(_balances.c.account, _balances.c.day)
        return [
            StatedBalance(row.account, row.day, Money(row.opening), Money(row.closing))
            for row in await self._connection.execute(query)
        ]

    async def last_day(self, account: str) -> date | None:
        """The newest day of which a line of the account is known."""
        query = select(func.max(_lines.c.day)).where(_lines.c.account == account)
        day: date | None = await self._connection.scalar(query)
        return day

    async def _some(self, where: Any) -> list[BankLine]:
        query = select(_lines).where(where).order_by(_lines.c.account, _lines.c.day, _lines.c.id)
        return [_line(row) for row in await self._connection.execute(query)]


def _line(row: Row[Any]) -> BankLine:
    return BankLine(
        id=row.id,
        identity=row.identity,
        identity_version=row.identity_version,
        account=row.account,
        incoming=row.incoming,
        own_transfer=row.own_transfer,
        day=row.day,
        amount=Money(row.amount),
        number=row.number,
        counterparty=row.counterparty,
        inn=row.inn,
        counterparty_account=row.counterparty_account,
        purpose=row.purpose,
        file=row.file,
    )
