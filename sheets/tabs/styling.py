"""A style of the model as Google's cell format, and which fields of it are set."""

from typing import Any

from sheets.model import Pattern, Style

__all__ = ["colour", "google_format"]

_KINDS = {
    Pattern.MONEY: "NUMBER",
    Pattern.SUM: "NUMBER",
    Pattern.WHOLE: "NUMBER",
    Pattern.PERCENT: "PERCENT",
    Pattern.DAY: "DATE",
    Pattern.MONTH: "DATE",
    Pattern.INSTANT: "DATE_TIME",
    Pattern.TEXT: "TEXT",
}


def colour(text: str) -> dict[str, float]:
    """RRGGBB as Google's fractions."""
    parts = [int(text[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def google_format(style: Style) -> tuple[dict[str, Any], list[str]]:
    """The `CellFormat` of a style and the names of its fields, for the mask of a request."""
    shown: dict[str, Any] = {}
    fields: list[str] = []
    text: dict[str, Any] = {}
    if style.pattern is not None:
        shown["numberFormat"] = {"type": _KINDS[style.pattern], "pattern": style.pattern.value}
        fields.append("numberFormat")
    if style.fill is not None:
        shown["backgroundColorStyle"] = {"rgbColor": colour(style.fill)}
        fields.append("backgroundColorStyle")
    if style.ink is not None:
        text["foregroundColorStyle"] = {"rgbColor": colour(style.ink)}
        fields.append("textFormat.foregroundColorStyle")
    if style.bold is not None:
        text["bold"] = style.bold
        fields.append("textFormat.bold")
    if text:
        shown["textFormat"] = text
    if style.align is not None:
        shown["horizontalAlignment"] = style.align.value
        fields.append("horizontalAlignment")
    if style.middle is not None:
        shown["verticalAlignment"] = "MIDDLE" if style.middle else "BOTTOM"
        fields.append("verticalAlignment")
    if style.wrap is not None:
        shown["wrapStrategy"] = "WRAP" if style.wrap else "OVERFLOW_CELL"
        fields.append("wrapStrategy")
    return shown, fields
