"""Начало: what the spreadsheet is, in ten lines, and what its colours mean."""

from collections.abc import Mapping

from sheets.model import Area, Cell, Guard, Style, Styled, Tab
from sheets.tabs.palette import BAD, ENTRY, GOOD, LABEL, TITLE, TITLES

__all__ = ["start_tab"]

SHEET_ID = 733_013
_FIRST_ROW = 2
_COLOURS_ROW = 13
_LINES = (
    ("board", "Главное за месяц: оборот, маркетинг, прибыль, деньги; графики."),
    (
        "pnl",
        "Прибыли и убытки по месяцам; дальше — та же прибыль по менеджерам, продуктам и так далее.",
    ),
    ("cash", "Движение денег по статьям и счетам за выбранные месяцы."),
    (
        "payments",
        "Что ещё ждём от клиентов, что пришло, какие возвраты ждут. Отборы: Данные → Фильтры.",
    ),
    ("debts", "Кто ещё не доплатил: с дня завершения, до него — с даты договора."),
    ("people", "У кого на руках деньги и с какого дня."),
    ("accounts", "Деньги на счетах сейчас и по дням вперёд: когда их станет меньше нуля."),
    (
        "journal",
        "Все операции, одна строка — одна операция. Синие столбцы можно править, суммы — нет.",
    ),
    ("reference", "Статьи, значения и места денег, которыми всё называется."),
    ("control", "Сходится ли таблица с учётом. Зелёное — сходится, красное — скажите владельцу."),
)
_COLOURS = (
    ("Синее", "можно менять: месяцы, основание, отборы; в Журнале — синие столбцы", ENTRY),
    ("Чёрное", "считается формулами, править не нужно: бот вернёт как было", Style()),
    ("Зелёное", "сходится", GOOD),
    ("Красное", "убыток, просрочено, ниже нуля или не сходится", BAD),
)


def start_tab(titles: Mapping[str, str], what: str = "") -> Tab:
    """The first tab; a person's own notes have room below. `what` of the books is in the sheet."""
    cells = {(0, 0): Cell("Как устроена эта таблица")}
    if what:
        cells[1, 0] = Cell(what)
    lines = [(key, words) for key, words in _LINES if key in titles]
    for row, (key, words) in enumerate(lines, _FIRST_ROW):
        cells[row, 0] = Cell(titles[key])
        cells[row, 1] = Cell(words)
    styles = [
        Styled(Area(0, 0, _COLOURS_ROW + len(_COLOURS), 2), Style(wrap=True, middle=True)),
        Styled(Area(0, 0, 1, 2), Style(wrap=False)),
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(_FIRST_ROW, 0, len(_LINES), 1), LABEL),
    ]
    for row, (colour, words, style) in enumerate(_COLOURS, _COLOURS_ROW):
        cells[row, 0] = Cell(colour)
        cells[row, 1] = Cell(words)
        styles.append(Styled(Area(row, 0, 1, 1), style))
    return Tab(
        key="start",
        id=SHEET_ID,
        title=titles["start"],
        rows=50,
        columns=2,
        cells=cells,
        guard=Guard("Копейка: объяснение таблицы", warning=True),
        # Both columns fit a phone.
        widths=(110, 235),
        styles=tuple(one for one in styles if one.style != Style()),
        gridlines=False,
        colour=TITLES["start"],
    )
