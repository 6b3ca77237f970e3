"""The demo proves itself: the days agree, every damage is noticed and named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.demo import summary
from app.demo_check import CheckOptions, check_demo, difference_words
from app.demo_world import DemoOptions, demo_world, listening
from sandbox.demo.play import play
from sandbox.demo.sabotage import NothingToDamageError, Sabotage, seed_damage
from sandbox.demo.scenario import scenario
from usecases.audit import AuditReport

ROOT = Path(__file__).resolve().parents[2]


def quiet(_day: int) -> None:
    """Nobody watches."""


def named(report: AuditReport, book: str) -> set[str]:
    return {one.reason for part in report.books if part.name == book for one in part.differences}


def test_twelve_days_end_with_equal_books_and_their_papers(tmp_path: Path) -> None:
    given = ["demo", "--check", "--days", "12", "--seed", "7", "--json", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "bot.py", *given], cwd=ROOT, capture_output=True, check=False, timeout=500
    )

    assert done.stderr.decode() == ""
    document = json.loads(done.stdout)
    assert [one for one in document["checks"] if not one["ok"]] == []
    assert (done.returncode, document["ok"], document["days"], document["seed"]) == (
        0,
        True,
        12,
        7,
    )
    assert document["audit"]["agree"]
    assert set(document["audit"]["books"]) == {"ledger", "sheet", "crm", "bank", "told"}
    assert document["totals"]["cash"]["revenue"] == "239159.50"
    assert json.loads((tmp_path / "report.json").read_text()) == document
    assert (tmp_path / "book.xlsx").read_bytes()[:2] == b"PK"
    chats = (tmp_path / "chats.md").read_text()
    assert "Анна> Моя касса" in chats
    assert "64\N{NO-BREAK SPACE}500,50" in chats


async def test_every_kind_of_damage_is_named_by_its_book(tmp_path: Path) -> None:
    async with demo_world(DemoOptions(tmp_path)) as world, listening(world):
        await play(world.stage, scenario(), 5, quiet)
        assert (await world.house.audit()).agree
        for kind in Sabotage:
            damage = seed_damage(world.sandbox, tmp_path / "var" / "kopeyka.db", kind)
            report = await world.house.audit()
            assert named(report, damage.book) & damage.reasons, kind


async def test_a_damaged_demo_says_what_was_done_and_fails() -> None:
    played = await check_demo(CheckOptions(5, sabotage=Sabotage.CRM_NOTE_DOUBLED), quiet)

    assert not played.ok
    words = "\n".join(summary(played, None))
    assert "примечание о подтверждении стоит дважды" in words
    assert "найдено: payment:" in words
    assert "примечание стоит больше одного раза" in words
    assert played.document["sabotage"]["found"] is True
    assert all("; " in difference_words(one) for one in played.named)


async def test_what_has_not_happened_yet_cannot_be_damaged() -> None:
    with pytest.raises(NothingToDamageError, match="строка выписки"):
        await check_demo(CheckOptions(1, sabotage=Sabotage.BANK_LINE_DROPPED), quiet)
