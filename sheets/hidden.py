"""Names that must not be read in somebody's own spreadsheet, struck out of people's words."""

import re
from dataclasses import dataclass

from sheets.model import Value

__all__ = ["STRUCK", "Hidden"]

STRUCK = "•••"


@dataclass(frozen=True, slots=True)
class Hidden:
    """The names of other people and of the other values of the spreadsheet's dimension."""

    names: frozenset[str]

    def struck(self, value: Value) -> Value:
        """A text without those names, whatever their case; other values as they are."""
        if not isinstance(value, str):
            return value
        # A name within a longer one comes after it, or a part of the longer one would stay.
        for name in sorted(self.names, key=lambda one: (-len(one), one)):
            whole = rf"(?<!\w){re.escape(name)}(?!\w)"
            value = re.sub(whole, STRUCK, value, flags=re.IGNORECASE)
        return value
