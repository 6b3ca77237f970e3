"""What the owner reads of the spreadsheet: on command, and by itself when people meddled."""

from handlers.sheet_check import CheckWords, tell_check
from store.database import Store
from tests.handlers.office import IDS, Office, open_office
from usecases.sheet_watch import wanted_check
from world.clock import VirtualClock

SORTED = "Строки вкладки «Журнал» переставили: 37 строк поставлено на место."
TYPED = "Ниже последней операции стояло «<b>привет</b>»: убрано."


async def tell(office: Office, words: list[CheckWords], chats: tuple[int, ...] = ()) -> None:
    async with office.store.write("test") as unit:
        await tell_check(unit, office.telegram.texts, words, chats)
    await office.settle()


async def test_the_owner_asks_and_is_answered(store: Store, clock: VirtualClock):
    """
    owner> /check
    owner< Проверяю таблицу, это займёт до минуты. Что найду, верну и напишу сюда.
    anna> /check
    anna< Таблицу проверяет собственник. Вам это недоступно, ничего не изменилось.
    """
    async with open_office(store, clock, has_sheet=True) as office:
        await office.open_for("anna")
        await office.play(test_the_owner_asks_and_is_answered.__doc__)
        async with store.read() as unit:
            wanted = await wanted_check(unit)
        assert wanted is not None
        assert wanted.chats == (IDS["owner"],)
        await tell(office, [CheckWords("", 1234, 5678, (), ())], wanted.chats)
        text = office.phones["owner"].messages[-1].text.replace("\N{NO-BREAK SPACE}", " ")
        assert text == (
            "Google-таблица: проверена, всё сходится с учётом. Строк журнала: 1 234, ячеек: 5 678."
        )


async def test_without_a_spreadsheet_there_is_nothing_to_check(office: Office):
    """
    owner> /check
    owner< Таблица не подключена: в настройках бота нет раздела [sheet]. Проверять нечего.
    """
    await office.open_for()
    await office.play(test_without_a_spreadsheet_there_is_nothing_to_check.__doc__)


async def test_the_owner_is_told_what_is_new_and_who_asked_is_told_all(office: Office):
    await office.open_for("anna")
    words = [
        CheckWords("", 5, 9, (SORTED, TYPED), {TYPED}),
        CheckWords("Анна", 5, 9, (SORTED,), ()),
    ]
    before = len(office.phones["owner"].messages)

    await tell(office, words)
    await tell(office, words, (IDS["anna"],))

    told = [one.text for one in office.phones["owner"].messages[before:]]
    assert told == [f"Google-таблица: нашлись изменения\n• {TYPED}"] * 2
    assert office.phones["anna"].messages[-1].text.splitlines() == [
        "Google-таблица: нашлись изменения",
        f"• {SORTED}",
        f"• {TYPED}",
        "Google-таблица «Анна»: нашлись изменения",
        f"• {SORTED}",
    ]


async def test_nothing_new_is_no_message(office: Office):
    await office.open_for()
    before = len(office.phones["owner"].messages)
    await tell(office, [CheckWords("", 5, 9, (SORTED,), ()), CheckWords("Анна", 1, 1, (), ())])
    assert len(office.phones["owner"].messages) == before


async def test_a_long_report_comes_in_several_messages(office: Office):
    await office.open_for()
    before = len(office.phones["owner"].messages)
    many = tuple(f"{number} {TYPED}" for number in range(400))
    await tell(office, [CheckWords("", 5, 9, many, set(many))])
    told = [one.text for one in office.phones["owner"].messages[before:]]
    assert len(told) == 6
    assert all(len(text) <= 4096 for text in told)
    assert told[0].count("•") > 40
    assert told[-1].startswith("… и ещё ")
