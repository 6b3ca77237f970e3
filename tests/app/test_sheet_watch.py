"""People meddle with the spreadsheet and the owner reads of it on the phone; nothing is told twice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.jobs import standard_jobs
from app.sheet import Named, SheetBook, SheetFace
from app.sheet_watch import SheetWatch
from sandbox.google_sheets.api import Access
from sheets.years import YearsChannel
from store.database import Store
from tests.handlers.office import Office, open_office
from tests.sheets.google import BOOK, SETTINGS, Google, open_google
from usecases.audit import audit
from usecases.sheet_watch import want_check
from world.clock import VirtualClock

READ = (
    ("Google-таблица: нашлись изменения",),
    (
        "• Строки вкладки «Журнал» переставили (сортировка или перенос): 4 строки поставлены на ",
        "место (№ 1, 2, 3, 4). Сортировать можно в представлении «Новые сверху».",
    ),
    (
        "• «Сумма, ₽» операции № 2: вместо 200,00 написали 5 000,00. Возвращено 200,00. Сумму в ",
        "таблице не меняют: отмените операцию в боте и запишите её заново.",
    ),
    (
        "• Правка операции № 1 внесена в учёт (Статья: «Транспорт» → «Реклама и маркетинг»; ",
        "Комментарий: «слова 1» → «листовки»): запись № 1 сторнирована (№ 5), исправленная — № 6.",
    ),
    (
        "• Правка операции № 3 не внесена, строка возвращена: Статья «Такси» нет в справочнике. ",
        "Выберите из вкладки «Справочники».",
    ),
    (
        "• Правка операции № 4 не внесена, строка возвращена: Статья «Прочие доходы» у таких ",
        "операций в таблице не меняют.",
    ),
    ("• Примечания и записи рядом с операциями № 4 возвращены к своим строкам.",),
)


@dataclass
class Room:
    """The owner with a phone and a spreadsheet."""

    google: Google
    office: Office
    watch: SheetWatch

    async def check(self) -> int:
        """A check is wanted and made."""
        async with self.google.store.write("test") as unit:
            await want_check(unit)
        return await self.step()

    async def step(self) -> int:
        """What the tick does, a minute later; then messages arrive."""
        self.google.clock.advance(timedelta(minutes=1))
        done = await self.watch.step()
        await self.office.settle()
        return done

    @property
    def told(self) -> list[str]:
        """What the owner read, without the no-break spaces."""
        messages = self.office.phones["owner"].messages
        return [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in messages]


@pytest.fixture
async def room(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Room]:
    """Four operations, written and true."""
    async with (
        open_google(sqlite_store, clock) as google,
        open_office(sqlite_store, clock, has_sheet=True) as office,
    ):
        await office.open_for()
        for number in range(1, 4):
            await google.spend(f"cost-{number}", number * 10000, comment=f"слова {number}")
        await google.sell("sale", 500000, "Борис")
        await google.deliver()
        named = Named("", google.channel)
        outlet = YearsChannel([google.channel], clock, SETTINGS.zone)
        face = SheetFace(outlet, (named,), SheetBook((named,)), sqlite_store, clock)
        yield Room(google, office, SheetWatch(face, office.telegram.texts))


def column(room: Room, code: str) -> int:
    return room.google.channel.shape.places[code]


async def test_edits_are_taken_in_a_sum_is_not_and_the_owner_reads_both(room: Room) -> None:
    """
    owner> /check
    owner< Проверяю таблицу, это займёт до минуты. Что найду, верну и напишу сюда.
    """
    google = room.google
    google.edit("Журнал", 1, column(room, "article"), "Реклама и маркетинг")
    google.edit("Журнал", 1, column(room, "comment"), "листовки")
    google.edit("Журнал", 2, column(room, "amount"), 5000)
    google.edit("Журнал", 3, column(room, "article"), "Такси")
    google.edit("Журнал", 4, column(room, "article"), "Прочие доходы")
    google.standin.set_note(BOOK, "Журнал!F5", "сверить")
    google.standin.sort_range(BOOK, "Журнал!A2:AC5", 1, descending=True)

    await room.office.play(test_edits_are_taken_in_a_sum_is_not_and_the_owner_reads_both.__doc__)
    assert await room.step() == 1
    assert room.told[-1].splitlines() == list(map("".join, READ))
    await google.deliver(2)
    assert [google.row(number)[0] for number in range(1, 8)] == [1, 2, 3, 4, 5, 6, None]
    assert google.row(1)[column(room, "article")] == "Транспорт"
    assert google.row(6)[column(room, "article")] == "Реклама и маркетинг"
    assert google.row(6)[column(room, "comment")] == "листовки"
    sheet = google.standin.shelf(BOOK).book.sheet_titled("Журнал")
    assert sheet is not None
    assert sheet.cell(4, 5).note == "сверить"
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"
    before = len(room.told)
    assert await room.check() == 1
    assert len(room.told) == before
    assert (await audit(google.store, [room.watch.face.book])).differences == ()


async def test_a_lost_share_is_told_once_and_when_it_is_back_all_is_checked(room: Room) -> None:
    google = room.google
    google.standin.set_share(BOOK, Access.DENIED)
    google.edit("Журнал", 2, column(room, "amount"), 1)
    await google.spend("late", 700)
    await google.deliver()
    before = len(room.told)
    for _ in range(20):
        await room.step()
        await google.deliver()
    (told,) = room.told[before:]
    assert told.startswith(
        "Google-таблица: записи не доходят, попытки продолжаются. Google не пускает бота в таблицу."
    )
    assert await google.waiting() == 1

    google.standin.set_share(BOOK, Access.WRITER)
    assert await room.step() == 1
    await google.deliver(2)

    back = room.told[before + 1 :]
    assert len(back) == 1
    assert "• Доступ к таблице снова есть: она проверена целиком и дописана." in back[0]
    assert "• «Сумма, ₽» операции № 2: вместо 200,00 написали 1,00." in back[0]
    assert google.row(5)[0] == 5
    assert google.row(2)[column(room, "amount")] == 200
    assert await room.step() == 0


async def test_a_deleted_tab_that_a_write_met_is_checked_by_itself(room: Room) -> None:
    google = room.google
    google.standin.delete_tab(BOOK, "Журнал")
    google.standin.rename_tab(BOOK, "ОПиУ", "Итоги")
    await google.spend("late", 700)
    await google.deliver()
    assert google.channel.surprises.last is not None

    assert await room.step() == 1
    assert "Вкладку «Журнал» удалили: сделана и заполнена снова." in room.told[-1]
    assert "Вкладку «ОПиУ» переименовали в «Итоги»: название возвращено." in room.told[-1]
    await google.deliver(2)
    assert google.row(5)[0] == 5
    assert await room.step() == 0


async def test_each_night_is_a_check_and_a_finding_is_told_on_the_first(room: Room) -> None:
    google, office = room.google, room.office
    years = room.watch.face.years_ahead
    jobs = standard_jobs(google.store, google.clock, office.company, None, sheet=years)
    told = []
    for _night in range(3):
        google.clock.advance(timedelta(days=1))
        await jobs.run_due()
        before = len(room.told)
        assert await room.step() == 1
        told.append(len(room.told) - before)
        if not told[1:]:
            google.standin.protect(BOOK, "Лист1!A1:B2")
            google.edit("Журнал", 30, 0, "привет")
    assert told == [0, 1, 0]


async def test_what_google_refuses_is_told_once_and_tried_again_later(room: Room) -> None:
    google = room.google
    google.edit("Журнал", 2, column(room, "amount"), 1)
    google.standin.protect(BOOK, "Журнал!A3:F3")
    before = len(room.told)
    assert await room.check() == 1
    assert [await room.step() for _ in range(2)] == [0, 1]
    (told,) = room.told[before:]
    assert "Google отказал в записи" in told

    sheet = google.standin.shelf(BOOK).book.sheet_titled("Журнал")
    assert sheet is not None
    sheet.protected_ranges.pop()
    async with google.store.write("test") as unit:
        await want_check(unit, 11)
    assert await room.step() == 1
    assert "«Сумма, ₽» операции № 2: вместо 200,00 написали 1,00." in room.told[-1]
    assert google.row(2)[column(room, "amount")] == 200
