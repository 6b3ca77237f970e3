from datetime import timedelta

import pytest

from handlers.delivery import note_entity
from store.records import OutboxRow
from tests.handlers.office import IDS, Office
from tests.handlers.promises import expect
from usecases.telling import TELEGRAM, card_entity
from world.points import listen


class KilledError(BaseException):
    """The process dies here."""


CARD = "−500 ₽ · Транспорт · Касса · 2 марта 2026"


def received(office: Office, name: str) -> list[str]:
    texts = [message.text for message in office.phones[name].messages if message.from_bot]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


async def say(office: Office, name: str, text: str) -> None:
    await office.phones[name].say(text)
    await office.settle()


async def later(office: Office, minutes: int = 10) -> None:
    office.clock.advance(timedelta(minutes=minutes))
    await office.settle()


async def dead(office: Office) -> list[OutboxRow]:
    async with office.store.read() as unit:
        return await unit.outbox.dead()


@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_a_send_whose_answer_is_lost_comes_twice_marked_with_the_same_figures(
    office: Office, fault: str
):
    await office.open_for("vera")
    office.break_down(f"telegram/sendMessage:{fault}@1")
    await say(office, "vera", "500 Транспорт")
    await later(office)

    assert received(office, "vera")[1:] == [CARD, f"(повтор)\n{CARD}"]


@pytest.mark.parametrize("fault", ["reset", "refuse", "5xx", "502"])
async def test_a_send_that_failed_without_a_trace_is_marked_too(office: Office, fault: str):
    await office.open_for("vera")
    office.break_down(f"telegram/sendMessage:{fault}@1")
    await say(office, "vera", "500 Транспорт")
    await later(office)

    assert received(office, "vera")[1:] == [f"(повтор)\n{CARD}"]


async def test_a_note_whose_answer_is_lost_is_marked_too(office: Office):
    await office.open_for("anna")
    office.break_down("telegram/sendMessage:lost@1")
    await say(office, "anna", "Моя касса")
    await later(office)

    assert received(office, "anna")[1:] == [
        "Наличных на вас нет.",
        "(повтор)\nНаличных на вас нет.",
    ]


async def test_an_edit_whose_answer_is_lost_is_repeated_in_place(office: Office):
    await office.open_for("vera")
    await say(office, "vera", "500 Транспорт")
    office.break_down("telegram/editMessageText:lost@1")
    await office.phones["vera"].press("Отменить")
    await office.settle()
    await later(office)

    assert received(office, "vera")[1:] == [f"{CARD}\nОтменено"]
    async with office.store.read() as unit:
        assert await unit.outbox.open_count(TELEGRAM) == 0


async def test_too_many_requests_wait_as_long_as_telegram_says(office: Office):
    await office.open_for("vera")
    office.break_down("telegram/sendMessage:429@1")
    await say(office, "vera", "500 Транспорт")
    async with office.store.read() as unit:
        due = await unit.outbox.next_due(TELEGRAM)
    waited = None if due is None else due - office.clock.now()
    await later(office)

    assert waited == timedelta(seconds=3)
    assert received(office, "vera")[1:] == [CARD]


async def test_a_repeated_card_is_edited_afterwards_as_any_other(office: Office):
    await office.open_for("vera")
    office.break_down("telegram/sendMessage:reset@1")
    await say(office, "vera", "500 Транспорт")
    await later(office)
    await office.phones["vera"].press("Отменить")
    await office.settle()

    assert received(office, "vera")[1:] == [f"{CARD}\nОтменено"]


async def test_a_deleted_card_is_sent_anew(office: Office):
    await office.open_for("vera")
    await say(office, "vera", "500 Транспорт")
    card = office.phones["vera"].last
    await office.telegram.bot.delete_message(IDS["vera"], card.message_id)
    undo = card.buttons[0][0].data
    assert undo is not None
    await office.phones["vera"].press_data(undo, card.message_id)
    await office.settle()

    assert received(office, "vera")[1:] == [f"{CARD}\nОтменено"]


async def test_who_blocked_the_bot_is_left_in_peace_and_the_owner_is_told(office: Office):
    await office.open_for("anna", "olga")
    await expect(office, 1, 1000000)
    await office.phones["olga"].block()
    # The news of it is lost: only the send shows that she cannot be reached.
    (news,) = await office.telegram.bot.get_updates()
    await office.telegram.bot.get_updates(offset=news.update_id + 1)
    await say(office, "anna", "Сдать кассу")
    await office.phones["anna"].press(office.phones["anna"].last.buttons[0][0].label)
    await office.settle()
    sends = office.faults.calls.count("telegram sendMessage")
    await office.phones["anna"].press("Забрать назад")
    await office.settle()

    assert "Ольга больше не получает сообщения" in received(office, "owner")[-1]
    assert len(await dead(office)) == 1
    assert office.faults.calls.count("telegram sendMessage") == sends


