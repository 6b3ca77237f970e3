"""The door, in a process of its own: statuses, streams, and what is not imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = """
import sys
from app.main import main
for name in ("import_operations", "import_statement", "match", "statement", "export", "backup"):
    __import__("app.commands." + name)
status = main(["report", "pnl", "--json"])
heavy = {"aiogram", "aiohttp", "gspread", "formualizer"} & set(sys.modules)
sys.exit(f"imported: {heavy}" if heavy else status)
"""


def python(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**os.environ, "KOPEYKA_HOME": str(home), "LC_ALL": "C"},
    )


def test_commands_that_need_no_bot_do_not_import_its_libraries(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", IMPORTS)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["basis"] == "cash"


def test_a_mistake_is_a_sentence_on_stderr_and_the_status_two(tmp_path: Path) -> None:
    done = python(tmp_path, "bot.py", "report", "прибыль")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Отчёта «прибыль» нет; есть: pnl")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} bot.py report pnl --from 1990-01 --to 2099-12 --json | head -c 1"

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**os.environ, "KOPEYKA_HOME": str(tmp_path)},
    )

    assert (done.stdout, done.stderr) == ("{", "")
