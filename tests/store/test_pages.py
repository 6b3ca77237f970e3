"""Long lists are cut into pages."""

from store.pages import pages


def test_pages_hold_everything_in_order() -> None:
    assert list(pages(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(pages([], 3)) == []
    assert list(pages({"a": 1}, 3)) == [["a"]]
