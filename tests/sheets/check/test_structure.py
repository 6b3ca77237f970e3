"""What people do to tabs and looks: each is named in its own sentence, and put back."""

from collections.abc import AsyncIterator, Callable

import pytest

from sheets.check.checking import Reason
from sheets.check.self_check import CheckReport, self_check
from store.database import Store
from tests.sheets.google import BOOK, Google, open_google
from world.clock import VirtualClock


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    """Two rows, written and true."""
    async with open_google(sqlite_store, clock) as opened:
        await opened.sell("a", 100000)
        await opened.spend("b", 500)
        await opened.deliver()
        yield opened


async def check(google: Google) -> CheckReport:
    outcome = await self_check(google.channel, heal=True)
    assert isinstance(outcome, CheckReport), outcome
    return outcome


def tabs(google: Google) -> None:
    google.standin.rename_tab(BOOK, "Менеджеры", "<i>Люди</i>")
    google.standin.delete_tab(BOOK, "Города")
    google.standin.hide_tab(BOOK, "_служебный", hidden=False)
    google.standin.freeze(BOOK, "ОПиУ")
    google.standin.lift_protection(BOOK, "Справочники")
    google.standin.change_zone(BOOK, "Asia/Tokyo")
    google.standin.change_locale(BOOK, "en_US")


def looks(google: Google) -> None:
    google.standin.delete_chart(BOOK, "Пульт")
    google.standin.delete_filter_view(BOOK, "Журнал")
    google.standin.delete_conditional_format(BOOK, "Журнал")
    google.standin.delete_banding(BOOK, "Журнал")
    google.standin.drop_choice(BOOK, "ОПиУ!B2")
    google.standin.format_cells(BOOK, "Журнал!F2:F50", "NUMBER", "0")
    google.standin.hide_lines(BOOK, "Журнал", (20, 5), shown=True)
    google.standin.merge(BOOK, "Журнал!D2:E3")


def lines(google: Google) -> None:
    google.standin.insert_column(BOOK, "Журнал", 4)
    google.standin.edit_cell(BOOK, "Журнал!D3", "моё")
    google.standin.set_note(BOOK, "Журнал!G2", "у суммы")
    google.standin.delete_column(BOOK, "Журнал", 15)
    google.standin.insert_row(BOOK, "ОПиУ", 6)
    google.standin.insert_column(BOOK, "Менеджеры", 2)


SENTENCES: dict[str, tuple[Callable[[Google], None], dict[Reason, str]]] = {
    "tabs": (
        tabs,
        {
            Reason.TAB_RENAMED: (
                "Вкладку «Менеджеры» переименовали в «<i>Люди</i>»: название возвращено."
            ),
            Reason.TAB_MISSING: "Вкладку «Города» удалили: сделана и заполнена снова.",
            Reason.TAB_SHOWN: "Служебную вкладку «_служебный» показали: снова скрыта.",
            Reason.FROZEN: "Закрепление строк на вкладке «ОПиУ» изменили: возвращено.",
            Reason.UNPROTECTED: "Защиту вкладки «Справочники» сняли или изменили: возвращена.",
            Reason.ZONE: "Часовой пояс таблицы сменили на «Asia/Tokyo»: возвращён Etc/GMT,",
            Reason.LOCALE: "Язык и регион таблицы сменили на «en_US»: возвращён ru_RU.",
        },
    ),
    "looks": (
        looks,
        {
            Reason.CHART: "Диаграмму «",
            Reason.VIEW: "Представление «Новые сверху» вкладки «Журнал» удалили: сделано снова.",
            Reason.RULE: "Условное форматирование вкладки «Журнал» убрали: возвращено.",
            Reason.BANDING: "Чередование цветов на вкладке «Журнал» убрали: возвращено.",
            Reason.CHOICE: "Выпадающий список на вкладке «ОПиУ» сняли (B2): возвращён.",
            Reason.FORMAT: "Формат чисел на вкладке «Журнал» изменили (F2): возвращён.",
            Reason.HIDDEN: (
                "Служебные столбцы или строки вкладки «Журнал» показали: снова скрыты."
            ),
            Reason.MERGED: (
                "Ячейки вкладки «Журнал» объединили (D2): снова отдельные и заполнены."
            ),
        },
    ),
    "lines": (
        lines,
        {
            Reason.COLUMNS: (
                "Столбцы вкладки «Журнал» вставили, удалили или переставили: столбцы бота снова "
                "на местах, чужие — правее них."
            ),
            Reason.FORMULA: "Формулы на вкладке «",
            Reason.VALUE: "Ячейки бота на вкладке «",
        },
    ),
}


