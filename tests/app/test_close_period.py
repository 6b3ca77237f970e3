"""The `close-period` command."""

import pytest

from ledger.months import Month
from tests.app.command_room import Desk
from usecases.company import Company
from world.clock import SystemClock

TABLE = "kind|paid_on|amount|article\nincome|2026-01-15|500|Продажи"


def test_a_closed_month_refuses_new_rows_and_keeps_the_old_ones(desk: Desk) -> None:
    path = desk.table(TABLE)
    desk.run("import-operations", path)

    assert desk.run("close-period", "2026-02").status == 0

    assert desk.json("import-operations", path)["known"] == 1
    other = desk.table(TABLE.replace("500", "600"))
    assert "Строка 2, столбец paid_on: месяц дня 2026-01-15 закрыт" in desk.refused(
        "import-operations", other
    )


def test_a_month_that_goes_on_is_not_closed(desk: Desk) -> None:
    present = Month.of(Company().today(SystemClock().now()))

    assert "ещё не кончился" in desk.refused("close-period", present.next)


@pytest.mark.parametrize("text", ["2026-00", "soon"])
def test_what_is_no_month_is_refused(desk: Desk, text: str) -> None:
    assert "ГГГГ-ММ" in desk.refused("close-period", text)
