"""What a list request asks for: page, limit, order and filters, as the API understands them.

As measured on the real thing: a limit above 250 silently gives 50, and an unknown filter, a flat
`filter[status_id]` and `filter[custom_fields_values]` (which some accounts ignore) do nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from multidict import MultiMapping

from sandbox.amocrm.records import Lead

__all__ = ["BadQueryError", "LeadQuery", "Page", "ids_filter", "read_lead_query", "read_page"]

LIMIT_DEFAULT = 50
LIMIT_MAX = 250
_ORDERS = {"created_at", "updated_at", "id"}
_RANGES = {"created_at", "updated_at", "closed_at", "price"}
_LISTS = {"id", "name", "responsible_user_id", "created_by", "updated_by", "pipeline_id"}

Item = TypeVar("Item")
Query = MultiMapping[str]


class BadQueryError(ValueError):
    """A query value the API answers with 400."""

    def __init__(self, key: str, value: str) -> None:
        self.key = key
        self.value = value
        super().__init__(f"{key}={value}")


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list; pages count from 1."""

    number: int
    limit: int

    def cut(self, items: list[Item]) -> tuple[list[Item], bool]:
        """This page's items, and whether another page follows."""
        start = (self.number - 1) * self.limit
        return items[start : start + self.limit], len(items) > start + self.limit


@dataclass(frozen=True, slots=True)
class Bounds:
    """A closed range; None is open."""

    low: int | None
    high: int | None

    def holds(self, value: int | None) -> bool:
        """Whether a value lies inside; an empty one never does."""
        if value is None:
            return False
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class LeadQuery:
    """Filters, order and extras of `GET /leads`."""

    page: Page
    orders: tuple[tuple[str, bool], ...]
    lists: tuple[tuple[str, frozenset[str]], ...]
    ranges: tuple[tuple[str, Bounds], ...]
    stages: frozenset[tuple[int, int]]
    text: str
    extras: frozenset[str]

    def select(self, leads: Iterable[Lead]) -> list[Lead]:
        """The leads asked for, in the order asked for; equal ones by id."""
        deleted = "only_deleted" in self.extras
        found = [lead for lead in leads if lead.is_deleted == deleted and self._wants(lead)]
        found.sort(key=lambda lead: lead.id)
        for key, descending in reversed(self.orders):
            found.sort(key=lambda lead: int(getattr(lead, key)), reverse=descending)
        return found

    def _wants(self, lead: Lead) -> bool:
        in_lists = all(str(getattr(lead, key)) in wanted for key, wanted in self.lists)
        in_ranges = all(bounds.holds(_amount(lead, key)) for key, bounds in self.ranges)
        in_stage = not self.stages or (lead.pipeline_id, lead.status_id) in self.stages
        texts = [lead.name, *(str(value) for value in lead.values.values())]
        has_text = any(self.text in text.casefold() for text in texts)
        return in_lists and in_ranges and in_stage and has_text


def read_lead_query(query: Query) -> LeadQuery:
    """The query string of `GET /leads`; raises `BadQueryError`."""
    lists = [(key, ids_filter(query, key)) for key in sorted(_LISTS)]
    ranges = [(key, _bounds(query, key)) for key in sorted(_RANGES)]
    return LeadQuery(
        page=read_page(query),
        orders=tuple(_orders(query)),
        lists=tuple((key, wanted) for key, wanted in lists if wanted),
        ranges=tuple((key, bounds) for key, bounds in ranges if bounds is not None),
        stages=frozenset(_stages(query)),
        text=query.get("query", "").casefold(),
        extras=frozenset(query.get("with", "").split(",")),
    )


def read_page(query: Query, limit_max: int = LIMIT_MAX) -> Page:
    """`page` and `limit`; raises `BadQueryError` when they are no positive numbers."""
    number = _positive(query, "page", 1)
    limit = _positive(query, "limit", LIMIT_DEFAULT)
    return Page(number, limit if limit <= limit_max else LIMIT_DEFAULT)


def ids_filter(query: Query, key: str) -> frozenset[str]:
    """All values of `filter[key]`, `filter[key][]`, `filter[key][0]` and so on."""
    pattern = re.compile(rf"filter\[{key}\](\[\d*\])?")
    return frozenset(value for name, value in query.items() if pattern.fullmatch(name))


def _orders(query: Query) -> Iterable[tuple[str, bool]]:
    for name, value in query.items():
        found = re.fullmatch(r"order\[(\w+)\]", name)
        if found is None:
            continue
        if found[1] not in _ORDERS or value not in {"asc", "desc"}:
            raise BadQueryError(name, value)
        yield found[1], value == "desc"


def _bounds(query: Query, key: str) -> Bounds | None:
    low, high = (_number(query, f"filter[{key}][{side}]") for side in ("from", "to"))
    return None if low is None and high is None else Bounds(low, high)


def _stages(query: Query) -> Iterable[tuple[int, int]]:
    for name in query:
        found = re.fullmatch(r"filter\[statuses\]\[(\d+)\]\[status_id\]", name)
        if found is not None:
            pipeline_id = _number(query, f"filter[statuses][{found[1]}][pipeline_id]")
            status_id = _number(query, name)
            if pipeline_id is None or status_id is None:
                raise BadQueryError(name, "pipeline_id is missing")
            yield pipeline_id, status_id


def _amount(lead: Lead, key: str) -> int | None:
    if key == "price":
        return lead.price_minor // 100
    value: int | None = getattr(lead, key)
    return value


def _number(query: Query, key: str) -> int | None:
    value = query.get(key)
    if value is None:
        return None
    if not re.fullmatch(r"-?\d{1,15}", value):
        raise BadQueryError(key, value)
    return int(value)


def _positive(query: Query, key: str, default: int) -> int:
    number = _number(query, key)
    if number is None:
        return default
    if number < 1:
        raise BadQueryError(key, str(number))
    return number
