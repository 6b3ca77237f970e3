"""What commands print: one JSON document for programs, tables for people, sentences on stderr.

Words of other people (names, purposes, comments) are printed as text: no markup is read in them,
and control characters, which could drive a terminal, are shown as `?`.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["complain", "print_json", "print_table", "say", "shown"]

# What a table gets where there is no terminal whose width could be asked.
PLAIN_WIDTH_CHARS = 200


def print_json(document: Any) -> None:
    """Print one JSON document and nothing else."""
    print(json.dumps(document, ensure_ascii=False))


def complain(sentence: str) -> None:
    """Say a sentence on standard error."""
    print(shown(sentence), file=sys.stderr)


def say(sentence: str) -> None:
    """Say a sentence on standard output."""
    print(shown(sentence))


def shown(text: str) -> str:
    """A text as it may be printed: on one line, without control characters."""
    line = " ".join(text.split()) if any(char in text for char in "\n\r\t") else text
    return "".join(char if char.isprintable() or char == "\u00a0" else "?" for char in line)


def print_table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1
) -> None:
    """Print a table; the first `words` columns are text, the others are figures, to the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=PLAIN_WIDTH_CHARS)
    table = Table(title=Text(shown(title)), title_justify="left")
    for position, heading in enumerate(headings):
        figures = position >= words
        table.add_column(
            Text(shown(heading)), justify="right" if figures else "left", no_wrap=figures
        )
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    console.print(table)
