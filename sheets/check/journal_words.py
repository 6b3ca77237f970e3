"""What people did to the rows of Журнал, and what became of their edits, in plain Russian."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import assert_never

from sheets.check.beside import BesidePlan
from sheets.check.checking import Difference, Reason
from sheets.check.journal_check import JournalChecked, NotOffered, RowEdit, Why
from sheets.check.journal_rows import Located
from sheets.check.meddling import Finding, listed, quoted
from sheets.check.taking import Taken
from sheets.formulas import place_of
from sheets.model import Pattern, Value
from sheets.rows import RowImage
from sheets.serials import EPOCH
from sheets.tabs.journal_tab import Column, JournalShape
from usecases.corrections import KeyTaken
from usecases.posting import MonthClosed
from usecases.sheet_edits import (
    AlreadyTaken,
    CorrectedBefore,
    NotForPeople,
    NothingChanged,
    TakeInOutcome,
    TakenIn,
    TwoAlike,
    Typed,
    UnknownValue,
)

__all__ = ["journal_findings"]

TOLD_EACH = 5
COVERED_COLUMNS = 4
_AMEND = {
    "amount": "Сумму в таблице не меняют: отмените операцию в боте и запишите её заново.",
    "paid_on": "Даты меняют в боте, а не в таблице.",
    "accrued_on": "Даты меняют в боте, а не в таблице.",
    "name:manager": "Менеджера меняют в сделке, а не в таблице.",
}
_WHY = {
    Why.ROW_CHANGED: "в той же строке изменены ячейки, которые правкой не бывают",
    Why.REARRANGED: "столбец переставлен целиком, это не правка отдельных строк",
    Why.TOO_MANY: "правок за раз слишком много, похоже на замену во всём столбце",
    Why.FORMULA: "вместо текста введена формула",
    Why.STRUCK: "в тексте скрытые имена",
}


def journal_findings(
    checked: JournalChecked,
    images: Sequence[RowImage],
    shape: JournalShape,
    tab: str,
    taken: Taken,
) -> list[Finding]:
    """One finding for each meddling with rows, edits and notes."""
    said = [*_of_rows(checked, tab)]
    offered = {edit.number for edit, _ in taken.edits}
    offered |= {one.edit.number for one in checked.not_offered}
    by_number = {one.number: one for one in images}
    said += _of_cells(checked, by_number, shape, tab, offered)
    said += [_of_edit(edit, outcome, tab) for edit, outcome in taken.edits]
    covered = {one.number for one in checked.rows.located.values() if _is_covered(one)}
    refused = [one for one in checked.not_offered if one.edit.number not in covered]
    said += _of_refused(refused, shape, tab)
    return said + _of_beside(taken.beside, tab)


def _of_rows(checked: JournalChecked, tab: str) -> Iterable[Finding]:
    by_reason: dict[Reason, list[Difference]] = {}
    for one in checked.differences:
        by_reason.setdefault(one.reason, []).append(one)
    moved = by_reason.get(Reason.MOVED, [])
    mixed = [one for one in moved if one.found.startswith("№")]
    if checked.rows.sorted_rows or mixed:
        numbers = sorted({int(one.expected.removeprefix("№ ")) for one in moved})
        which = listed([str(one) for one in numbers])
        yield Finding(
            Reason.MOVED,
            tab,
            f"Строки вкладки «{tab}» переставили (сортировка или перенос): {_rows(len(numbers))} "
            f"на место (№ {which}). Сортировать можно в представлении «Новые сверху».",
        )
    elif moved and not {Reason.INSERTED, Reason.MISSING} & set(by_reason):
        yield Finding(
            Reason.MOVED, tab, f"Строки вкладки «{tab}» сдвинули: {_rows(len(moved))} на место."
        )
    yield from _inserted(by_reason.get(Reason.INSERTED, []), tab)
    for one in _first(by_reason.get(Reason.PASTED, [])):
        text = (
            f"Поверх строки операции {one.expected} (строка {_row(one)}) вставили "
            f"{quoted(one.found)}: строка операции записана снова."
        )
        yield Finding(Reason.PASTED, tab, text)
    pasted = {one.expected for one in by_reason.get(Reason.PASTED, [])}
    gone = [
        one.expected for one in by_reason.get(Reason.MISSING, []) if one.expected not in pasted
    ]
    if gone:
        which = listed([one.removeprefix("№ ") for one in gone])
        text = f"Удалили или стёрли строки операций № {which}: записаны снова."
        yield Finding(Reason.MISSING, tab, _one_row(text, len(gone)))
    yield from _doubled(by_reason.get(Reason.DOUBLED, []), tab)
    for one in _first(by_reason.get(Reason.EXTRA, [])):
        text = (
            f"Ниже последней операции, в строке {_row(one)} вкладки «{tab}», стояло "
            f"{quoted(one.found)}: убрано. Своё держите на своей вкладке или правее столбцов бота."
        )
        yield Finding(Reason.EXTRA, tab, text)
    stale = by_reason.get(Reason.STALE, [])
    if stale:
        which = listed([one.expected.removeprefix("№ ") for one in stale])
        yield Finding(
            Reason.STALE, tab, f"Строки операций № {which} отстали от книг: записаны заново."
        )


def _inserted(all_: Sequence[Difference], tab: str) -> Iterable[Finding]:
    empty = [str(_row(one)) for one in all_ if not one.found]
    if empty:
        word = "пустую строку" if len(empty) == 1 else "пустые строки"
        text = (
            f"Во вкладку «{tab}» вставили {word} {listed(empty)}: строки операций снова на местах."
        )
        yield Finding(Reason.INSERTED, tab, text)
    for one in _first([one for one in all_ if one.found]):
        text = (
            f"Во вкладку «{tab}» вставили строку {_row(one)}: {quoted(one.found)}. Её место заняли "
            "строки операций; своё держите на своей вкладке."
        )
        yield Finding(Reason.INSERTED, tab, text)


def _doubled(all_: Sequence[Difference], tab: str) -> Iterable[Finding]:
    if all_:
        rows = listed([f"{_row(one)} ({one.expected})" for one in all_])
        text = (
            f"Во вкладке «{tab}» строки операций стояли второй раз, строки {rows}: копии убраны."
        )
        yield Finding(Reason.DOUBLED, tab, text)


def _of_cells(
    checked: JournalChecked,
    images: Mapping[int, RowImage],
    shape: JournalShape,
    tab: str,
    offered: set[int],
) -> Iterable[Finding]:
    """Cells that are never edited by people, put back; a row that was covered is one sentence."""
    wrong: dict[int, list[tuple[RowImage, Difference]]] = {}
    covered: list[tuple[RowImage, str]] = []
    typed = _typed(checked.differences)
    for found in checked.rows.located.values():
        if found.whole or found.shown != found.number:
            continue
        image = images[found.number]
        if _is_covered(found):
            words = " ".join(typed[found.row, column].found for column in found.wrong)
            covered.append((image, words))
            continue
        for column in found.wrong:
            if found.number in offered and _is_editable(shape, column):
                continue
            wrong.setdefault(column, []).append((image, typed[found.row, column]))
    for image, words in covered[:TOLD_EACH]:
        text = (
            f"Поверх строки операции № {image.number} вставили или стёрли ячейки "
            f"({quoted(words)}): строка записана снова."
        )
        yield Finding(Reason.PASTED, tab, text)
    if len(covered) > TOLD_EACH:
        which = listed([str(image.number) for image, _ in covered[TOLD_EACH:]])
        text = f"То же со строками операций № {which}: записаны снова."
        yield Finding(Reason.PASTED, tab, text)
    for column, all_ in sorted(wrong.items()):
        yield from _of_column(shape.columns[column], column, all_, tab)


def _is_covered(found: Located) -> bool:
    return not found.whole and len(found.wrong) >= COVERED_COLUMNS


def _typed(differences: Iterable[Difference]) -> dict[tuple[int, int], Difference]:
    return {place_of(one.place): one for one in differences if one.reason is Reason.EDITED}


def _of_column(
    column: Column, place: int, all_: Sequence[tuple[RowImage, Difference]], tab: str
) -> Iterable[Finding]:
    advice = f" {_AMEND[column.code]}" if column.code in _AMEND else ""
    if column.hidden:
        which = listed([str(image.number) for image, _ in all_])
        text = f"Служебный столбец «{column.title}» операций № {which} изменили: возвращён."
        yield Finding(Reason.EDITED, tab, text)
    elif len(all_) > TOLD_EACH:
        which = listed([str(image.number) for image, _ in all_])
        text = f"В столбце «{column.title}» изменили операции № {which}: возвращены.{advice}"
        yield Finding(Reason.EDITED, tab, text)
    else:
        for image, one in all_:
            old, new = _shown(column, image.cells[place]), _as_typed(column, one.found)
            text = (
                f"«{column.title}» операции № {image.number}: вместо {old} написали {new}. "
                f"Возвращено {old}.{advice}"
            )
            yield Finding(Reason.EDITED, tab, text)


def _of_edit(edit: RowEdit, outcome: TakeInOutcome, tab: str) -> Finding:
    row = f"операции № {edit.number}"
    match outcome:
        case TakenIn(changes, corrected):
            what = "; ".join(
                f"{one.title}: {quoted(one.old)} → {quoted(one.new)}" for one in changes
            )
            text = (
                f"Правка {row} внесена в учёт ({what}): запись № {edit.number} сторнирована "
                f"(№ {corrected.reversal.number}), исправленная — № {corrected.new.number}."
            )
            return Finding(Reason.TAKEN_IN, tab, text)
        case AlreadyTaken(new):
            text = f"Та же правка {row} уже внесена раньше, исправленная запись — № {new.number}."
            return Finding(Reason.TAKEN_IN, tab, text)
        case NothingChanged():
            text = f"Строку {row} набрали заново тем же: записана как была."
            return Finding(Reason.EDITED, tab, text)
        case _:
            text = f"Правка {row} не внесена, строка возвращена: {_refusal(outcome)}"
            return Finding(Reason.NOT_TAKEN, tab, text)


def _refusal(
    outcome: CorrectedBefore | NotForPeople | UnknownValue | TwoAlike | MonthClosed | KeyTaken,
) -> str:
    match outcome:
        case CorrectedBefore(by):
            return f"она уже исправлена или отменена записью № {by.number}, правьте новую строку."
        case NotForPeople(_, cell):
            return f"{_cell(cell)} у таких операций в таблице не меняют."
        case UnknownValue(cell):
            return f"{_cell(cell)} нет в справочнике. Выберите из вкладки «Справочники»."
        case TwoAlike(cell, names):
            alike = ", ".join(quoted(one) for one in names)
            return f"{_cell(cell)} подходит нескольким: {alike}. Напишите точно."
        case MonthClosed(day):
            return f"месяц {day:%m.%Y} закрыт. Откройте его в боте: /reopen {day:%Y-%m} причина"
        case KeyTaken():
            return "ключ исправленной записи занят другой операцией. Исправьте её в боте."
        case _:
            assert_never(outcome)


def _of_refused(all_: Sequence[NotOffered], shape: JournalShape, tab: str) -> Iterable[Finding]:
    by_why: dict[Why, list[RowEdit]] = {}
    for one in all_:
        by_why.setdefault(one.why, []).append(one.edit)
    for why, edits in by_why.items():
        for edit in edits[:TOLD_EACH] if why not in {Why.REARRANGED, Why.TOO_MANY} else ():
            what = "; ".join(
                f"{shape.columns[column].title}: {quoted(text)}" for column, text in edit.cells
            )
            text = (
                f"Правка операции № {edit.number} ({what}) не внесена, строка возвращена: "
                f"{_WHY[why]}."
            )
            yield Finding(Reason.NOT_TAKEN, tab, text)
        rest = edits if why in {Why.REARRANGED, Why.TOO_MANY} else edits[TOLD_EACH:]
        if rest:
            which = listed([str(one.number) for one in rest])
            text = f"Правки операций № {which} не внесены, строки возвращены: {_WHY[why]}."
            yield Finding(Reason.NOT_TAKEN, tab, text)


def _of_beside(plan: BesidePlan, tab: str) -> list[Finding]:
    findings = []
    if plan.brought:
        which = listed([str(one) for one in plan.brought])
        text = f"Примечания и записи рядом с операциями № {which} возвращены к своим строкам."
        findings.append(Finding(Reason.NOTE, tab, text))
    for row, words in plan.lost[:TOLD_EACH]:
        text = f"Рядом с лишней строкой {row + 1} стояло {quoted(words)}: убрано вместе с ней."
        findings.append(Finding(Reason.NOTE, tab, text))
    return findings


def _first(all_: Sequence[Difference]) -> Sequence[Difference]:
    """The first few, each to be told; of many more one knows from these."""
    return all_[: 2 * TOLD_EACH]


def _cell(cell: Typed) -> str:
    return f"{cell.title} {quoted(cell.text)}"


def _is_editable(shape: JournalShape, column: int) -> bool:
    code = shape.columns[column].code
    return code in {"comment", "article"} or code.startswith("name:")


def _shown(column: Column, value: Value) -> str:
    if value is None or value == "":
        return "пустого"
    if isinstance(value, str):
        return quoted(value)
    assert isinstance(value, int | Decimal)
    return _number(column, Decimal(value))


def _as_typed(column: Column, text: str) -> str:
    """What a person typed, as the column would show it."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        return quoted(text) if text else "ничего"
    return _number(column, number) if number.is_finite() else quoted(text)


def _number(column: Column, number: Decimal) -> str:
    if column.pattern is Pattern.SUM:
        return f"{number:,.2f}".replace(",", " ").replace(".", ",")
    if column.pattern is Pattern.DAY and 0 < number < 10**6:
        return f"{EPOCH + timedelta(days=int(number)):%d.%m.%Y}"
    return format(number.normalize(), "f").replace(".", ",")


def _rows(count: int) -> str:
    if count % 100 in range(11, 20):
        return f"{count} строк поставлено"
    if count % 10 == 1:
        return f"{count} строка поставлена"
    return f"{count} {'строки поставлены' if count % 10 in {2, 3, 4} else 'строк поставлено'}"


def _one_row(text: str, count: int) -> str:
    if count > 1:
        return text
    return text.replace("строки операций", "строку операции").replace("записаны", "записана")


def _row(one: Difference) -> int:
    return place_of(one.place)[0] + 1