@pytest.mark.parametrize("what", SENTENCES)
async def test_each_is_named_and_put_back(google: Google, what: str) -> None:
    meddle, sentences = SENTENCES[what]
    meddle(google)
    said = {one.reason: one.sentence for one in (await check(google)).findings}
    for reason, sentence in sentences.items():
        assert said[reason].startswith(sentence), (reason, said.get(reason))
    again = await check(google)
    assert again.differences == ()
    assert again.sentences == ()
    assert google.row(1)[0] == 1
    if what == "lines":
        sheet = google.standin.shelf(BOOK).book.sheet_titled("Журнал")
        assert sheet is not None
        width = len(google.channel.shape.columns)
        assert sheet.cell(2, width).value == "моё"
        assert sheet.cell(1, 5).note == "у суммы"


def formats(google: Google, title: str) -> dict[tuple[int, int], object]:
    """What each cell of a tab looks like."""
    sheet = google.standin.shelf(BOOK).book.sheet_titled(title)
    assert sheet is not None
    return {
        (row, column): cell.format
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
        if cell.format
    }


async def test_the_looks_of_a_report_come_back_with_its_rows(google: Google) -> None:
    before = formats(google, "ОПиУ")
    google.standin.delete_row(BOOK, "ОПиУ", 1)
    google.standin.insert_row(BOOK, "ОПиУ", 5)
    google.standin.fill(BOOK, "Журнал!D2", {"red": 1})
    google.standin.delete_row(BOOK, "Журнал", 3)
    assert formats(google, "ОПиУ") != before

    await check(google)

    assert formats(google, "ОПиУ") == before
    coloured = formats(google, "Журнал")[1, 3]
    assert isinstance(coloured, dict)
    assert coloured["backgroundColorStyle"] == {"rgbColor": {"red": 1}}


async def test_numbers_pushed_out_of_a_tab_of_rows_are_emptied(google: Google) -> None:
    google.standin.insert_column(BOOK, "Долги", 3, 2)
    await check(google)
    assert [google.shown("Долги", row, column) for row in (1, 3) for column in (10, 11)] == (
        [None] * 4
    )


async def test_a_column_of_numbers_alone_that_was_pushed_out_is_emptied(google: Google) -> None:
    google.standin.insert_column(BOOK, "Пульт", 2, 2)
    await check(google)
    assert [google.shown("Пульт", 19, column) for column in (11, 12, 13)] == [1, None, None]


async def test_what_was_pushed_out_of_a_tab_that_was_written_since_is_emptied(
    google: Google,
) -> None:
    google.standin.insert_column(BOOK, "Сверка", 1, 3)
    await google.spend("later", 7)
    await google.deliver()

    report = await check(google)

    assert Reason.LEFTOVER in {one.reason for one in report.differences}
    sheet = google.standin.shelf(BOOK).book.sheet_titled("Сверка")
    assert sheet is not None
    width = sheet.column_count - 3
    assert [at for row in sheet.rows.values() for at in row if at >= width and row[at].value] == []


async def test_columns_put_into_a_tab_of_the_bots_alone_leave_nothing_behind(
    google: Google,
) -> None:
    google.standin.insert_column(BOOK, "_движения", 6, 2)
    await check(google)
    assert [google.shown("_движения", row, 8) for row in range(3)] == [None] * 3
    assert (await check(google)).differences == ()


