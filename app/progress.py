"""A progress bar on standard error, and only where a person looks: on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["days_bar"]


@contextmanager
def days_bar(days: int) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told each day that is over."""
    if not sys.stderr.isatty():
        yield lambda _day: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Демо: день {task.completed} из {task.total}"), BarColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("", total=days)
        yield lambda day: bar.update(task, completed=day)
