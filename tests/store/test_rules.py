"""Taught rules are kept one for a pattern, switched, counted and deleted."""

from banking.matching.records import TaughtKind, TaughtRule
from store.database import Store
from tests.store.books import NOW
from tests.store.coherent import assert_store_coherent

WORDING = TaughtRule(0, TaughtKind.WORDING, "комиссия за ведение", "502")


async def test_a_rule_reads_back_as_it_was_taught(store: Store) -> None:
    async with store.write("test") as unit:
        kept = await unit.rules.teach(WORDING, "Эквайринг", "Вера")

    async with store.read() as unit:
        assert await unit.rules.get(kept.taught.id) == kept
        assert await unit.rules.find(TaughtKind.WORDING, "комиссия за ведение") == kept
        assert await unit.rules.find(TaughtKind.PAYER, "комиссия за ведение") is None
    assert (kept.taught.pattern, kept.taught.target, kept.title, kept.by) == (
        "комиссия за ведение",
        "502",
        "Эквайринг",
        "Вера",
    )
    assert (kept.active, kept.automatic, kept.fired, kept.fired_at) == (True, False, 0, None)
    await assert_store_coherent(store)


async def test_the_same_pattern_taught_anew_takes_the_place_of_the_first(store: Store) -> None:
    async with store.write("test") as unit:
        first = await unit.rules.teach(WORDING, "Эквайринг", "Вера")
        await unit.rules.fire(first.taught.id)
        other = TaughtRule(0, TaughtKind.WORDING, WORDING.pattern, "501")
        await unit.rules.teach(other, "Банк", "Игорь")

        (left,) = await unit.rules.all()

    assert (left.title, left.by, left.fired) == ("Банк", "Игорь", 0)


async def test_a_rule_is_counted_switched_and_deleted(store: Store) -> None:
    async with store.write("test") as unit:
        rule = (await unit.rules.teach(WORDING, "Эквайринг", "Вера")).taught.id
        await unit.rules.fire(rule)
        await unit.rules.fire(rule)
        await unit.rules.switch(rule, active=False, automatic=True)
        found = await unit.rules.get(rule)
        assert found is not None
        assert (found.fired, found.active, found.automatic) == (2, False, True)
        assert found.fired_at is not None
        assert found.at <= found.fired_at

        await unit.rules.remove(rule)
        await unit.rules.fire(rule)

        assert await unit.rules.all() == []
    assert NOW.tzinfo is not None
