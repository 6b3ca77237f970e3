"""Runs the benches one after another and prints a table: ours, the alternative, the ratio.

KOPEYKA_BENCH=0.01 makes everything a hundred times smaller, to see that it runs.
"""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.logs import configure_logs
from tests.bench import (
    deliveries,
    lag,
    matching,
    profit,
    reading,
    recalculation,
    sheets_rows,
    start,
    updates,
    writer,
)
from tests.bench.figures import Figure, table

BENCHES: dict[str, Callable[[Path, float], Awaitable[list[Figure]]]] = {
    "sheets": sheets_rows.measure,
    "start": start.measure,
    "updates": updates.measure,
    "profit": profit.measure,
    "matching": matching.measure,
    "reading": reading.measure,
    "deliveries": deliveries.measure,
    "lag": lag.measure,
    "recalculation": recalculation.measure,
}
# Gigabytes: only when asked for by name.
LONG: dict[str, Callable[[Path, float], Awaitable[list[Figure]]]] = {
    "writer": writer.measure,
}


async def main(names: list[str]) -> int:
    """Run the benches named, or all but the long ones."""
    known = BENCHES | LONG
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    configure_logs(logging.WARNING)
    scale = float(os.environ.get("KOPEYKA_BENCH", "1"))
    for name in names or BENCHES:
        print(f"… {name}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="kopeyka-bench-") as folder:
            print(table(await known[name](Path(folder), scale)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
