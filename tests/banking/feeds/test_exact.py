"""Exact numbers, Moscow days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banking.feeds.exact import NotJson, canonical, day_of, minor_of, parse, text_of, tree_of

MINOR_MAX = 10**15


@given(st.integers(0, MINOR_MAX))
def test_a_sum_in_json_comes_back_to_the_kopeck(minor: int) -> None:
    text = f'{{"sum": {minor // 100}.{minor % 100:02d}}}'

    assert minor_of(parse(text.encode())["sum"]) == minor


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (Decimal("15000.1"), 1500010),
        ("15000.00", 1500000),
        (7, 700),
        (Decimal("-3.50"), -350),
        (Decimal("1e2"), 10000),
        (Decimal("0.30000000000000004"), None),
        (Decimal("1e999999"), None),
        ("Infinity", None),
        ("12,50", None),
        (True, None),
        (None, None),
        ([1], None),
    ],
)
def test_what_is_no_sum_in_kopecks_is_none(value: object, minor: int | None) -> None:
    assert minor_of(value) == minor


@pytest.mark.parametrize("text", ["", "<html>", "{", '{"a": NaN}', "[" * 100_000, '"\udce9"'])
def test_what_is_no_json_is_said_and_not_shown(text: str) -> None:
    with pytest.raises(NotJson) as error:
        parse(text.encode("utf-8", "surrogateescape"))

    assert "html" not in str(error.value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-02-28T20:59:59Z", date(2026, 2, 28)),
        ("2026-02-28T21:00:00Z", date(2026, 3, 1)),
        ("2026-02-28T23:59:59", date(2026, 2, 28)),
        ("2026-02-28", date(2026, 2, 28)),
        ("yesterday", None),
        ("", None),
        (20260228, None),
        (None, None),
    ],
)
def test_a_day_is_moscows(value: object, day: date | None) -> None:
    assert day_of(value) == day


def test_the_first_key_that_holds_something_is_taken() -> None:
    tree = {"a": None, "b": "  ", "c": 128, "d": "x", "e": True, "f": {"g": 1}}

    assert text_of(tree, "a", "b", "c", "d") == "128"
    assert text_of(tree, "e", "missing") == ""
    assert tree_of(tree, "f") == {"g": 1}
    assert tree_of(tree, "c") == {}


def test_the_same_tree_is_the_same_bytes() -> None:
    assert canonical({"b": Decimal("1.10"), "a": "ё"}) == canonical({"a": "ё", "b": "1.10"})
