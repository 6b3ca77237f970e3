"""One of several instances is on duty, and another one takes over when it is gone."""

from sqlalchemy import text

from store.database import Store
from store.duty import Duty


async def test_the_only_instance_of_the_embedded_database_is_on_duty(sqlite_store: Store) -> None:
    assert await Duty(sqlite_store).held()


async def test_of_two_instances_one_is_on_duty_and_stays_so(
    postgres_store: Store, postgres_url: str
) -> None:
    other = postgres_store.beside(postgres_url)
    first, second = Duty(postgres_store), Duty(other)

    assert [await first.held(), await second.held()] == [True, False]
    assert [await second.held(), await first.held()] == [False, True]
    await first.give_up()
    await other.close()


async def test_the_other_takes_over_from_one_that_gave_up(
    postgres_store: Store, postgres_url: str
) -> None:
    other = postgres_store.beside(postgres_url)
    first, second = Duty(postgres_store), Duty(other)
    assert await first.held()

    await first.give_up()

    assert [await second.held(), await first.held()] == [True, False]
    await second.give_up()
    await other.close()


async def test_an_instance_whose_session_was_ended_is_off_duty(
    postgres_store: Store, postgres_url: str
) -> None:
    other = postgres_store.beside(postgres_url)
    first, second = Duty(postgres_store), Duty(other)
    assert await first.held()
    killer = await other.own_connection()
    await killer.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_locks "
            "WHERE locktype = 'advisory' AND objid = 7330002"
        )
    )
    await killer.close()

    assert [await second.held(), await first.held()] == [True, False]
    await second.give_up()
    await first.give_up()
    await other.close()
