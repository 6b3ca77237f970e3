"""Columns of Журнал that people inserted, deleted or dragged: the moves that bring them back.

№ │ (theirs) │ Дата оплаты │ …     theirs goes behind the last of ours, with all that it holds
№ │ Дата начисления │ …            an empty column is put in, its cells are written again
№ │ Сумма │ Дата оплаты │ …        Сумма is dragged back

Ours are known by their headings; a heading that was only retyped is no move. Pure.
"""

from collections.abc import Sequence

from sheets.wire import Request

__all__ = ["column_moves"]


def column_moves(headings: Sequence[str], ours: Sequence[str], sheet_id: int) -> list[Request]:
    """Requests after which our columns come first and in order; none when nothing was moved."""
    found = [one for one in ours if one in headings]
    displaced = [one for place, one in enumerate(ours) if _at(headings, place) != one]
    if 2 * len(found) <= len(ours) or not any(one in found for one in displaced):
        return []
    now, known = list(headings), set(ours)
    requests: list[Request] = []
    for place, wanted in enumerate(ours):
        # Each turn takes one column of theirs out of the way, and there are no more than all.
        for _ in range(len(now)):
            at = _at(now, place)
            if at is None or at in known or wanted not in now[place:]:
                break
            requests.append(_move(sheet_id, place, len(now)))
            now.append(now.pop(place))
        if _at(now, place) == wanted:
            continue
        if wanted in now[place:]:
            source = now.index(wanted, place)
            requests.append(_move(sheet_id, source, place))
            now.insert(place, now.pop(source))
        elif _is_retyped(now, ours, place):
            now[place] = wanted
        else:
            requests.append(_insert(sheet_id, place, at_end=place >= len(now)))
            now.insert(place, wanted)
    return requests


def _at(columns: Sequence[str], place: int) -> str | None:
    return columns[place] if place < len(columns) else None


def _is_retyped(now: Sequence[str], ours: Sequence[str], place: int) -> bool:
    """Whether the column is still there and only its heading is another: the next one follows."""
    if _at(now, place) is None or now[place] in ours:
        return False
    return _at(now, place + 1) == _at(ours, place + 1)


def _move(sheet_id: int, source: int, place: int) -> Request:
    columns = _columns(sheet_id, source)
    return {"moveDimension": {"source": columns, "destinationIndex": place}}


def _insert(sheet_id: int, place: int, *, at_end: bool) -> Request:
    if at_end:
        return {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": 1}}
    columns = _columns(sheet_id, place)
    return {"insertDimension": {"range": columns, "inheritFromBefore": place > 0}}


def _columns(sheet_id: int, place: int) -> dict[str, object]:
    lines = {"startIndex": place, "endIndex": place + 1}
    return {"sheetId": sheet_id, "dimension": "COLUMNS", **lines}
