"""Faces of a line and doubts read back as they were kept; a doubt is open until it is decided."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from confirmations.resolution import Ending, Resolution
from store.database import Store
from store.faces import LineFace
from tests.store.books import NOW, TODAY, line
from tests.store.coherent import assert_store_coherent

FACE = LineFace(TODAY, "128", "7707083893", "40817", "перевод", "b5a", "f1")


@pytest.fixture
async def filed(store: Store) -> Store:
    """Books with a file and two lines of it."""
    async with store.write("test") as unit:
        await unit.statements.add_file("f1", "выписка.txt", b"abc")
        for name in ("i1", "i2"):
            await unit.statements.add_line(line(name))
    return store


async def test_faces_are_told_by_line_in_the_order_they_came(filed: Store) -> None:
    later = replace(FACE, inn=None, bank_reference=None)
    async with filed.write("test") as unit:
        for face in (FACE, later):
            await unit.faces.add(2, face)

        assert await unit.faces.of_lines([1, 2, 3]) == {2: [FACE, later]}
    await assert_store_coherent(filed)


async def test_a_doubt_is_open_until_it_is_decided(filed: Store) -> None:
    async with filed.write("test") as unit:
        doubt = await unit.faces.add_doubt("key|1", [2, 1], line("i3"), "b5a")

        assert doubt.candidates == (2, 1)
        assert doubt.line == replace(line("i3"), id=0)
        assert await unit.faces.open_doubts() == [doubt]
        assert await unit.faces.doubt(doubt.id) == doubt
        await unit.pending.resolve(Resolution(doubt.thing, Ending.REJECTED, "Вера", NOW))
        assert await unit.faces.open_doubts() == []
        assert await unit.faces.doubts_of([line().account]) == [doubt]
        assert await unit.faces.doubts_of(["other"]) == []
    await assert_store_coherent(filed)


async def test_a_doubt_is_kept_once(filed: Store) -> None:
    async with filed.write("test") as unit:
        await unit.faces.add_doubt("key|1", [1], line("i3"), None)

    with pytest.raises(IntegrityError):
        async with filed.write("test") as unit:
            await unit.faces.add_doubt("key|1", [2], line("i4"), None)


async def test_lines_of_days_are_those_of_the_account(filed: Store) -> None:
    async with filed.read() as unit:
        found = await unit.statements.of_days(line().account, TODAY, TODAY)
        assert [one.identity for one in found] == [
            one.identity for one in await unit.statements.all_lines() if one.day == TODAY
        ]
        assert await unit.statements.of_days("other", TODAY, TODAY) == []
