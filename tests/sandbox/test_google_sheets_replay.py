"""Recorded calls to the real API, replayed: the expected replies are Google's, not ours."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.faults import Faults
from sandbox.google_sheets.served import served
from sandbox.google_sheets.standin import GoogleSheetsStandin
from world.clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT.parent / "shared" / "conformance" / "sheets"
# Every reply that can be compared; six more calls need a file upload through the Drive API.
IDENTICAL_MIN = 902
NOT_MODELLED_MAX = 0
REPLAY_S_MAX = 120


@pytest.fixture(scope="module")
def suite() -> Path:
    if not SUITE.is_dir():
        pytest.skip(f"shared data not here: {SUITE}")
    return SUITE


@pytest.fixture(scope="module")
def report(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("replay") / "report.json"
    standin = GoogleSheetsStandin(SystemClock(), Faults(), quota_per_minute=None, open_access=True)
    with served(standin.app) as base:
        arguments = ["--base", base, "--cassettes", str(suite / "cassettes")]
        subprocess.run(
            [sys.executable, str(suite / "replay.py"), *arguments, "--json", str(file), "--brief"],
            check=True,
            capture_output=True,
            timeout=REPLAY_S_MAX,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
    return json.loads(file.read_text(encoding="utf-8"))


def test_recorded_calls_get_the_recorded_replies(report: dict[str, Any]) -> None:
    totals = report["totals"]

    different = [
        (name, call["index"], call["kind"], call.get("differences"))
        for name, cassette in report["cassettes"].items()
        for call in cassette["calls"]
        if call["outcome"] != "skipped"
    ]
    assert totals["identical"] >= IDENTICAL_MIN, different
    assert totals["different"] == 0, different
    assert totals["error"] == 0, different


def test_no_more_than_the_known_calls_are_not_modelled(report: dict[str, Any]) -> None:
    assert report["totals"]["not modelled"] <= NOT_MODELLED_MAX


def test_no_recorded_spreadsheet_is_known_to_the_stand_in(suite: Path) -> None:
    recorded = set()
    for cassette in (suite / "cassettes").glob("*.json"):
        text = cassette.read_text(encoding="utf-8")
        recorded |= set(re.findall(r"/spreadsheets/([\w-]{20,})", text))
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "sandbox").rglob("*.py")
    )

    assert recorded
    assert not [one for one in recorded if one in sources]
