import pytest

from sandbox.google_sheets.model import EMPTY, Cell, Formula
from sandbox.google_sheets.rendering import pattern_of
from sandbox.google_sheets.typed import enter

RU, US = "ru_RU", "en_US"


@pytest.mark.parametrize(
    ("text", "locale", "value", "pattern"),
    [
        ("1 500,50", RU, 1500.5, "#,##0.00"),
        ("1500.50", RU, "1500.50", None),
        ("1,500.50", US, 1500.5, "#,##0.00"),
        ("12,5%", RU, 0.125, "0.00%"),
        ("1 500 ₽", RU, 1500, "#,##0\\ [$₽]"),
        ("1500,5 руб.", RU, 1500.5, "#,##0.00\\ [$руб.]"),
        ("$1,500.00", US, 1500, '"$"#,##0.00'),
        ("₽", RU, "₽", None),
        ("01.03.2026", RU, 46082, "dd.mm.yyyy"),
        ("1.3.26", RU, 46082, "dd.mm.yyyy"),
        ("3/1/26", US, 46082, "M/d/yyyy"),
        ("31.02.2026", RU, "31.02.2026", None),
        ("01.03.2026 12:00", RU, 46082.5, "dd.mm.yyyy h:mm:ss"),
        ("18:00", RU, 0.75, "h:mm"),
        ("25:00", RU, "25:00", None),
        ("истина", RU, True, None),
        ("истина", US, "истина", None),
        ("false", RU, False, None),
        ("'=1+1", RU, "=1+1", None),
        ("КУ-0101", RU, "КУ-0101", None),
    ],
)
def test_a_typed_text_becomes_what_the_locale_reads(
    text: str, locale: str, value: object, pattern: str | None
) -> None:
    cell = enter(EMPTY, text, locale)

    assert cell.value == value
    assert type(cell.value) is type(value)
    assert pattern_of(cell, locale) == pattern


def test_a_cell_of_plain_text_takes_everything_as_text() -> None:
    plain = Cell(format={"numberFormat": {"type": "TEXT"}})

    for text in ("=1+1", "5", "01.03.2026", "TRUE"):
        assert enter(plain, text, RU).value == text


def test_a_format_that_is_there_stays() -> None:
    cell = Cell(format={"numberFormat": {"type": "NUMBER", "pattern": "0"}})

    assert pattern_of(enter(cell, "12,5%", RU), RU) == "0"


def test_a_formula_is_read_in_its_locale() -> None:
    assert enter(EMPTY, "=SUM(A1;1,5)", RU).value == Formula("=SUM(A1,1.5)")
