"""A style becomes Google's format; what is not set is not in the mask."""

import pytest

from sandbox.google_sheets.numbers import section_colour, show_number
from sheets.model import Align, Pattern, Style
from sheets.tabs.styling import google_format


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


@pytest.mark.parametrize(
    ("pattern", "value", "russian", "english"),
    [
        (Pattern.MONEY, -1234567.5, "-1\u00a0234\u00a0567,50", "-1,234,567.50"),
        (Pattern.MONEY, 0, "–", "–"),
        (Pattern.SUM, 999999999.99, "999\u00a0999\u00a0999,99", "999,999,999.99"),
        (Pattern.PERCENT, 0.3165, "31,7%", "31.7%"),
        (Pattern.WHOLE, 534, "534", "534"),
        (Pattern.DAY, 46172, "30.05.2026", "30.05.2026"),
        (Pattern.MONTH, 46143, "05.2026", "05.2026"),
        (Pattern.INSTANT, 46172.8125, "30.05.2026 19:30", "30.05.2026 19:30"),
    ],
)
def test_a_pattern_reads_right_in_both_locales(
    pattern: Pattern, value: float, russian: str, english: str
) -> None:
    shown = [show_number(value, pattern.value, locale) for locale in ("ru_RU", "en_US")]
    assert shown == [russian, english]
    assert section_colour(-1.0, Pattern.MONEY.value) == "red"
