"""Keys of versions lead from each to the next and back to the first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.versions import first_version, next_version


@pytest.mark.parametrize(
    ("key", "following", "first"),
    [
        ("payment:a#1:card", "payment:a#1:card@2", "payment:a#1:card"),
        ("payment:a#1:card@2", "payment:a#1:card@3", "payment:a#1:card"),
        ("line:5#1:article:401@9", "line:5#1:article:401@10", "line:5#1:article:401"),
        ("import:x:paid", "import:x:paid@2", "import:x:paid"),
        ("expense:7-1#1", "expense:7-1#2", "expense:7-1#1"),
        ("expense:7-1#9", "expense:7-1#10", "expense:7-1#1"),
        ("mail@home", "mail@home@2", "mail@home"),
        ("@2", "@2@2", "@2"),
        ("a@02", "a@02@2", "a@02"),
    ],
)
def test_each_key_leads_to_the_next_and_to_the_first(key: str, following: str, first: str) -> None:
    assert next_version(key) == following
    assert first_version(key) == first


@given(st.text(min_size=1), st.integers(1, 20))
def test_however_often_it_is_corrected_the_first_is_found(key: str, times: int) -> None:
    first = first_version(key)
    for _ in range(times):
        key = next_version(key)
        assert first_version(key) in {first, first_version(first)}
