"""Colour scales: the colour of a cell by where its number lies between two or three points."""

from typing import Any

from sandbox.google_sheets.formats import with_styles
from sandbox.google_sheets.holding import Holding, is_number
from sandbox.google_sheets.model import Json

__all__ = ["Gradient"]

_PARTS = ("red", "green", "blue")


class Gradient:
    """One gradient rule over the cells of its ranges."""

    def __init__(self, rule: Json, cells: dict[tuple[int, int], Any], holding: Holding) -> None:
        """`cells` are the values by place, errors and texts among them."""
        self._cells = {place: float(one) for place, one in cells.items() if is_number(one)}
        points = [
            with_styles(rule[name])
            for name in ("minpoint", "midpoint", "maxpoint")
            if name in rule
        ]
        numbers = sorted(self._cells.values())
        self._points = [
            (_number(point, numbers, holding), point.get("color") or {}) for point in points
        ]

    def format(self, row: int, column: int) -> Json | None:
        """The background of a cell; None when it holds no number or a point cannot be placed."""
        number = self._cells.get((row, column))
        placed = [(at, colour) for at, colour in self._points if at is not None]
        if number is None or len(placed) != len(self._points):
            return None
        below = [one for one in placed if one[0] <= number]
        above = [one for one in placed if one[0] > number]
        if not below or not above:
            return {"backgroundColor": (below[-1] if below else above[0])[1]}
        (low, start), (high, stop) = below[-1], above[0]
        share = (number - low) / (high - low)
        return {"backgroundColor": _between(start, stop, share)}


def _number(point: Json, numbers: list[float], holding: Holding) -> float | None:
    if not numbers:
        return None
    if point["type"] in ("MIN", "MAX"):
        return numbers[0] if point["type"] == "MIN" else numbers[-1]
    worth = holding.worth(str(point.get("value") or ""))
    if not is_number(worth):
        return None
    value = float(worth or 0)
    if point["type"] == "NUMBER":
        return value
    if point["type"] == "PERCENT":
        return numbers[0] + (numbers[-1] - numbers[0]) * value / 100
    place = (len(numbers) - 1) * min(max(value, 0), 100) / 100
    low = int(place)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (numbers[high] - numbers[low]) * (place - low)


def _between(start: Json, stop: Json, share: float) -> Json:
    mixed = {
        part: float(start.get(part) or 0) * (1 - share) + float(stop.get(part) or 0) * share
        for part in _PARTS
    }
    return {part: value for part, value in mixed.items() if value}
