from collections.abc import AsyncIterator

import pytest

from store.database import Store
from tests.handlers.office import Office, open_office
from world.clock import VirtualClock


@pytest.fixture
async def office(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Office]:
    """The bot with nobody in it, on SQLite."""
    async with open_office(sqlite_store, clock) as office:
        yield office
