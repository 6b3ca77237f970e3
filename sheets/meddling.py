"""What people did to the spreadsheet, in plain Russian: one sentence for each meddling.

A sentence says what happened, what the bot did, and what to do. Many places of one kind are one
sentence with a count and the first few of them. What people typed is quoted, cut, and only data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheets.checking import Difference, Reason

__all__ = ["Finding", "findings_of", "listed", "quoted"]

LISTED_MAX = 5
QUOTED_CHARS_MAX = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One meddling. `identity` is the same when the same thing is found once more."""

    reason: Reason
    tab: str
    sentence: str

    @property
    def identity(self) -> str:
        """By what it is known again."""
        return f"{self.reason.value}|{self.tab}|{self.sentence}"


def findings_of(differences: Iterable[Difference]) -> list[Finding]:
    """One finding for each tab and kind of difference; rows on their way are none."""
    groups: dict[tuple[str, Reason], list[Difference]] = {}
    for one in differences:
        if one.reason is not Reason.WAITING:
            groups.setdefault((one.tab, one.reason), []).append(one)
    return [
        Finding(reason, tab, _said(tab, reason, all_)) for (tab, reason), all_ in groups.items()
    ]


def quoted(text: str) -> str:
    """What a person typed: one line, cut, in quotation marks."""
    line = " ".join(text.split())
    if len(line) > QUOTED_CHARS_MAX:
        line = f"{line[: QUOTED_CHARS_MAX - 1]}…"
    return f"«{line}»"


def listed(words: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    first = ", ".join(words[:LISTED_MAX])
    return first if len(words) <= LISTED_MAX else f"{first} и ещё {len(words) - LISTED_MAX}"


def _said(tab: str, reason: Reason, all_: Sequence[Difference]) -> str:
    places = listed([one.place for one in all_])
    return f"Вкладка «{tab}»: {reason.value} {places}: возвращено."