async def test_what_telegram_refuses_in_words_is_a_dead_letter_with_them(office: Office):
    await office.open_for("vera")
    payload = {"html": "5 < 6", "inline": []}
    async with office.store.write("test") as unit:
        entity = note_entity(IDS["vera"], "bad")
        await unit.outbox.put(TELEGRAM, entity, lane=str(IDS["vera"]), payload=payload)
    await office.settle()
    await say(office, "vera", "500 Транспорт")

    assert [row.entity for row in await dead(office)] == [entity]
    assert received(office, "vera")[1:] == [CARD]


async def test_a_lane_keeps_its_order_behind_what_did_not_arrive(office: Office):
    await office.open_for("vera")
    office.break_down("telegram/sendMessage:429@1")
    await say(office, "vera", "500 Транспорт\n600 Транспорт")
    before = received(office, "vera")[1:]
    await later(office)

    assert before == []
    assert [text[:6] for text in received(office, "vera")[1:]] == ["−500 ₽", "−600 ₽"]


async def test_nothing_is_called_when_the_card_says_it_already(office: Office):
    await office.open_for("vera")
    await say(office, "vera", "500 Транспорт")
    calls = office.faults.count
    async with office.store.write("test") as unit:
        (card,) = [one for one in await unit.cards.all() if one.chat == IDS["vera"]]
        lane = str(card.chat)
        await unit.outbox.put(TELEGRAM, f"card:{card.chat}:{card.thing}", lane=lane)
    await office.settle()

    assert office.faults.count == calls


@pytest.mark.parametrize(
    "words", ["<b>жирный</b>", '=IMPORTXML("http://x";"//a")', "&amp; <", "</s>", "{ $words }"]
)
async def test_hostile_words_arrive_as_those_words(office: Office, words: str):
    await office.open_for("vera")
    await say(office, "vera", f"500 {words}")

    assert f"· {words} ·" in received(office, "vera")[-1]


async def test_what_was_told_is_what_would_be_told(office: Office):
    await office.open_for("anna", "olga", "vera")
    await expect(office, 1, 1000000)
    await say(office, "vera", "500 такси\n600 Транспорт")
    await say(office, "anna", "Сдать кассу")
    await office.phones["anna"].press(office.phones["anna"].last.buttons[0][0].label)
    await office.settle()
    await office.phones["olga"].press("✓ Принял")
    await office.settle()
    await later(office, minutes=60 * 24 * 40)

    async with office.store.read() as unit:
        cards = [card for card in await unit.cards.all() if card.message is not None]
        now = [await office.telegram.teller.text_of(unit, one.thing, one.chat) for one in cards]
    assert len(cards) == 7
    assert [card.text for card in cards] == now


@pytest.mark.parametrize(
    ("point", "copies"),
    [
        ("telegram:before-call", [f"(повтор)\n{CARD}"]),
        ("telegram:after-call", [CARD, f"(повтор)\n{CARD}"]),
        ("outbox:telegram:settle:before-commit", [CARD, f"(повтор)\n{CARD}"]),
    ],
)
async def test_a_death_around_a_send_repeats_it_marked_when_the_lease_lapses(
    office: Office, point: str, copies: list[str]
):
    await office.open_for("vera")

    def kill(name: str) -> None:
        if name == point:
            listen(None)
            raise KilledError

    await office.phones["vera"].say("500 Транспорт")
    listen(kill)
    with pytest.raises(KilledError):
        await office.settle()
    await later(office)

    assert received(office, "vera")[1:] == copies


async def test_two_rows_about_one_card_in_one_batch_are_one_message(office: Office):
    await office.open_for("vera")
    office.break_down("telegram/sendMessage:refuse@1")
    message = await office.phones["vera"].say("500 транспорт")
    await office.settle()
    entity = card_entity(f"expense:{IDS['vera']}-{message}-1", IDS["vera"])

    # The card was changed while its first row was on its way, and the process died then.
    async with office.store.write("test") as unit:
        await unit.outbox.put(TELEGRAM, entity, lane=str(IDS["vera"]), merge=False)
    await later(office)

    assert [text for text in received(office, "vera") if "500 ₽" in text] == [f"(повтор)\n{CARD}"]


async def test_a_press_before_the_card_is_known_as_sent_leaves_it_a_card(office: Office):
    await office.open_for("vera")
    vera = office.phones["vera"]
    message = await vera.say("500 кабель")
    await office.settle()
    thing = f"expense:{IDS['vera']}-{message}-1"
    card = vera.last.message_id

    # The answer of the send was on its way to the books when the button was pressed.
    async with office.store.write("test") as unit:
        await unit.cards.detach(thing, IDS["vera"])
    await vera.press("Транспорт", message_id=card)
    await office.settle()

    assert not any(text.startswith("Статья:") for text in received(office, "vera"))
