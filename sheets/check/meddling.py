"""What people did to the spreadsheet, in plain Russian: one sentence for each meddling.

A sentence says what happened, what the bot did, and what to do. Many places of one kind are one
sentence with a count and the first few of them. What people typed is quoted, cut, and only data.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sheets.check.checking import Difference, Reason

__all__ = ["Finding", "findings_of", "listed", "quoted"]

LISTED_MAX = 5
QUOTED_CHARS_MAX = 60
_BOOK = ""
# What follows from another change of the same tab or of the rows, and is told by it.
_FOLLOWS = frozenset({Reason.FIGURE, Reason.LEFTOVER, Reason.SHIFTED, Reason.STRAYED})
_SAID: dict[Reason, str] = {
    Reason.TAB_SHOWN: "Служебную вкладку «{tab}» показали: снова скрыта.",
    Reason.GRID_CUT: (
        "На вкладке «{tab}» удалили строки или столбцы: лист снова нужного размера, содержимое "
        "записано."
    ),
    Reason.COLUMNS: (
        "Столбцы вкладки «{tab}» вставили, удалили или переставили: столбцы бота снова на местах, "
        "чужие — правее них."
    ),
    Reason.UNPROTECTED: "Защиту вкладки «{tab}» сняли или изменили: возвращена.",
    Reason.FROZEN: "Закрепление строк на вкладке «{tab}» изменили: возвращено.",
    Reason.CHART: "Диаграмму «{wanted}» на вкладке «{tab}» удалили: нарисована снова.",
    Reason.BANDING: "Чередование цветов на вкладке «{tab}» убрали: возвращено.",
    Reason.RULE: "Условное форматирование вкладки «{tab}» убрали: возвращено.",
    Reason.CHOICE: "Выпадающий список на вкладке «{tab}» сняли ({places}): возвращён.",
    Reason.FORMAT: "Формат чисел на вкладке «{tab}» изменили ({places}): возвращён.",
    Reason.HIDDEN: "Служебные столбцы или строки вкладки «{tab}» показали: снова скрыты.",
    Reason.MERGED: "Ячейки вкладки «{tab}» объединили ({places}): снова отдельные и заполнены.",
    Reason.FORMULA: "Формулы на вкладке «{tab}» стёрли или изменили ({places}): возвращены.",
    Reason.SHIFTED: (
        "Формулы вкладки «{tab}» сдвинулись вслед за вставленными или удалёнными строками: "
        "возвращены."
    ),
    Reason.ENTRY: (
        "На вкладке «{tab}» выбрано то, чего нет в списках ({places}): возвращён первоначальный "
        "выбор."
    ),
    Reason.FIGURE: (
        "Цифры на вкладке «{tab}» не сходились с учётом ({places}): формулы записаны заново."
    ),
    Reason.STRAYED: (
        "Оформление вкладки «{tab}» сдвинулось вслед за вставленными или удалёнными строками: "
        "возвращено."
    ),
    Reason.LEFTOVER: "На вкладке «{tab}» остались лишние копии ячеек ({places}): убраны.",
    Reason.MISSING: "На вкладке «{tab}» не хватало строк ({places}): записаны снова.",
    Reason.EDITED: "Строки вкладки «{tab}» изменили ({places}): возвращены.",
    Reason.EXTRA: "На вкладке «{tab}» стояло лишнее ({places}; {found}): убрано.",
    Reason.VALUE: (
        "Ячейки бота на вкладке «{tab}» изменили ({places}; {found}): возвращены. Для своих "
        "записей есть своя вкладка."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One meddling. `identity` is the same when the same thing is found once more."""

    reason: Reason
    tab: str
    sentence: str

    @property
    def identity(self) -> str:
        """By what it is known again."""
        return f"{self.reason.value}|{self.tab}|{self.sentence}"


def findings_of(differences: Iterable[Difference], apart: Collection[str] = ()) -> list[Finding]:
    """One finding for each tab and kind; rows on their way are none.

    The rows of the tabs in `apart` are told by others (`sheets.check.journal_words`).
    """
    groups: dict[tuple[str, Reason], list[Difference]] = {}
    for one in differences:
        rowwise = one.tab in apart and one.reason in _ROWWISE
        if one.reason is not Reason.WAITING and not rowwise:
            groups.setdefault((one.tab, one.reason), []).append(one)
    causes = {reason for _, reason in groups} - _FOLLOWS
    return [
        finding
        for (tab, reason), all_ in groups.items()
        if not (reason in _FOLLOWS and causes)
        for finding in _told(tab, reason, all_)
    ]


_ROWWISE = frozenset(
    {
        Reason.MISSING,
        Reason.MOVED,
        Reason.EDITED,
        Reason.STALE,
        Reason.EXTRA,
        Reason.INSERTED,
        Reason.PASTED,
        Reason.DOUBLED,
    }
)


def quoted(text: str) -> str:
    """What a person typed: one line, cut, in quotation marks."""
    line = " ".join(text.split())
    if len(line) > QUOTED_CHARS_MAX:
        line = f"{line[: QUOTED_CHARS_MAX - 1]}…"
    return f"«{line}»"


def listed(words: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    first = ", ".join(words[:LISTED_MAX])
    return first if len(words) <= LISTED_MAX else f"{first} и ещё {len(words) - LISTED_MAX}"


def _told(tab: str, reason: Reason, all_: Sequence[Difference]) -> list[Finding]:
    match reason:
        case Reason.TAB_MISSING:
            text = f"Вкладку «{tab}» удалили: сделана и заполнена снова."
        case Reason.TAB_RENAMED:
            text = f"Вкладку «{tab}» переименовали в {quoted(all_[0].found)}: название возвращено."
        case Reason.ZONE | Reason.LOCALE | Reason.RECALCULATION:
            text = _of_book(reason, all_[0])
        case Reason.VIEW:
            return [Finding(reason, tab, _of_view(tab, one)) for one in all_]
        case Reason.CHART:
            return [Finding(reason, tab, _filled(tab, reason, [one])) for one in all_]
        case _:
            text = _filled(tab, reason, all_)
    return [Finding(reason, tab, text)]


def _filled(tab: str, reason: Reason, all_: Sequence[Difference]) -> str:
    found = [quoted(one.found) for one in all_ if one.found]
    pattern = _SAID.get(reason, "На вкладке «{tab}» нашлись изменения ({places}): исправлено.")
    return pattern.format(
        tab=tab,
        places=listed([one.place for one in all_ if one.place]),
        wanted=all_[0].expected,
        found=listed(found) if found else "стёрто",
    )


def _of_book(reason: Reason, one: Difference) -> str:
    match reason:
        case Reason.ZONE:
            return (
                f"Часовой пояс таблицы сменили на {quoted(one.found)}: возвращён {one.expected}, "
                "по нему считаются дни."
            )
        case Reason.LOCALE:
            return (
                f"Язык и регион таблицы сменили на {quoted(one.found)}: возвращён {one.expected}. "
                "Другой задаётся в настройках бота: locale в разделе [sheet]."
            )
        case _:
            return "Пересчёт таблицы сменили: снова каждую минуту, чтобы «Сверка» старела вовремя."


def _of_view(tab: str, one: Difference) -> str:
    done = "изменили: возвращено" if one.found else "удалили: сделано снова"
    return f"Представление «{one.expected}» вкладки «{tab}» {done}."
