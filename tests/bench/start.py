"""Start-up time and memory: commands and the whole house against importing aiogram alone."""

import asyncio
import sys
from pathlib import Path

from tests.bench.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
TRIES = 3
MEASURED = """
import re, time
began = time.perf_counter()
{code}
took = time.perf_counter() - began
# Not getrusage: its peak begins with that of the process which started this one.
with open("/proc/self/status") as status:
    peak_kb = int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
print(took, peak_kb / 1024)
"""
AIOGRAM = "import aiogram"
REPORT = "import app.main, app.commands.report, store.database, usecases.reports"
HOUSE = "import app.house, app.serve"


async def measure(_folder: Path, _scale: float) -> list[Figure]:
    """The best of three starts of each."""
    aiogram = await _best(AIOGRAM)
    report = await _best(REPORT)
    house = await _best(HOUSE)
    name = "import aiogram alone"
    return [
        Figure("start of the reports", "s", report[0], aiogram[0], name),
        Figure("memory of the reports", "MB", report[1], aiogram[1], name),
        Figure("start of the whole bot", "s", house[0], aiogram[0], name),
        Figure("memory of the whole bot", "MB", house[1], aiogram[1], name),
    ]


async def _best(code: str) -> tuple[float, float]:
    found = [await _once(code) for _ in range(TRIES)]
    return min(one[0] for one in found), min(one[1] for one in found)


async def _once(code: str) -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        MEASURED.format(code=code),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    took, memory = output.decode().split()
    return float(took), float(memory)
