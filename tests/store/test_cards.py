"""Cards: the latest message about a thing in each chat."""

from store.database import Store
from store.records import Card
from tests.store.books import NOW
from tests.store.coherent import assert_store_coherent

CHAT, OTHER = 7_000_000_001, -1_001_234_567_890


async def test_a_followed_thing_has_a_card_without_a_message(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.cards.follow("payment:1", CHAT)
        assert await unit.cards.get("payment:1", CHAT) == Card("payment:1", CHAT, None, "", None)
        assert await unit.cards.get("payment:1", OTHER) is None
    await assert_store_coherent(store)


async def test_the_last_telling_is_kept_with_its_message(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.cards.tell("payment:1", CHAT, 10, "ждём")
        await unit.cards.tell("payment:1", CHAT, None, "получено")
        await unit.cards.follow("payment:1", CHAT)

        assert await unit.cards.of("payment:1") == [Card("payment:1", CHAT, 10, "получено", NOW)]
    await assert_store_coherent(store)


async def test_a_detached_card_keeps_its_text_and_takes_a_new_message(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.cards.tell("payment:1", CHAT, 10, "ждём")
        await unit.cards.detach("payment:1", CHAT)
        detached = await unit.cards.get("payment:1", CHAT)
        await unit.cards.tell("payment:1", CHAT, 11, "получено")
        told = await unit.cards.get("payment:1", CHAT)

    assert detached == Card("payment:1", CHAT, None, "ждём", NOW)
    assert told == Card("payment:1", CHAT, 11, "получено", NOW)
    await assert_store_coherent(store)


async def test_all_cards_come_by_thing_and_chat(store: Store) -> None:
    async with store.write("test") as unit:
        for thing, chat in (("b", CHAT), ("a", CHAT), ("a", OTHER)):
            await unit.cards.follow(thing, chat)

        found = [(card.thing, card.chat) for card in await unit.cards.all()]
    assert found == [("a", OTHER), ("a", CHAT), ("b", CHAT)]
    await assert_store_coherent(store)
