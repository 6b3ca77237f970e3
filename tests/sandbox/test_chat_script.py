import pytest

from sandbox.chat_script import ScriptError, play
from sandbox.telegram.people import Phone
from tests.sandbox.telegram_fixtures import Room, open_room


class HandoverBot:
    """A bot of twenty lines that hands cash from Anna (1) to Olga (2)."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._next = 0
        self._accepted = False

    async def settle(self) -> None:
        updates = await self._room.result("getUpdates", offset=self._next, limit=100)
        for update in updates:
            self._next = update["update_id"] + 1
            if "callback_query" in update:
                await self._tap(update["callback_query"])
            else:
                await self._hear(next(v for k, v in update.items() if k != "update_id"))

    async def _hear(self, message) -> None:
        chat_id, text = message["chat"]["id"], message["text"]
        if text == "сдать 12500":
            link = {"text": "Отправить кассиру", "callback_data": "send"}
            await self._send(
                1, "Сдача кассы: 12\N{NO-BREAK SPACE}500 ₽\n\nt.me/kopeyka_bot?start=h_1", [[link]]
            )
        else:
            await self._send(chat_id, f"Вы: {text}", [])

    async def _tap(self, query) -> None:
        text = ""
        if query["data"] == "send":
            rows = [[{"text": "Принял", "callback_data": "yes"}]]
            await self._send(2, "Анна сдаёт 12 500 ₽ за 21.11", rows)
        elif self._accepted:
            text = "Уже принято в 18:04"
        else:
            self._accepted = True
            await self._send(1, "✓ Ольга приняла 12 500 ₽", [])
            await self._room.result(
                "editMessageText",
                chat_id=2,
                message_id=query["message"]["message_id"],
                text="Принято",
            )
        await self._room.result("answerCallbackQuery", callback_query_id=query["id"], text=text)

    async def _send(self, chat_id, text, rows) -> None:
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        await self._room.result("sendMessage", chat_id=chat_id, text=text, **markup)


async def played(script: str) -> None:
    async with open_room() as room:
        bot = HandoverBot(room)
        phones: dict[str, Phone] = {
            "anna": room.standin.phone(1, "Анна"),
            "olga": room.standin.phone(2, "Ольга"),
        }
        for phone in phones.values():
            await phone.open_bot()
        await bot.settle()
        await play(script, phones, bot.settle)
        assert room.standin.violations == []


async def test_cashier_confirms_handover():
    """
    anna> сдать 12500
    bot > Сдача кассы: 12 500 ₽
          t.me/…
          [Отправить кассиру]
    anna: Отправить кассиру
    olga< Анна сдаёт 12 500 ₽ за …
          [Принял]
    olga: Принял
    anna< ✓ Ольга приняла 12 500 ₽
    olga: Принял            # second tap
    olga! Уже принято в 18:04
    olga> (link from anna)
    olga< Вы: /start h_1
    anna> (edit) сдать 12600
    anna< Вы: сдать 12600
    """
    await played(test_cashier_confirms_handover.__doc__)


async def test_a_change_may_be_written_down():
    """
    anna> сдать 12500
    bot > Сдача кассы…
          [Отправить кассиру]
    anna: Отправить кассиру
    olga< Анна сдаёт…
          [Принял]
    olga: Принял
    anna< ✓ Ольга приняла 12 500 ₽
    olga~ Принято
    """
    await played(test_a_change_may_be_written_down.__doc__)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("anna> привет", "not in the script"),
        ("anna> привет\nanna< Вы: пока", "is not what came"),
        ("anna> привет\nanna< Вы: привет\n      [Да]", "is not what came"),
        ("anna> привет\nolga< Вы: привет", "is not what came"),
        ("anna> привет\nanna! Вы: привет", "is not what came"),
        ("anna> привет\nanna~ Вы: привет", "is not what came"),
        ("anna: Нет такой", "never seen"),
        ("anna> сдать 12500\nbot > …", "is not what came"),
    ],
)
async def test_a_script_that_does_not_hold_shows_the_real_transcript(script, words):
    with pytest.raises(AssertionError) as failed:
        await played(script)

    assert words in str(failed.value)
    assert "the real transcript:\nanna> /start" in str(failed.value)


@pytest.mark.parametrize("script", ["anna says hello", "ivan> привет"])
async def test_a_line_nobody_can_read_is_named(script):
    with pytest.raises(ScriptError) as refused:
        await played(script)

    assert refused.value.number == 1
