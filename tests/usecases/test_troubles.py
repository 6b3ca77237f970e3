"""Troubles are noted once and cleared by name."""

from store.database import Store
from usecases.troubles import note_trouble, troubles


async def test_a_trouble_is_noted_replaced_and_cleared(store: Store) -> None:
    async with store.write("test") as unit:
        await note_trouble(unit, "crm", "токен")
        await note_trouble(unit, "sheet", "доступ")
        await note_trouble(unit, "crm", "связь")
        both = await troubles(unit)
        await note_trouble(unit, "crm", None)
        left = await troubles(unit)

    assert both == {"crm": "связь", "sheet": "доступ"}
    assert left == {"sheet": "доступ"}
