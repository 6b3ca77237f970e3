"""The real aiogram against the stand-in over the loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    DisabledButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from sandbox.faults import FaultKind, FaultRule
from tests.sandbox.telegram_fixtures import TOKEN, Room, open_room

YES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="y", style="success")]]
)


@asynccontextmanager
async def bot_room() -> AsyncIterator[tuple[Room, Bot]]:
    async with open_room() as room:
        session = AiohttpSession(api=TelegramAPIServer.from_base(room.base))
        async with Bot(TOKEN, session=session) as bot:
            yield room, bot


async def test_a_conversation_passes_the_gate():
    async with bot_room() as (room, bot):
        anna = room.standin.phone(1, "Анна")
        await anna.open_bot("h_1")
        sent = await bot.send_message(1, "<b>Принять?</b>", parse_mode="HTML", reply_markup=YES)
        query_id = await anna.press("Да")
        await bot.answer_callback_query(query_id, "Принято", show_alert=True)
        done = InlineKeyboardButton(text="✓ Принято", disabled=DisabledButton())
        await sent.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=[[done]]))
        await sent.edit_text("Принято")
        menu = ReplyKeyboardMarkup(
            keyboard=[[KeyboardButton(text="Мой день")]], input_field_placeholder="500 такси"
        )
        await bot.send_message(1, "Меню", reply_markup=menu)

        assert room.standin.violations == []
        assert room.standin.transcript() == (
            "Анна> /start h_1\n"
            "Анна< Принять?\n      [Да]\n"
            "Анна: Да\n"
            "Анна! Принято\n"
            "Анна~ Принять?\n      [✓ Принято]\n"
            "Анна~ Принято\n"
            "Анна< Меню"
        )


async def test_files_and_settings_pass_the_gate():
    async with bot_room() as (room, bot):
        await room.standin.phone(1, "Анна").open_bot()
        file = BufferedInputFile(b"%PDF", "счёт.pdf")
        document = await bot.send_document(1, file, caption="Счёт")
        photo = await bot.send_photo(1, BufferedInputFile(b"\xff\xd8", "qr.jpg"))
        content = await bot.download(document.document.file_id)
        await bot.send_document(1, document.document.file_id)
        day = BotCommand(command="day", description="Мой день")
        await bot.set_my_commands([day], scope=BotCommandScopeChat(chat_id=1))
        await bot.send_chat_action(1, "typing")
        await bot.delete_message(1, photo.message_id)

        me, chat = await bot.get_me(), await bot.get_chat(1)
        assert (me.username, chat.first_name, content.read()) == ("kopeyka_bot", "Анна", b"%PDF")
        assert [m.document for m in room.standin.phones[1].messages[1:]] == ["счёт.pdf"] * 2
        assert room.standin.violations == []


async def test_a_dispatcher_polls_and_answers():
    async with bot_room() as (room, bot):
        dispatcher = Dispatcher()

        @dispatcher.message()
        async def echo(message: Message) -> None:
            await message.answer(f"слышу {message.text}", reply_markup=YES)

        @dispatcher.callback_query()
        async def tapped(query: CallbackQuery) -> None:
            await query.answer("вижу")

        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        anna = room.standin.phone(1, "Анна")
        await anna.open_bot()
        await until(lambda: len(anna.messages) == 2)
        await anna.press("Да")
        await until(lambda: len(anna.toasts) == 1)
        await dispatcher.stop_polling()
        await polling

        assert (anna.last.text, anna.toasts[0].text) == ("слышу /start", "вижу")
        assert room.standin.violations == []


async def until(condition) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within 5 seconds")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.TOO_MANY, TelegramRetryAfter),
        (FaultKind.SERVER_ERROR, TelegramServerError),
        (FaultKind.RESET, TelegramNetworkError),
        (FaultKind.REFUSE, TelegramNetworkError),
        (FaultKind.LOST, TelegramNetworkError),
    ],
)
async def test_faults_arrive_as_aiograms_own_errors(kind, error):
    async with bot_room() as (room, bot):
        await room.standin.phone(1, "Анна").open_bot()
        room.faults.replace([FaultRule(kind, "telegram", "sendMessage", times=1)])

        with pytest.raises(error) as raised:
            await bot.send_message(1, "да")

        effects = 1 if kind is FaultKind.LOST else 0
        assert len(room.standin.phones[1].messages) == 1 + effects
        if kind is FaultKind.TOO_MANY:
            assert raised.value.retry_after == 3


async def test_refusals_arrive_as_aiograms_own_errors():
    async with bot_room() as (room, bot):
        room.standin.phone(1, "Анна")

        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(1, "да")
        with pytest.raises(TelegramBadRequest):
            await bot.send_message(2, "да")


async def test_an_update_whose_answer_was_lost_is_delivered_again():
    async with bot_room() as (room, bot):
        await room.standin.phone(1, "Анна").open_bot()
        room.faults.replace([FaultRule(FaultKind.LOST, "telegram", "getUpdates", times=1)])

        with pytest.raises(TelegramNetworkError):
            await bot.get_updates(timeout=1)
        again = await bot.get_updates(timeout=1)

        assert [update.message.text for update in again] == ["/start"]
