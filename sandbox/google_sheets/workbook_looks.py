"""The look of cells in an xlsx file: fonts, fills, lines, places, number formats."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from sandbox.google_sheets.model import Json

__all__ = ["argb", "dress", "fill", "font"]

_LINES = {
    "SOLID": "thin",
    "SOLID_MEDIUM": "medium",
    "SOLID_THICK": "thick",
    "DASHED": "dashed",
    "DOTTED": "dotted",
    "DOUBLE": "double",
}
_HEIGHTS = {"TOP": "top", "MIDDLE": "center", "BOTTOM": "bottom"}
_SIDES = ("top", "bottom", "left", "right")


def dress(shown: Any, wanted: Json, pattern: str | None) -> None:
    """Give a cell its look; what is not asked for stays usual."""
    if pattern:
        shown.number_format = pattern
    if wanted.get("textFormat"):
        shown.font = font(wanted["textFormat"])
    background = wanted.get("backgroundColorStyle") or wanted.get("backgroundColor")
    if background is not None:
        shown.fill = fill(background)
    if {"horizontalAlignment", "verticalAlignment", "wrapStrategy", "textRotation"} & set(wanted):
        shown.alignment = _alignment(wanted)
    if wanted.get("borders"):
        lines: Json = {side: _side(wanted["borders"].get(side)) for side in _SIDES}
        shown.border = Border(**lines)


def fill(colour: Json) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=argb(colour) or "FFFFFFFF")


def font(text: Json) -> Font:
    """A font from Google's text format; Arial ten where nothing is said."""
    ink = text.get("foregroundColorStyle") or text.get("foregroundColor")
    return Font(
        name=str(text.get("fontFamily") or "Arial").split(",")[0],
        size=text.get("fontSize") or 10,
        bold=text.get("bold"),
        italic=text.get("italic"),
        underline="single" if text.get("underline") else None,
        strike=text.get("strikethrough"),
        color=argb(ink),
    )


def argb(colour: Json | None) -> str | None:
    """Google's colour, with or without its style around it, as `FFRRGGBB`."""
    if colour is None:
        return None
    rgb = colour.get("rgbColor", colour)
    parts = (round(255 * float(rgb.get(name) or 0)) for name in ("red", "green", "blue"))
    return "FF" + "".join(f"{part:02X}" for part in parts)


def _alignment(wanted: Json) -> Alignment:
    across = str(wanted.get("horizontalAlignment") or "").lower()
    turn = int((wanted.get("textRotation") or {}).get("angle") or 0)
    return Alignment(
        horizontal=across or None,
        vertical=_HEIGHTS.get(str(wanted.get("verticalAlignment")), "bottom"),
        wrap_text=wanted.get("wrapStrategy") == "WRAP",
        # Upwards is positive in both; Excel writes downwards as 90 and more.
        textRotation=turn if turn >= 0 else 90 - turn,
    )


def _side(line: Json | None) -> Side:
    style: Any = _LINES.get(str((line or {}).get("style")))
    if line is None or style is None:
        return Side()
    return Side(style=style, color=argb(line.get("colorStyle") or line.get("color")) or "FF000000")
