"""Taught rules are kept one for a pattern, switched, counted and deleted."""

from dataclasses import replace

from store.database import Store
from store.records import Lesson, RuleKind
from tests.store.coherent import assert_store_coherent

WORDING = Lesson(RuleKind.WORDING, "комиссия за ведение", "502", "Эквайринг")


async def test_a_rule_reads_back_as_it_was_taught(store: Store) -> None:
    async with store.write("test") as unit:
        kept = await unit.rules.teach(WORDING, "Вера")

    async with store.read() as unit:
        assert await unit.rules.get(kept.id) == kept
        assert await unit.rules.find(RuleKind.WORDING, "комиссия за ведение") == kept
        assert await unit.rules.find(RuleKind.PAYER, "комиссия за ведение") is None
    assert (kept.lesson, kept.by) == (WORDING, "Вера")
    assert (kept.active, kept.automatic, kept.fired, kept.fired_at) == (True, False, 0, None)
    await assert_store_coherent(store)


async def test_the_same_pattern_taught_anew_takes_the_place_of_the_first(store: Store) -> None:
    async with store.write("test") as unit:
        first = await unit.rules.teach(WORDING, "Вера")
        await unit.rules.fire(first.id)
        other = replace(WORDING, target="501", title="Банк")
        await unit.rules.teach(other, "Игорь")

        (left,) = await unit.rules.all()

    assert (left.lesson.title, left.by, left.fired) == ("Банк", "Игорь", 0)


async def test_a_rule_is_counted_switched_and_deleted(store: Store) -> None:
    async with store.write("test") as unit:
        rule = (await unit.rules.teach(WORDING, "Вера")).id
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
