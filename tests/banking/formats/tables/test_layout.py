"""Which profile fits, and where its headings are looked for."""

from banking.formats.tables.grid import Grid, Row
from banking.formats.tables.layout import HEADER_ROWS_MAX, find_layout, headings
from banking.formats.tables.profile import Role, packaged_profiles, profile_from


def grid(*rows):
    return Grid(tuple(Row(number, tuple(row)) for number, row in enumerate(rows, start=1)))


HEAD = ("Дата проводки", "Направление", "Сумма операции в рублях", "Назначение платежа")


def test_headings_are_found_in_any_order_and_case():
    layout = find_layout(grid(("Выписка",), [one.upper() for one in reversed(HEAD)]), profiles())
    assert (layout.header, layout.start) == (1, 2)
    assert [layout.columns[role] for role in (Role.DATE, Role.AMOUNT)] == [3, 1]


def profiles():
    return packaged_profiles()


def test_headings_too_far_down_are_data():
    rows = [("текст",)] * HEADER_ROWS_MAX
    assert find_layout(grid(*rows, HEAD), profiles()) is None


def test_the_profile_that_explains_more_columns_wins():
    short = 'name = "Мало"\nsign = "signed"\n[needed]\ndate = ["Дата проводки"]\n'
    less = profile_from("less.toml", short + 'amount = ["Сумма операции в рублях"]\n')
    assert find_layout(grid(HEAD), (less, *profiles())).profile.name != "Мало"


def test_headings_are_shown_to_a_person_only_when_they_look_like_headings():
    assert headings(grid(("Выписка", "за", "март"), HEAD)) == HEAD
    assert headings(grid(("1", "2", "3"), ("текст", "и", "ещё"))) == ()
