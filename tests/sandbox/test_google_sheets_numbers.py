import pytest

from sandbox.google_sheets.numbers import section_colour, show_number

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (1234.5, "#,##0.00 [$₽-419]", f"1{NBSP}234,50 ₽"),
        (1234.5, "[$₽]#,##0", f"₽1{NBSP}235"),
        (1_234_567, '#,##0.0,," млн"', "1,2 млн"),
        (1500, "0.0,", "1,5"),
        (1500, '[>=1000]0.0," тыс.";0', "1,5 тыс."),
        (150, '[>=1000]0.0," тыс.";0', "150"),
        (-1234.5, '#,##0;[Red]-#,##0;"–"', f"-1{NBSP}235"),
        (0, '#,##0;[Red]-#,##0;"–"', "–"),
    ],
)
def test_a_number_by_its_pattern(number: float, pattern: str, shown: str) -> None:
    assert show_number(number, pattern, "ru_RU") == shown


@pytest.mark.parametrize(
    ("number", "pattern", "colour"),
    [
        (-1, "0;[Red]-0", "red"),
        (1, "0;[Red]-0", None),
        (1, "[Green]0;[Red]-0", "green"),
        (45000, "[Red]dd.mm.yyyy", None),
    ],
)
def test_a_pattern_may_colour_its_section(number: float, pattern: str, colour: str | None) -> None:
    assert section_colour(number, pattern) == colour
