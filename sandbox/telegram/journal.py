"""The chat log that a person can read: who said, tapped, received and was told what.

anna> сдать 12500              says
anna< Сдача кассы: 12 500 ₽    receives a message
      [Отправить] [Отмена]
anna: Отправить                taps a button
anna~ Отправлено кассиру       a message received earlier has changed
anna! Уже принято в 18:04      is shown a toast
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Line", "Mark", "format_line", "format_lines"]


class Mark(StrEnum):
    """What a line tells, by the sign after the name."""

    SAYS = ">"
    TAPS = ":"
    RECEIVES = "<"
    CHANGES = "~"
    TOAST = "!"


@dataclass(frozen=True, slots=True)
class Line:
    """One event of one person's chat; labels are the buttons, row by row."""

    mark: Mark
    user_id: int
    text: str
    labels: tuple[tuple[str, ...], ...] = ()


def format_lines(lines: Sequence[Line], names: Mapping[int, str]) -> str:
    """The log with these names for the people, as long as the longest."""
    return "\n".join(format_line(line, names) for line in lines)


def format_line(line: Line, names: Mapping[int, str]) -> str:
    """One event; further lines of text and the buttons are indented under the first."""
    head = f"{names.get(line.user_id, str(line.user_id))}{line.mark} "
    parts = line.text.split("\n")
    parts += [" ".join(f"[{label}]" for label in row) for row in line.labels]
    return head + ("\n" + " " * len(head)).join(parts)
