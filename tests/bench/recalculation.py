"""Recalculation of the whole workbook, reports reading Журнал or Свод, in formualizer and LibreOffice.

The spreadsheets themselves are calculated in the browser of whoever looks, so the seconds are not
Google's; what is worth something is how they grow with the rows, and the ratio. Each size is
computed in a process of its own. Files of openpyxl have no values, so LibreOffice computes them
whatever its settings; its own copy of the file, opened again without recalculation, shows how much
of its time is reading and writing.
"""

import asyncio
import io
import re
import shutil
import sys
import time
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import formualizer

from sheets.books_rows import read_rows
from sheets.facts import read_facts
from sheets.tabs.journal_tab import HEADING_ROWS, JournalShape
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from tests.bench import ledgers
from tests.bench.figures import Figure
from tests.bench.office import Converted, convert
from world.clock import VirtualClock

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1000, 20_000, 100_000)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
NEVER = 10**9
# A hundred thousand rows of Журнал are more XML than formualizer takes from strangers.
LIMITS = {"max_part_bytes": 2**31, "max_expanded_bytes": 2**32}
OTHER = "over Журнал"


@dataclass(frozen=True)
class Engine:
    """Seconds of a workbook: read, computed first, computed again after one sum in Журнал; formulas."""

    read: float
    first: float
    again: float
    formulas: int


async def measure(folder: Path, scale: float) -> list[Figure]:
    """1,000, 20,000 and 100,000 rows; the last take minutes."""
    figures: list[Figure] = []
    for size in [max(int(size * scale), 100) for size in SIZES]:
        monthly, journal = await _files(folder, size)
        figures += await _formualizer(size, monthly, journal)
        if shutil.which("soffice") is None:
            print("LibreOffice is not here (Debian package libreoffice-calc)")
            continue
        figures += await _libreoffice(folder, size, monthly, journal)
    return figures


async def _files(folder: Path, size: int) -> tuple[Path, Path]:
    """The same books twice: reports read Свод, reports read Журнал."""
    store = await ledgers.books(folder / f"{size}.db", VirtualClock(NOW), size, queued=False)
    made: list[Path] = []
    async with store.read() as unit:
        operations = [sealed async for sealed in unit.journal.all()]
        rows = await read_rows(unit, operations, ledgers.SETTINGS)
        for name, direct in (("monthly", 0), ("journal", NEVER)):
            settings = replace(ledgers.SETTINGS, direct_rows_max=direct)
            facts = await read_facts(unit, settings, live=False)
            content = workbook_bytes(template(facts), rows.journal, rows.moves)
            made.append(folder / f"{size}-{name}.xlsx")
            made[-1].write_bytes(content)
        print(f"{size} rows of Журнал, {len(facts.monthly)} rows of Свод")
    await store.close()
    monthly, journal = made
    return monthly, journal


async def _formualizer(size: int, monthly: Path, journal: Path) -> list[Figure]:
    ours, other = await _engine(monthly), await _engine(journal)
    said = f"{size} rows, formualizer"
    assert ours.formulas == other.formulas
    return [
        Figure(f"{said}: {ours.formulas} formulas", "s", ours.first, other.first, OTHER),
        Figure(f"{said}: after one sum in Журнал", "s", ours.again, other.again, OTHER),
        Figure(f"{said}: reading the file", "s", ours.read, other.read, OTHER),
    ]


async def _engine(file: Path) -> Engine:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(file), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    read, first, again, formulas = output.decode().split()
    return Engine(float(read), float(first), float(again), int(formulas))


async def _libreoffice(folder: Path, size: int, monthly: Path, journal: Path) -> list[Figure]:
    ours, other = await _converted(folder, monthly), await _converted(folder, journal)
    said = f"{size} rows, LibreOffice"
    names = ["with recalculation", "the same without it"]
    return [
        Figure(f"{said} {name}{_capped(left, right)}", "s", left.took, right.took, OTHER)
        for name, left, right in zip(names, ours, other, strict=True)
    ]


async def _converted(folder: Path, file: Path) -> list[Converted]:
    """The file computed and kept, then the kept one opened and kept again as it is."""
    computed = await convert(file, folder / "computed", recalculate=True)
    if not computed.is_done:
        return [computed, computed]
    again = await convert(folder / "computed" / file.name, folder / "kept", recalculate=False)
    return [computed, again]


def _capped(*both: Converted) -> str:
    """Says of which side the seconds are where we stopped waiting."""
    sides = [name for name, one in zip(("Свод", "Журнал"), both, strict=True) if not one.is_done]
    return f" (stopped: {', '.join(sides)})" if sides else ""


def _measured(file: str) -> None:
    content = Path(file).read_bytes()
    began = time.process_time()
    workbook = formualizer.load_workbook_bytes(content, load_limits=LIMITS)
    read = time.process_time()
    workbook.evaluate_all()
    first = time.process_time()
    effect = JournalShape(ledgers.SETTINGS.dimensions).places["cash_effect"]
    workbook.set_value("Журнал", HEADING_ROWS + 1, effect + 1, 1.5)
    workbook.evaluate_all()
    again = time.process_time()
    print(read - began, first - read, again - first, _formulas(content))


def _formulas(content: bytes) -> int:
    """How many cells the file computes."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [one for one in parts.namelist() if one.startswith("xl/worksheets/sheet")]
        return sum(len(re.findall(rb"<f>", parts.read(one))) for one in sheets)


if __name__ == "__main__":
    _measured(sys.argv[1])
