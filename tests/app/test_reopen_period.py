"""The `reopen-period` command."""

import pytest

from tests.app.command_room import Desk

TABLE = "kind|paid_on|amount|article\nincome|2026-01-15|500|Продажи"


def test_a_reopened_month_takes_rows_again(desk: Desk) -> None:
    desk.run("close-period", "2026-02")

    opened = desk.run("reopen-period", "2026-01", "--why", "нашлись", "--until", "2099-01-01")

    assert opened.status == 0
    assert desk.run("import-operations", desk.table(TABLE)).status == 0
    february = desk.table(TABLE.replace("01-15", "02-15"))
    assert "закрыт" in desk.refused("import-operations", february)


def test_an_open_month_needs_no_reopening(desk: Desk) -> None:
    said = desk.refused("reopen-period", "2026-01", "--why", "x", "--until", "2099-01-01")

    assert "и так открыт" in said


@pytest.mark.parametrize(
    ("why", "until", "said"),
    [
        (" ", "2099-01-01", "--why"),
        ("x", "01.01.2099", "--until"),
        ("x", "2020-01-01", "уже прошёл"),
    ],
)
def test_why_and_until_are_needed(desk: Desk, why: str, until: str, said: str) -> None:
    desk.run("close-period", "2026-02")

    assert said in desk.refused("reopen-period", "2026-01", "--why", why, "--until", until)
