"""Commands run in the process of the test, in a home of its own; the words they print."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.main import main

__all__ = ["Desk", "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A home folder with books, and a command line over it."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: object) -> Done:
        self.capsys.readouterr()
        status = main([str(one) for one in arguments])
        printed = self.capsys.readouterr()
        return Done(status, printed.out, printed.err)

    def json(self, *arguments: object) -> Any:
        """The document of a command that must succeed."""
        done = self.run(*arguments, "--json")
        assert (done.status, done.err) == (0, "")
        return json.loads(done.out)

    def refused(self, *arguments: object) -> str:
        """What a command says on stderr when it must refuse: no traceback, nothing on stdout."""
        done = self.run(*arguments)
        assert (done.status, done.out) == (2, "")
        assert "Traceback" not in done.err
        return done.err

    def table(self, text: str, name: str = "ops.csv") -> Path:
        """A file with a table: `a | b` lines become CSV."""
        rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        return self.sheet(rows, name)

    def sheet(self, rows: Sequence[Sequence[object]], name: str = "ops.csv") -> Path:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        path = self.home / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return path

    def config(self, text: str) -> None:
        (self.home / "config.toml").write_text(text, encoding="utf-8")
