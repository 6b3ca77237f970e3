"""The tables of what banks said: files, lines, the faces of lines, doubts, stated balances.

A face is another rendering of a line that is in the books already: by another file, another format
or the bank's API. A doubt is a movement of which it is not certain whether it is in the books; it
is posted when it is decided, and what decided is a resolution of `doubt:<id>`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.columns import Counter, Instant, Json
from store.metadata import metadata

__all__ = ["APPEND_ONLY"]

files = Table(
    "files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
)

statement_lines = Table(
    "statement_lines",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("identity_version", Integer, nullable=False),
    Column("account", Text, nullable=False),
    Column("incoming", Boolean, nullable=False),
    Column("own_transfer", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("inn", Text),
    Column("counterparty_account", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("file", Text, ForeignKey("files.id"), nullable=False),
    Column("imported_at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_statement_lines_account_day", "account", "day"),
)

explanations = Table(
    "explanations",
    metadata,
    Column("line", Counter, ForeignKey("statement_lines.id"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("parts", Json, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("rules", Json, nullable=False),
    Column("operations", Json, nullable=False),
)

rejections = Table(
    "rejections",
    metadata,
    Column("line", Counter, ForeignKey("statement_lines.id"), primary_key=True),
    Column("reading", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("pattern", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("taught_by", Text, nullable=False),
    Column("taught_at", Instant, nullable=False),
    Column("fired", Integer, nullable=False),
    Column("fired_at", Instant),
    UniqueConstraint("kind", "pattern"),
)

statement_balances = Table(
    "statement_balances",
    metadata,
    Column("account", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("opening", BigInteger, nullable=False),
    Column("closing", BigInteger, nullable=False),
    Column("file", Text, ForeignKey("files.id"), nullable=False),
)

statement_faces = Table(
    "statement_faces",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("line", Counter, ForeignKey("statement_lines.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("number", Text, nullable=False),
    Column("inn", Text),
    Column("counterparty_account", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("bank_reference", Text),
    Column("file", Text, ForeignKey("files.id"), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_statement_faces_line", "line"),
)

statement_doubts = Table(
    "statement_doubts",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("candidates", Json, nullable=False),
    Column("identity", Text, nullable=False),
    Column("identity_version", Integer, nullable=False),
    Column("account", Text, nullable=False),
    Column("incoming", Boolean, nullable=False),
    Column("own_transfer", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("inn", Text),
    Column("counterparty_account", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("bank_reference", Text),
    Column("file", Text, ForeignKey("files.id"), nullable=False),
    Column("found_at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_statement_doubts_file", "file"),
)

# Rows of these tables are inserted and never changed or deleted.
APPEND_ONLY = ("statement_lines", "statement_faces", "statement_doubts")
