"""A new spreadsheet as Google makes it: default format, theme, one sheet."""

from copy import deepcopy
from typing import Any

from sandbox.google_sheets.batch.tabs import sheet_properties
from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.locales import known_locale
from sandbox.google_sheets.model import Book, Json, Sheet

__all__ = ["new_book"]

_WHITE = {"red": 1, "green": 1, "blue": 1}
_DEFAULT_FORMAT: Json = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}
_THEME_COLOURS: tuple[tuple[str, Json], ...] = (
    ("TEXT", {}),
    ("BACKGROUND", _WHITE),
    ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
    ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
    ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
    ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
    ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
    ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
    ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
)


def new_book(seed: Json) -> Book:
    """A spreadsheet from a seed: `spreadsheetId`, `properties`, `sheets`, all but the id optional.

    Raises `ApiError` for a seed that makes no spreadsheet.
    """
    spreadsheet_id = seed.get("spreadsheetId")
    if not isinstance(spreadsheet_id, str) or not spreadsheet_id:
        raise invalid("spreadsheetId is needed")
    properties: dict[str, Any] = seed.get("properties") or {}
    locale = properties.get("locale") or "en_US"
    if not known_locale(locale):
        raise invalid(f"Unsupported locale: {locale}")
    wanted = [one.get("properties") or {} for one in seed.get("sheets") or []]
    wanted = wanted or [{"sheetId": 0, "title": "Sheet1"}]
    return Book(
        spreadsheet_id,
        {
            "title": properties.get("title") or "Untitled spreadsheet",
            "locale": locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": properties.get("timeZone") or "Etc/GMT",
            "defaultFormat": deepcopy(_DEFAULT_FORMAT),
            "spreadsheetTheme": _theme(),
        },
        [Sheet(sheet_properties(one)) for one in wanted],
    )


def _theme() -> Json:
    colours = [
        {"colorType": name, "color": {"rgbColor": dict(colour)}} for name, colour in _THEME_COLOURS
    ]
    return {"primaryFontFamily": "Arial", "themeColors": colours}
