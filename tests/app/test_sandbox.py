"""`sandbox`: four addresses on the first line, served until SIGTERM."""

import json
import signal
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

from app.main import main

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_line_is_the_addresses_and_a_signal_ends_it(tmp_path: Path) -> None:
    state = tmp_path / "state"
    command = [sys.executable, "bot.py", "sandbox", "--port", "0", "--state", str(state)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        urls = json.loads(process.stdout.readline())
        assert "state" in json.loads(process.stdout.readline())
        settings = "".join(process.stdout.readline() for _ in range(6))

        with urllib.request.urlopen(f"{urls['bank']}/_faults", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    assert set(urls) == {"telegram", "google_sheets", "amocrm", "bank", "tbank", "modulbank"}
    assert set(tomllib.loads(settings)) == {"tbank", "modulbank"}
    assert (state / "connections.json").exists()


def test_a_fault_that_nobody_knows_is_refused_in_words(capsys) -> None:
    assert main(["sandbox", "--port", "0", "--faults", "gremlins"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "--faults" in printed.err
    assert "Traceback" not in printed.err
