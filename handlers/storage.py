"""Where a conversation stands, kept in the transaction of the update that moved it on.

Nothing important lives only here: a lost state costs a person one repeated question.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from store.unit import UnitOfWork

__all__ = ["UnitStorage", "current_unit"]

# Set by the worker while an update is worked.
current_unit: ContextVar[UnitOfWork] = ContextVar("current_unit")


class UnitStorage(BaseStorage):
    """aiogram's storage over the unit of work of the present update."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state; the data stay."""
        _, data = await _shelf(key)
        name = state.state if isinstance(state, State) else state
        await _keep(key, name, data)

    async def get_state(self, key: StorageKey) -> str | None:
        """The state; None outside of a conversation."""
        return (await _shelf(key))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the data; the state stays."""
        state, _ = await _shelf(key)
        await _keep(key, state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data."""
        return (await _shelf(key))[1]

    async def close(self) -> None:
        """Nothing is open between updates."""


async def _shelf(key: StorageKey) -> tuple[str | None, dict[str, Any]]:
    return await current_unit.get().upkeep.conversation(_name(key))


async def _keep(key: StorageKey, state: str | None, data: dict[str, Any]) -> None:
    await current_unit.get().upkeep.set_conversation(_name(key), state, data)


def _name(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}"
