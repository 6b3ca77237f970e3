"""The part [sheet] of the configuration: the spreadsheets, and what would be wrong about them.

spreadsheet_id        everything from the beginning, until the first further year begins
[[sheet.years]]       that year and the later ones, until the next entry
[[sheet.own]]         the operations of one value of a dimension, of all years
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ledger.pnl import COMMON, UNSPECIFIED
from store.reports import Only
from store.scopes import Scope

__all__ = ["YEAR_MAX", "YEAR_MIN", "SheetConfig", "SheetOwn", "SheetYear", "mistakes", "scopes_of"]

YEAR_MIN, YEAR_MAX = 2000, 2100
_Value = TypeVar("_Value", bound=Hashable)


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True
    )


class SheetYear(_Part):
    """The spreadsheet that begins with a year."""

    from_year: int = Field(alias="from", ge=YEAR_MIN, le=YEAR_MAX)
    spreadsheet_id: str = Field(min_length=5)


class SheetOwn(_Part):
    """Somebody's own spreadsheet: what has a value of a dimension, and nothing else."""

    dimension: str = "manager"
    value: str = Field(min_length=1)
    spreadsheet_id: str = Field(min_length=5)


class SheetConfig(_Part):
    """The spreadsheets that the owner shared with the service account.

    `locale` is how they write sums and days; another one is set back.
    """

    spreadsheet_id: str = Field(min_length=5)
    service_account_file: Path
    locale: str = Field(default="ru_RU", pattern=r"^[a-z]{2}(_[A-Z]{2})?$")
    api_base: str = ""
    years: tuple[SheetYear, ...] = ()
    own: tuple[SheetOwn, ...] = ()

    @property
    def ids(self) -> list[str]:
        """The ids of all spreadsheets, in the order of the configuration."""
        further = [*(one.spreadsheet_id for one in self.years)]
        return [self.spreadsheet_id, *further, *(one.spreadsheet_id for one in self.own)]


def scopes_of(config: SheetConfig) -> tuple[list[tuple[Scope, str]], list[tuple[Scope, str]]]:
    """Each spreadsheet's scope and id: those of the years in order, then people's own."""
    further = sorted(config.years, key=lambda one: one.from_year)
    starts: list[int | None] = [None, *(one.from_year for one in further)]
    ends: list[int | None] = [*(one.from_year - 1 for one in further), None]
    ids = [config.spreadsheet_id, *(one.spreadsheet_id for one in further)]
    years = [(Scope(start, end), one) for start, end, one in zip(starts, ends, ids, strict=True)]
    own = [(Scope(only=Only(one.dimension, one.value)), one.spreadsheet_id) for one in config.own]
    return years, own


def mistakes(config: SheetConfig, dimensions: Collection[str]) -> Iterator[str]:
    """A sentence for everything that no single key shows; `dimensions` are the known codes."""
    for year in _twice(one.from_year for one in config.years):
        yield f"[[sheet.years]]: две таблицы с {year} года; оставьте одну."
    for known in dict.fromkeys(one.dimension for one in config.own):
        if known not in dimensions:
            codes = ", ".join(dimensions)
            yield f"[[sheet.own]]: измерения «{known}» нет; настроены: {codes}."
    for one in config.own:
        if one.value in {UNSPECIFIED, COMMON}:
            yield f"[[sheet.own]]: «{one.value}» — не человек и не место: таблицу вести не для кого."
    for pair in _twice((one.dimension, one.value) for one in config.own):
        yield f"[[sheet.own]]: для «{pair[1]}» названы две таблицы; оставьте одну."
    for spreadsheet in _twice(config.ids):
        yield f"[sheet]: таблица {spreadsheet} названа дважды; у каждой записи должна быть своя."


def _twice(values: Iterable[_Value]) -> list[_Value]:
    return [value for value, count in Counter(values).items() if count > 1]
