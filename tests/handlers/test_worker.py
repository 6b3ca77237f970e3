import json
from datetime import timedelta

import pytest
from aiogram import Dispatcher, Router

from handlers.build import build_dispatcher
from handlers.delivery import Delivery, Setting
from handlers.intake import arrival_of
from handlers.storage import UnitStorage
from handlers.worker import TRIES_MAX, UpdateWorker
from sandbox.telegram.journal import Mark
from store.records import Role
from tests.handlers.office import BOT, IDS, Office
from world.points import listen


class KilledError(BaseException):
    """The process dies here."""


class DeliberateError(Exception):
    """What a broken handler raises."""


def broken(office: Office, failures: int) -> UpdateWorker:
    """A worker whose handler posts something and then fails so many times."""
    left = [failures]

    async def handler(_message: object, delivery: Delivery) -> None:
        await delivery.unit.upkeep.set_setting("effect", left[0])
        await delivery.answer("cash-empty")
        if left[0]:
            left[0] -= 1
            raise DeliberateError

    router = Router()
    router.message.register(handler)
    dispatcher = Dispatcher(storage=UnitStorage())
    dispatcher.include_router(router)
    setting = Setting(office.company, office.telegram.texts, BOT)
    return UpdateWorker(office.telegram.bot, office.store, dispatcher, setting)


async def take_in(office: Office, name: str, text: str) -> None:
    await office.phones[name].say(text)
    await office.telegram.poller.run_once()


async def deliver(office: Office) -> None:
    while await office.outbox.run_once():
        pass


def received(office: Office, name: str) -> list[str]:
    return [message.text for message in office.phones[name].messages if message.from_bot]


async def test_a_failing_update_is_rolled_back_and_tried_again(office: Office):
    await office.open_for("anna")
    worker = broken(office, failures=2)
    await take_in(office, "anna", "привет")

    for _ in range(3):
        await worker.run_once()
        await deliver(office)
        assert await worker.run_once() == 0, "waits before the next try"
        office.clock.advance(timedelta(minutes=1))

    async with office.store.read() as unit:
        assert await unit.upkeep.setting("effect") == 0
        assert await unit.inbox.open_count() == 0
    assert received(office, "anna")[-1:] == ["Наличных на вас нет."]
    assert received(office, "anna").count("Наличных на вас нет.") == 1


async def test_an_update_that_never_works_is_given_up_and_reported(office: Office):
    await office.open_for("anna")
    worker = broken(office, failures=99)
    await take_in(office, "anna", "привет")
    for _ in range(TRIES_MAX):
        await worker.run_once()
        office.clock.advance(timedelta(minutes=1))
    await deliver(office)

    async with office.store.read() as unit:
        (dead,) = await unit.inbox.dead()
        assert await unit.upkeep.setting("effect") is None
    assert received(office, "anna")[-1].startswith("Не записал, сообщил администратору.")
    assert dead.id in received(office, "anna")[-1]
    assert dead.id in received(office, "owner")[-1]
    await office.play("anna> Моя касса\nbot > Наличных на вас нет.")


async def test_a_lane_waits_for_its_failing_update_and_no_other_lane_does(office: Office):
    await office.open_for("anna", "boris")
    worker = broken(office, failures=1)
    await take_in(office, "anna", "раз")
    await take_in(office, "anna", "два")
    await take_in(office, "boris", "три")

    worked = [await worker.run_once() for _ in range(3)]

    assert worked == [2, 0, 0]


async def test_an_update_that_came_twice_has_one_effect(office: Office):
    await office.open_for("anna", "vera")
    await take_in(office, "vera", "500 такси")
    (update,) = [
        one
        for one in office.standin.sent_updates
        if "500 такси" in json.dumps(one, ensure_ascii=False)
    ]
    arrival = arrival_of(update)
    assert arrival is not None
    async with office.store.write("test") as unit:
        assert await unit.inbox.keep([arrival]) == 0
    await office.settle()

    async with office.store.read() as unit:
        assert await unit.journal.count() == 1


async def test_two_instances_that_take_the_same_row_work_it_once(office: Office):
    await office.open_for("anna")
    await take_in(office, "anna", "Моя касса")
    setting = Setting(office.company, office.telegram.texts, BOT)
    dispatcher = build_dispatcher(office.telegram.texts)
    other = UpdateWorker(office.telegram.bot, office.store, dispatcher, setting)
    async with office.store.read() as unit:
        (row,) = await unit.inbox.next("telegram", 1)

    await office.telegram.worker.run_once()
    await other._work(row)
    await deliver(office)

    assert received(office, "anna").count("Наличных на вас нет.") == 1


async def test_a_toast_that_telegram_does_not_take_changes_nothing(office: Office):
    await office.open_for("vera")
    await office.phones["vera"].say("500 Транспорт")
    await office.settle()
    office.break_down("telegram/answerCallbackQuery:lost@1,telegram/answerCallbackQuery:429@2")
    for label in ("Вчера", "Отменить"):
        await office.phones["vera"].press(label)
        await office.settle()

    assert received(office, "vera")[-1].endswith("1 марта 2026\nОтменено")


async def test_a_press_that_waited_too_long_is_done_and_not_answered(office: Office):
    await office.open_for("vera")
    await office.phones["vera"].say("500 Транспорт")
    await office.settle()
    await office.phones["vera"].press("Отменить")
    await office.telegram.poller.run_once()
    office.clock.advance(timedelta(minutes=10))
    await office.settle()

    assert received(office, "vera")[-1].endswith("Отменено")
    assert [line for line in office.standin.journal if line.mark is Mark.TOAST] == []


async def test_a_document_that_cannot_be_fetched_is_tried_again(office: Office):
    await office.open_for("vera")
    office.break_down("telegram/getFile:5xx@1,telegram/download:reset@1")
    await office.phones["vera"].drop_file("kl_to_1c.txt", b"nothing")
    for _ in range(3):
        await office.settle()
        office.clock.advance(timedelta(minutes=1))

    assert "не загрузил, ничего не записано" in received(office, "vera")[-1]


async def test_whoever_writes_again_is_reachable_again(office: Office):
    await office.open_for("anna")
    await office.phones["anna"].block()
    await office.settle()
    async with office.store.read() as unit:
        lost = await unit.people.by_telegram(IDS["anna"])
    await office.phones["anna"].open_bot()
    await office.settle()
    async with office.store.read() as unit:
        found = await unit.people.by_telegram(IDS["anna"])

    assert lost is not None
    assert found is not None
    assert (lost.reachable, found.reachable, found.role) == (False, True, Role.MANAGER)
    assert "Анна больше не получает сообщения" in received(office, "owner")[-1]
    assert received(office, "anna")[-1].startswith("Анна, здравствуйте!")


@pytest.mark.parametrize(
    "point", ["update:before-handler", "update:before-commit", "update:after-commit"]
)
async def test_a_death_around_an_update_leaves_it_worked_once(office: Office, point: str):
    await office.open_for("vera")
    await take_in(office, "vera", "500 Транспорт")

    def kill(name: str) -> None:
        if name == point:
            listen(None)
            raise KilledError

    listen(kill)
    with pytest.raises(KilledError):
        await office.settle()
    await office.settle()

    async with office.store.read() as unit:
        assert await unit.journal.count() == 1
        assert await unit.inbox.open_count() == 0
    assert len(received(office, "vera")) == 2
