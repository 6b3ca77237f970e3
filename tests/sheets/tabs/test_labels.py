"""The labels that people choose from: no wildcards, told apart by every engine, stable."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.pnl import COMMON, UNSPECIFIED
from sheets.facts import DimensionValue
from sheets.tabs.labels import ALL, LABEL_CHARS_MAX, labels_of


def labels(*names: str) -> list[str]:
    found = labels_of(DimensionValue(number, name) for number, name in enumerate(names, 1))
    return [found[number] for number in range(1, len(names) + 1)]


def test_an_ordinary_name_is_its_own_label() -> None:
    names = ["Анна", "001", "=5", ">5", "-", "2026-01", "<b>"]
    assert labels(*names) == names


def test_wildcards_and_a_first_apostrophe_have_look_alikes() -> None:
    assert labels("A*", "что?", "~1", "'да") == ["A＊", "что？", "～1", "’да"]


def test_names_that_an_engine_may_confuse_are_numbered_in_the_order_of_ids() -> None:
    assert labels("Орёл", "орел", "ОРЕЛ", "Орел (2)") == [
        "Орёл",
        "орел (2)",
        "ОРЕЛ (3)",
        "Орел (2) (2)",
    ]
    assert labels("A*", "a＊", "a *") == ["A＊", "a＊ (2)", "a ＊ (3)"]


def test_names_like_the_rows_of_the_report_are_told_apart() -> None:
    assert labels("все", "Общие") == ["все (2)", "Общие (2)"]
    rows = labels_of([])
    assert rows == {0: UNSPECIFIED, -1: COMMON}


def test_blanks_line_ends_and_long_names() -> None:
    first, second = labels("я" * 300, "я" * 400)
    assert len(first) == len(second) == LABEL_CHARS_MAX
    assert labels("  а\n  б ", "\u2003") == ["а б", "—"]


@given(st.lists(st.text(min_size=1), unique=True, max_size=8))
def test_any_names_have_different_labels_without_wildcards(names: list[str]) -> None:
    found = [*labels(*names), ALL, UNSPECIFIED, COMMON]
    folded = {label.casefold().replace("ё", "е") for label in found}
    assert len(folded) == len(found)
    assert not any(char in label for label in found for char in "*?~")
    assert all(0 < len(label) <= LABEL_CHARS_MAX for label in found)
