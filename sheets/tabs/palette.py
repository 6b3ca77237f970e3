"""One colour code for the whole workbook: what a person may change is blue, formulas are black."""

from sheets.model import Align, Pattern, Style

__all__ = [
    "BAD",
    "BAND",
    "ENTRY",
    "ENTRY_LABEL",
    "GOOD",
    "HEADING",
    "HINT",
    "LABEL",
    "NAME",
    "NOTE",
    "SUBTOTAL",
    "TITLE",
    "TITLES",
    "WAITING",
]

HEADING = Style(ink="FFFFFF", fill="37474F", bold=True, wrap=True, align=Align.CENTER, middle=True)
TITLE = Style(bold=True, ink="37474F")
LABEL = Style(bold=True)
# What people named may be long, and on a phone its column is narrow.
NAME = Style(pattern=Pattern.TEXT, align=Align.LEFT, wrap=True, middle=True)
NOTE = Style(ink="607D8B")
# A hint may stand where an entry stood in an older template: nothing of that one is left.
HINT = Style(ink="607D8B", fill="FFFFFF", bold=False, align=Align.LEFT, wrap=False)
ENTRY = Style(ink="1155CC", fill="E3F2FD", bold=True, align=Align.CENTER, wrap=True, middle=True)
ENTRY_LABEL = Style(bold=True, align=Align.CENTER)
SUBTOTAL = Style(bold=True, fill="ECEFF1")
GOOD = Style(fill="C8E6C9", ink="1B5E20", bold=True)
WAITING = Style(fill="FFF9C4", ink="795548", bold=True)
BAD = Style(fill="FFCDD2", ink="B71C1C", bold=True)
BAND = "F7F9FA"
# The colour of each tab.
TITLES = {
    "pnl": "2E7D32",
    "dimension": "1565C0",
    "cash": "00838F",
    "waiting": "00838F",
    "start": "F9A825",
    "board": "F9A825",
    "journal": "455A64",
    "reference": "6A1B9A",
    "control": "EF6C00",
    "service": "9E9E9E",
}
