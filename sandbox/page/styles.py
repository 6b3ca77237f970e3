"""A cell's format as the page's own short words, told once per look and not once per cell.

{"bg": "#c8e6c9", "fg": "#1b5e20", "b": 1, "ha": "right", "wrap": 1, "bt": "#37474f"}
"""

from typing import Any

from sandbox.page.replies import Json

__all__ = ["Looks", "colour"]

_MARKS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}
_SIDES = {"top": "bt", "right": "br", "bottom": "bb", "left": "bl"}
_USUAL_SIZE = 10


class Looks:
    """The different looks of the cells shown; a cell names its look by number."""

    def __init__(self) -> None:
        """No look yet."""
        self.all: list[Json] = []
        self._numbers: dict[str, int] = {}

    def number(self, seen: Json) -> int:
        """The number of a format's look; -1 for the usual one."""
        look = _look(seen)
        if not look:
            return -1
        key = repr(sorted(look.items()))
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(look)
        return self._numbers[key]


def colour(value: Any) -> str | None:
    """Google's colour, with or without its style around it, as `#rrggbb`."""
    if not isinstance(value, dict):
        return None
    rgb = value.get("rgbColor", value)
    parts = (round(255 * float(rgb.get(name) or 0)) for name in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _look(seen: Json) -> Json:
    text = seen.get("textFormat") or {}
    look: Json = {mark: 1 for name, mark in _MARKS.items() if text.get(name)}
    background = colour(seen.get("backgroundColorStyle") or seen.get("backgroundColor"))
    ink = colour(text.get("foregroundColorStyle") or text.get("foregroundColor"))
    size = text.get("fontSize") or _USUAL_SIZE
    chosen = {
        "bg": background if background != "#ffffff" else None,
        "fg": ink if ink != "#000000" else None,
        "size": size if size != _USUAL_SIZE else None,
        "ha": str(seen.get("horizontalAlignment") or "").lower(),
        "va": str(seen.get("verticalAlignment") or "").lower(),
        "wrap": 1 if seen.get("wrapStrategy") == "WRAP" else None,
    }
    borders = seen.get("borders") or {}
    chosen |= {
        mark: colour(borders[side].get("colorStyle") or borders[side].get("color")) or "#000000"
        for side, mark in _SIDES.items()
        if isinstance(borders.get(side), dict) and borders[side].get("style") != "NONE"
    }
    return look | {key: value for key, value in chosen.items() if value}
