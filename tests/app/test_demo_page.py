"""The demo alive: people act on a clock that runs, and the product works by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.demo_page import LiveWorld, alive, expected_of
from app.demo_world import DemoOptions, demo_world, listening
from app.main import main
from sandbox.amocrm import company as crm
from sandbox.demo.play import play
from sandbox.demo.scenario import scenario
from sandbox.demo.stage import plain

DAYS = 2
SECONDS_MAX = 60.0


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[LiveWorld]:
    async with demo_world(DemoOptions(tmp_path)) as world:
        async with listening(world):
            await play(world.stage, scenario(), DAYS, lambda _day: None)
        async with alive(world, DAYS, 1, asyncio.Event()) as made:
            yield made


async def until(told: Callable[[], bool]) -> None:
    """Wait in real time, as somebody in front of the page does."""
    async with asyncio.timeout(SECONDS_MAX):
        while not told():
            await pause()


async def until_expected(live: LiveWorld, minor: int) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while all(one.minor != minor for one in await expected_of(live.house)):
            await pause()


async def pause() -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), 0.05)


def told(live: LiveWorld, who: str, words: str) -> Callable[[], bool]:
    phone = live.played.stage.phone(who)
    return lambda: any(words in plain(one.text) for one in phone.newest_first())


async def test_an_expense_a_deal_and_the_next_days_statement(live: LiveWorld) -> None:
    stage, people = live.played.stage, live.sandbox.amocrm

    await stage.phone("Игорь").say("777 такси")
    await until(told(live, "Игорь", "−777 ₽ · Транспорт"))

    contact = people.add_contact("Новиков Тимур Олегович")
    fields = {
        crm.PREPAYMENT_AMOUNT_ID: 31500,
        crm.PREPAYMENT_METHOD_ID: "Безналичный расчёт",
        crm.CONTRACT_NUMBER_ID: "КУ-0777",
    }
    lead = people.add_lead(
        "Кухня", responsible_user_id=crm.ANNA_ID, price=90000, contact_ids=[contact]
    )
    people.set_fields(lead, fields)
    await until_expected(live, 31_500_00)
    (offer,) = await live.next_day()
    assert live.sandbox.bank.today.isoformat() == "2026-03-04"
    assert live.busy() is None
    await stage.phone("Мария").drop_file(offer.name, offer.bytes)

    await until(lambda: people.field_text(lead, crm.CONFIRMED_ID) == "31500")
    assert people.lead(lead).status_id == crm.STAGE_CONFIRMED_ID
    assert live.sandbox.telegram.violations == []


def test_a_port_that_is_taken_is_said_before_the_days_are_played(capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        assert main(["demo", "--port", str(port), "--days", "1"]) == 2

    assert f"Порт {port} занят" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--days", "0"], "от 1 до 90"),
        (["--days", "91"], "от 1 до 90"),
        (["--json"], "вместе с --check"),
        (["--check", "--sabotage", "termites"], "sheet-kopeck"),
    ],
)
def test_wrong_options_get_a_sentence(arguments: list[str], words: str, capsys) -> None:
    assert main(["demo", *arguments]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
