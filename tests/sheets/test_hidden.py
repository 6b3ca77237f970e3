"""Names struck out of people's words."""

import pytest

from sheets.hidden import Hidden

HIDDEN = Hidden(frozenset({"Борис", "Борис Ильин", "A*", "Ян"}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("аванс за Борис Ильин, в пятницу", "аванс за •••, в пятницу"),
        ("БОРИС", "•••"),
        ("Борисоглебск и Январь", "Борисоглебск и Январь"),
        ("A* и A", "••• и A"),
        ("Анна", "Анна"),
    ],
)
def test_whole_names_are_struck_and_parts_of_words_are_not(text: str, shown: str) -> None:
    assert HIDDEN.struck(text) == shown


def test_numbers_and_nothing_stay() -> None:
    assert [HIDDEN.struck(one) for one in (5, None)] == [5, None]
