"""LibreOffice without a window: a workbook read, computed or not, and written again, in seconds."""

import asyncio
import os
import resource
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tests.sheets.office import profile_in

SECONDS_MAX = 600
ALWAYS, NEVER = "<value>0</value></prop></item>", "<value>1</value></prop></item>"
SETTINGS = Path("user") / "registrymodifications.xcu"


@dataclass(frozen=True)
class Converted:
    """CPU seconds; without `is_done` it was stopped after that many seconds of the wall clock."""

    took: float
    is_done: bool


async def convert(file: Path, out: Path, *, recalculate: bool) -> Converted:
    """Read the workbook and write it into the folder `out`."""
    home = out / file.stem
    shutil.rmtree(home, ignore_errors=True)
    profile = profile_in(home)
    if not recalculate:
        kept = (profile / SETTINGS).read_text()
        (profile / SETTINGS).write_text(kept.replace(ALWAYS, NEVER, 1))
    before, began = _children(), time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *("soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to"),
        *("xlsx", "--outdir", str(out), str(file)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await asyncio.wait_for(process.wait(), SECONDS_MAX)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        return Converted(time.perf_counter() - began, is_done=False)
    return Converted(_children() - before, is_done=(out / file.name).exists())


def _children() -> float:
    """CPU seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
