"""A style becomes Google's format; what is not set is not in the mask."""

from sheets.model import Align, Pattern, Style
from sheets.styling import google_format


def test_what_is_not_set_is_left_to_the_person() -> None:
    assert google_format(Style()) == ({}, [])
    shown, fields = google_format(Style(bold=False))
    assert shown == {"textFormat": {"bold": False}}
    assert fields == ["textFormat.bold"]


def test_every_field_has_its_name_in_the_mask() -> None:
    style = Style(Pattern.MONTH, "000000", "FFFFFF", bold=True, wrap=True, align=Align.LEFT)
    shown, fields = google_format(style)
    assert shown["numberFormat"] == {"type": "DATE", "pattern": "mm.yyyy"}
    assert {one.split(".")[0] for one in fields} == {*shown}


def test_a_wrapped_name_stands_in_the_middle_of_its_row() -> None:
    shown, _ = google_format(Style(wrap=True, middle=True))
    assert shown == {"verticalAlignment": "MIDDLE", "wrapStrategy": "WRAP"}