async def test_a_colour_rule_whose_row_was_deleted_is_mended_and_not_doubled(
    google: Google,
) -> None:
    def rules() -> list[dict]:
        tab = google.standin.shelf(BOOK).book.sheet_titled("Менеджеры")
        assert tab is not None
        return tab.conditional_formats

    wanted = [dict(one) for one in rules()]
    google.standin.delete_row(BOOK, "Менеджеры", 5)
    assert rules() != wanted

    await check(google)

    assert rules() == wanted


@pytest.mark.parametrize("title", ["Менеджеры", "Пульт", "Сверка"])
async def test_looks_that_moved_before_the_values_were_written_again_are_mended(
    google: Google, title: str
) -> None:
    before = formats(google, title)
    google.standin.insert_row(BOOK, title, 30, 3)
    await check(google)
    google.standin.delete_row(BOOK, title, 1)
    # Whoever starts the bot writes all values again, before anybody has looked.
    await google.channel.install()
    found = formats(google, title)
    assert {place: found.get(place) for place in before} != before

    report = await check(google)

    found = formats(google, title)
    assert {place: found.get(place) for place in before} == before
    assert Reason.STRAYED in {one.reason for one in report.differences}
    assert (await check(google)).differences == ()


async def test_a_deleted_count_of_rows_is_named(google: Google) -> None:
    google.standin.insert_row(BOOK, "Платежи", 2)
    google.standin.delete_row(BOOK, "Платежи", 3)
    (told,) = (await check(google)).sentences
    assert told.startswith("Ячейки бота на вкладке «Платежи» изменили (")
    assert (await check(google)).differences == ()


async def test_what_looked_at_a_renamed_tab_is_known_where_it_was_pushed_to(
    google: Google,
) -> None:
    google.standin.rename_tab(BOOK, "_служебный", "Старый 1")
    google.standin.insert_column(BOOK, "Счета", 10)
    await check(google)
    sheet = google.standin.shelf(BOOK).book.sheet_titled("Счета")
    assert sheet is not None
    width = sheet.column_count - 1
    assert [at for row in sheet.rows.values() for at in row if at >= width and row[at].value] == []


async def test_the_looks_of_a_tab_of_words_come_back_with_its_rows(google: Google) -> None:
    google.standin.insert_row(BOOK, "Начало", 40, 3)
    await check(google)
    before = formats(google, "Начало")
    google.standin.delete_row(BOOK, "Начало", 12)
    await check(google)
    found = formats(google, "Начало")
    assert {place: found.get(place) for place in before} == before


async def test_what_looked_at_a_deleted_tab_is_known_where_it_was_pushed_to(
    google: Google,
) -> None:
    sheet = google.standin.shelf(BOOK).book.sheet_titled("Сверка")
    assert sheet is not None
    last = max(row for row, cells in sheet.rows.items() if any(c.value for c in cells.values()))
    google.standin.delete_tab(BOOK, "Журнал")
    google.standin.insert_row(BOOK, "Сверка", 10, 3)
    await check(google)
    sheet = google.standin.shelf(BOOK).book.sheet_titled("Сверка")
    assert sheet is not None
    assert not any(
        c.value for row, cells in sheet.rows.items() if row > last for c in cells.values()
    )


async def test_columns_that_only_slid_under_hidden_ones_are_shown_again(google: Google) -> None:
    def hidden() -> list[bool]:
        sheet = google.standin.shelf(BOOK).book.sheet_titled("Журнал")
        assert sheet is not None
        sizes = sheet.column_sizes
        return [bool(sizes.get(at, {}).get("hiddenByUser")) for at in range(29)]

    before = hidden()
    google.standin.delete_column(BOOK, "Журнал", 18, 3)
    google.standin.delete_column(BOOK, "Журнал", 15, 2)
    # Nobody can tell the columns by their headings any more.
    google.standin.insert_row(BOOK, "Журнал", 1)
    assert hidden() != before
    await check(google)
    assert hidden() == before


async def test_a_checksum_of_a_row_that_people_changed_is_emptied_where_it_was_pushed_to(
    google: Google,
) -> None:
    google.edit("Долги", 4, 9, "0123456789abcdef")
    google.standin.insert_column(BOOK, "Долги", 3, 2)
    await check(google)
    assert [google.shown("Долги", 4, column) for column in (9, 10, 11)] == [None] * 3
