"""What was said of lines is kept by attempt; rejected readings are kept once."""

from confirmations.resolution import Ending, Resolution, Retraction
from store.database import Store
from tests.store.books import NOW, explanation, line
from tests.store.coherent import assert_store_coherent


async def _lines(store: Store, count: int) -> list[int]:
    async with store.write("test") as unit:
        await unit.statements.add_file("f1", "выписка.txt", b"1C")
        added = [await unit.statements.add_line(line(f"i{one}")) for one in range(count)]
        for one in added:
            await unit.explanations.add(explanation(one.id))
            await unit.pending.resolve(Resolution(one.thing, Ending.CONFIRMED, "Вера", NOW))
    return [one.id for one in added]


async def test_an_explanation_reads_back_as_it_was(store: Store) -> None:
    (one,) = await _lines(store, 1)

    async with store.read() as unit:
        assert await unit.explanations.get(one, 1) == explanation(one)
        assert await unit.explanations.get(one, 2) is None
    await assert_store_coherent(store)


async def test_only_what_stands_is_listed_of_a_file(store: Store) -> None:
    first, second, third = await _lines(store, 3)
    async with store.write("test") as unit:
        await unit.pending.take_back(Retraction(f"line:{first}", 1, "Вера", NOW))
        await unit.pending.take_back(Retraction(f"line:{second}", 1, "Вера", NOW))
        await unit.explanations.add(explanation(second, 2, "Игорь"))
        await unit.pending.resolve(Resolution(f"line:{second}", Ending.CONFIRMED, "Игорь", NOW))

        found = await unit.explanations.standing_of_file("f1", "Вера")
        other = await unit.explanations.standing_of_file("f1", "Игорь")

        assert [one.line for one in found] == [third]
        assert other == [explanation(second, 2, "Игорь")]
        assert await unit.explanations.tried([first, third, 77]) == {first, third}
        assert [one.id for one in await unit.statements.unexplained()] == [first]
    await assert_store_coherent(store)


async def test_a_reading_is_rejected_once(store: Store) -> None:
    (one,) = await _lines(store, 1)

    async with store.write("test") as unit:
        assert await unit.explanations.reject(one, "y1;y2", "Вера")
        assert not await unit.explanations.reject(one, "y1;y2", "Игорь")
        assert await unit.explanations.reject(one, "article:502", "Вера")

        assert await unit.explanations.rejected([one, 77]) == {one: {"y1;y2", "article:502"}}
