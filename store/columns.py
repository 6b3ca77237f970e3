"""Column types and indexes that mean the same in SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Index, Integer, String, Text, text
from sqlalchemy.types import TypeDecorator

__all__ = ["Counter", "Instant", "Json", "index_of_open"]

# SQLite counts rows by itself only in a column that is exactly INTEGER.
Counter = BigInteger().with_variant(Integer, "sqlite")


def index_of_open(name: str, *columns: str) -> Index:
    """An index of a queue's open rows only: as long as the backlog, not as history."""
    is_open = text("done_at IS NULL AND dead_at IS NULL")
    return Index(name, *columns, sqlite_where=is_open, postgresql_where=is_open)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as sortable ISO 8601 text with microseconds."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To the database."""
        if value is None:
            return None
        assert value.tzinfo is not None
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A small JSON value, kept as text so that hashes and comparisons see the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From the database."""
        return None if value is None else json.loads(value)
