"""Which of several instances polls Telegram and ticks: the one that holds the duty.

SQLite     one instance, so it is always on duty
PostgreSQL a session's advisory lock: whoever holds it is on duty until its connection ends, and
           then the next one that asks gets it (DESIGN 4, "One write path")

Handlers and deliveries need no duty: rows and leases keep instances apart.
"""

import asyncio
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from store.database import Store

__all__ = ["Duty"]

log = structlog.get_logger()
DUTY_LOCK_ID: Final = 7_330_002
_TAKE = text("SELECT pg_try_advisory_lock(:id)")
_ALIVE = text("SELECT 1")


class Duty:
    """Ask `held` before each turn; a turn that has begun may end."""

    def __init__(self, store: Store) -> None:
        """Asks nothing yet."""
        self._store = store
        self._connection: AsyncConnection | None = None
        self._asking = asyncio.Lock()

    async def held(self) -> bool:
        """Whether this instance is on duty now; it takes the duty when nobody has it.

        False also while the database is away: without it nothing can be kept anyway.
        """
        if self._store.is_sqlite:
            return True
        async with self._asking:
            try:
                if self._connection is not None:
                    await self._connection.execute(_ALIVE)
                    return True
                return await self._taken()
            except (DBAPIError, OSError) as error:
                log.warning("the duty is lost", reason=str(error))
                await self._drop()
                return False

    async def give_up(self) -> None:
        """Let another instance take over at once."""
        async with self._asking:
            await self._drop()

    async def _taken(self) -> bool:
        connection = await self._store.own_connection()
        if not await connection.scalar(_TAKE, {"id": DUTY_LOCK_ID}):
            await connection.close()
            return False
        self._connection = connection
        log.info("on duty")
        return True

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # The lock belongs to the session: only its end lets it go for certain.
            await connection.invalidate()
            await connection.close()
