"""Kill points: silent until somebody listens."""

from collections.abc import Iterator

import pytest

from world.points import listen, reached


@pytest.fixture
def heard() -> Iterator[list[str]]:
    names: list[str] = []
    listen(names.append)
    yield names
    listen(None)


def test_every_point_is_told_to_the_listener(heard: list[str]) -> None:
    reached("update:before-commit")
    reached("update:after-commit")

    assert heard == ["update:before-commit", "update:after-commit"]


def test_nobody_is_told_after_the_listener_left(heard: list[str]) -> None:
    listen(None)

    reached("update:before-commit")

    assert heard == []


def test_a_listener_may_stop_the_program_where_it_stands() -> None:
    def kill(name: str) -> None:
        raise SystemExit(name)

    listen(kill)
    try:
        with pytest.raises(SystemExit, match="sheets:before-call"):
            reached("sheets:before-call")
    finally:
        listen(None)
