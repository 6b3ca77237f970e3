import pytest

from sandbox.page.styles import Looks, colour

RED = {"red": 1}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, None),
        ({}, "#000000"),
        (RED, "#ff0000"),
        ({"rgbColor": {"green": 0.5, "blue": 1}}, "#0080ff"),
    ],
)
def test_colours_are_written_for_the_web(given: object, shown: str | None) -> None:
    assert colour(given) == shown


def test_the_usual_look_has_no_number() -> None:
    looks = Looks()
    white = {"red": 1, "green": 1, "blue": 1}

    assert looks.number({}) == -1
    assert looks.number({"backgroundColor": white, "textFormat": {"fontSize": 10}}) == -1
    assert looks.all == []


def test_equal_looks_share_a_number() -> None:
    looks = Looks()
    bold = {"textFormat": {"bold": True}}

    assert looks.number(bold) == looks.number({"textFormat": {"bold": True, "italic": False}}) == 0
    assert looks.number({"horizontalAlignment": "CENTER", "wrapStrategy": "WRAP"}) == 1
    assert looks.all == [{"b": 1}, {"ha": "center", "wrap": 1}]


def test_borders_carry_their_colour_by_side() -> None:
    looks = Looks()
    looks.number({"borders": {"top": {"style": "SOLID", "color": RED}, "left": {"style": "NONE"}}})

    assert looks.all == [{"bt": "#ff0000"}]
