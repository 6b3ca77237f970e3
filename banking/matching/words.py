"""Wordings of payment purposes: tables of `words.toml`, which a company extends with its own.

All fragments are compared in lower case with ё as е and single blanks (`folding.lower`), from the
beginning of a word: «грант » is found in «грант по соглашению», not in «эмигрант».
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TypeVar

from banking.matching.folding import lower

__all__ = ["BadWords", "MoneyKind", "Table", "WordSet", "Words", "packaged_words", "read_words"]


_Key = TypeVar("_Key")


class MoneyKind(StrEnum):
    """Money that is not a client's payment, by what the purpose says."""

    LOAN = "loan"
    OWNER = "owner"
    OWN_MONEY = "own-money"
    DEPOSIT = "deposit"
    CASH_IN = "cash-in"
    RETURN = "return"
    BONUS = "bonus"
    TAX = "tax"
    FEE = "fee"
    SALARY = "salary"
    SUPPLIER = "supplier"


class Table(StrEnum):
    """The lists that do not name a kind of money: section and key of the file."""

    SETTLEMENT = "settlement.announced"
    GROSS = "settlement.gross"
    CREDIT = "settlement.credit"
    FEE = "settlement.fee"
    TURNOVER = "settlement.turnover"
    REFUND = "settlement.refund"
    CONTRACT = "number.contract"
    ORDER = "number.order"
    INVOICE = "number.invoice"
    OTHER = "number.other"
    INSTANT = "payer.instant"
    NAMELESS = "payer.nameless"
    GENERAL = "taught.general"


@dataclass(frozen=True, slots=True)
class WordSet:
    """One list, compiled once: fragments for `found_in`, whole words with stars for `names`."""

    fragments: tuple[str, ...]
    pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)
    words: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        pieces = "|".join(re.escape(one) for one in self.fragments) or r"(?!)"
        whole = "|".join(re.escape(one).replace(r"\*", ".*") for one in self.fragments) or r"(?!)"
        object.__setattr__(self, "pattern", re.compile(rf"(?<![0-9a-zа-я])(?:{pieces})"))
        object.__setattr__(self, "words", re.compile(whole))

    def found_in(self, text: str) -> bool:
        """Whether a fragment stands in a text folded by `lower`."""
        return self.pattern.search(f"{text} ") is not None

    def names(self, word: str) -> bool:
        """Whether the word, in lower case, is one of the list."""
        return self.words.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """All the lists. Order matters in `not_client`: the first kind that fits names the money."""

    not_client: Mapping[MoneyKind, WordSet]
    spending: Mapping[MoneyKind, WordSet]
    tables: Mapping[Table, WordSet]

    def foreign(self, text: str) -> MoneyKind | None:
        """The kind of incoming money that is not a client's; `text` is folded."""
        return _first(text, self.not_client)

    def spent(self, text: str) -> MoneyKind | None:
        """The kind of outgoing money; `text` is folded."""
        return _first(text, self.spending)

    def says(self, table: Table, text: str) -> bool:
        """Whether a fragment of the list stands in the folded text."""
        return self.tables[table].found_in(text)

    def joined(self, other: "Words") -> "Words":
        """These words and the other's."""
        return Words(
            _joined(self.not_client, other.not_client),
            _joined(self.spending, other.spending),
            _joined(self.tables, other.tables),
        )


@dataclass(frozen=True, slots=True)
class BadWords:
    """The file is no list of words: why."""

    reason: str


def read_words(text: str) -> Words | BadWords:
    """Read a file of the shape of `words.toml`; a list that is not there is empty."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return BadWords(f"это не TOML: {error}")
    lists: dict[str, tuple[str, ...]] = {}
    for section, entries in given.items():
        if not isinstance(entries, dict):
            return BadWords(f"«{section}» должно быть разделом: [{section}]")
        for key, fragments in entries.items():
            read = _fragments(fragments)
            if read is None:
                return BadWords(f"{section}.{key}: нужен список слов")
            lists[f"{section}.{key}"] = read
    unknown = sorted(set(lists) - _known())
    if unknown:
        return BadWords(f"неизвестные списки: {', '.join(unknown)}")
    return _words(lists)


@cache
def packaged_words() -> Words:
    """The words that come with the program."""
    file = resources.files(__package__).joinpath("words.toml")
    read = read_words(file.read_text(encoding="utf-8"))
    assert isinstance(read, Words), read
    return read


def _known() -> set[str]:
    kinds = {f"not_client.{kind}" for kind in MoneyKind} | {f"spending.{one}" for one in MoneyKind}
    return kinds | {table.value for table in Table}


def _fragments(given: object) -> tuple[str, ...] | None:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        return None
    # A blank at the end says that the word ends there; `lower` keeps single blanks.
    return tuple(folded for one in given if (folded := lower(str(one)).lstrip()))


def _words(lists: Mapping[str, tuple[str, ...]]) -> Words:
    def sets(section: str) -> Mapping[MoneyKind, WordSet]:
        named = [one.partition(".")[2] for one in lists if one.startswith(f"{section}.")]
        kinds = dict.fromkeys([*map(MoneyKind, named), *MoneyKind])
        return MappingProxyType(
            {kind: WordSet(lists.get(f"{section}.{kind}", ())) for kind in kinds}
        )

    tables = {table: WordSet(lists.get(table.value, ())) for table in Table}
    return Words(sets("not_client"), sets("spending"), MappingProxyType(tables))


def _first(text: str, table: Mapping[MoneyKind, WordSet]) -> MoneyKind | None:
    return next((kind for kind, one in table.items() if one.found_in(text)), None)


def _joined(one: Mapping[_Key, WordSet], other: Mapping[_Key, WordSet]) -> Mapping[_Key, WordSet]:
    both = {key: (*words.fragments, *other[key].fragments) for key, words in one.items()}
    return MappingProxyType(
        {key: WordSet(tuple(dict.fromkeys(all_))) for key, all_ in both.items()}
    )
