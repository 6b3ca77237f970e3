"""The `import-statement` command."""

from zipfile import ZipFile

from tests.app.command_room import Desk
from tests.app.test_statement import sample

LINES = "syn_comma_nbsp_trailing_spaces.txt"


def test_the_same_file_twice_leaves_each_line_once(desk: Desk) -> None:
    file = sample(LINES)

    first = desk.run("import-statement", file)
    again = desk.run("import-statement", file)

    assert (first.status, again.status) == (0, 0)
    assert "новых строк 1, уже было 0" in first.out
    assert "новых строк 0, уже было 1" in again.out
    assert len(desk.json("report", "unexplained")["lines"]) == 1


def test_an_archive_comes_in_whole_or_not_at_all(desk: Desk) -> None:
    good, bad = sample(LINES), sample("syn_truncated.txt")
    for name, files in (("both.zip", (good, bad)), ("twice.zip", (good, good))):
        with ZipFile(desk.home / name, "w") as archive:
            for number, file in enumerate(files):
                archive.write(file, f"{number}.txt")

    refused = desk.refused("import-statement", desk.home / "both.zip")
    nothing = desk.json("report", "unexplained")
    done = desk.run("import-statement", desk.home / "twice.zip")

    assert "both.zip/1.txt" in refused
    assert nothing == {"lines": []}
    assert "новых строк 1, уже было 1" in done.out


def test_a_refused_file_does_not_stop_the_others(desk: Desk) -> None:
    done = desk.run("import-statement", sample("syn_truncated.txt"), "/none", sample(LINES))

    assert done.status == 2
    assert len(done.err.splitlines()) == 2
    assert len(desk.json("report", "unexplained")["lines"]) == 1


def test_lines_of_a_closed_month_are_listed_and_nothing_is_taken(desk: Desk) -> None:
    desk.run("close-period", "2026-03")

    said = desk.refused("import-statement", sample(LINES))

    assert "строк в закрытых месяцах — 1" in said
    assert "2026-03-03" in said
    assert desk.json("report", "unexplained") == {"lines": []}


def test_an_account_gets_the_name_that_it_is_given(desk: Desk) -> None:
    desk.run("import-statement", sample(LINES), "--account", "Основной")

    flow = desk.json("report", "cash-flow")
    assert [one["account"] for one in flow["accounts"]] == ["Основной", "Невыясненные: Основной"]


def test_a_statement_of_another_account_than_named_is_refused(desk: Desk) -> None:
    desk.run("import-statement", sample(LINES), "--account", "Основной")

    assert "уже называется" in desk.refused("import-statement", sample(LINES), "--account", "Б")
    assert "а не «Касса»" in desk.refused("import-statement", sample(LINES), "--account", "Касса")
