import pytest

from sandbox.page.replies import RefusedActError
from sandbox.page.sums import read_minor, show_minor


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("15 000,50", 1_500_050), ("7500.5", 750_050), ("0", 0), ("1\N{NO-BREAK SPACE}000", 100_000)],
)
def test_sums_are_read_as_people_type_them(typed: str, minor: int) -> None:
    assert read_minor(typed) == minor


@pytest.mark.parametrize("typed", ["", "-5", "1e9", "12,5,0", "1.005", "NaN", "сто", "9" * 40])
def test_what_is_no_sum_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(RefusedActError, match="7 500,50"):
        read_minor(typed)


def test_a_sum_shown_is_read_back_as_itself() -> None:
    assert [read_minor(show_minor(minor)) for minor in (0, 5, 100, 1_500_050)] == [
        0,
        5,
        100,
        1_500_050,
    ]
