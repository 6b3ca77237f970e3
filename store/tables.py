"""The tables. What is decided is inserted and never changed; triggers refuse to (`APPEND_ONLY`).

Money is minor units in integers; days are dates of the business's calendar; instants are UTC.
Words that come from outside, and keys made of them, are `Text`: only PostgreSQL would refuse a
long one. The queues' indexes hold open rows only, so their size is the backlog's, not history's.
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
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store import statement_tables
from store.columns import Counter, Instant, Json, index_of_open
from store.metadata import metadata

__all__ = ["APPEND_ONLY", "metadata"]

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("direction", String(20), nullable=False),
    Column("type", String(30)),
    Column("activity", String(20)),
    Column("parent", Integer, ForeignKey("articles.id")),
    Column("before_net", String(20)),
    Column("description", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("word", Text, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("telegram_id", BigInteger, unique=True),
    Column("crm_user_id", Text, unique=True),
    Column("account", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("thing", Text, nullable=False),
    Column("role", String(20)),
    Column("created_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Text),
    Index("ix_links_thing", "purpose", "thing"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
)

dimension_values = Table(
    "dimension_values",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("dimension", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("dimension", "name"),
)

operations = Table(
    "operations",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("paid_on", Date),
    Column("accrued_on", Date),
    Column("original_day", Date),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("cash_effect", BigInteger, nullable=False),
    Column("accrual_effect", BigInteger, nullable=False),
    Column("dimensions", Json, nullable=False),
    Column("deal", Text),
    Column("contract_no", Text, nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reverses", Text, ForeignKey("operations.key"), unique=True),
    Column("recorded_at", Instant, nullable=False),
    Column("hash_version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("paid_on IS NOT NULL OR accrued_on IS NOT NULL", name="dated"),
    # Covers the reports by month, which read nothing else of an operation.
    Index("ix_operations_paid", "paid_on", "article_id", "cash_effect", "deal"),
    Index("ix_operations_accrued", "accrued_on", "article_id", "accrual_effect", "deal"),
    Index("ix_operations_deal", "deal", "number"),
    Index("ix_operations_author", "author", "number"),
)

entries = Table(
    "entries",
    metadata,
    Column("number", Counter, ForeignKey("operations.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("debit", Text, nullable=False),
    Column("credit", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("debit <> credit", name="two_accounts"),
    # Whole, so that the balances of all accounts are read from it alone.
    Index("ix_entries_debit", "debit", "credit", "amount"),
    Index("ix_entries_credit", "credit", "amount"),
    sqlite_with_rowid=False,
)

operation_dimensions = Table(
    "operation_dimensions",
    metadata,
    Column("number", Counter, ForeignKey("operations.number"), primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("value_id", Counter, ForeignKey("dimension_values.id"), nullable=False),
    sqlite_with_rowid=False,
)

period_events = Table(
    "period_events",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("event", String(10), nullable=False),
    Column("month", String(7), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("until", Instant),
    Column("at", Instant, nullable=False),
)

deals = Table(
    "deals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("contract_no", Text, nullable=False),
    Column("contract_date", Date),
    Column("client", Text, nullable=False),
    Column("client_key", Text, nullable=False),
    Column("client_inn", Text),
    Column("price", BigInteger),
    Column("pipeline", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("manager_crm_id", Text, nullable=False),
    Column("dimensions", Json, nullable=False),
    Column("done_on", Date),
    Column("remote_version", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_deals_contract_no", "contract_no"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("deal", Text, ForeignKey("deals.id"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("method", String(20), nullable=False),
    Column("expected_on", Date, nullable=False),
    Column("holder", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("deal", "slot", "version"),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_payments_holder", "holder"),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id"), nullable=False),
    Column("desk", Text, nullable=False),
    Column("carried", BigInteger, nullable=False),
    Column("declared", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("declared > 0", name="declared_positive"),
    Index("ix_handovers_person", "person"),
)

handover_payments = Table(
    "handover_payments",
    metadata,
    Column("handover", Text, ForeignKey("handovers.id"), primary_key=True),
    Column("payment", Text, ForeignKey("payments.id"), primary_key=True),
    Index("ix_handover_payments_payment", "payment"),
)

refunds = Table(
    "refunds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("payment", Text, ForeignKey("payments.id"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_refunds_payment", "payment"),
)

resolutions = Table(
    "resolutions",
    metadata,
    Column("thing", Text, primary_key=True),
    Column("ending", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("detail", Text, nullable=False),
)

retractions = Table(
    "retractions",
    metadata,
    Column("thing", Text, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("why", Text, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("lane", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("order", Counter, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("dead_at", Instant),
    Column("error", Text, nullable=False),
    index_of_open("ix_inbox_open", "source", "order"),
    index_of_open("ix_inbox_lane", "source", "lane", "order"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("lane", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("payload", Json),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("claim", String(32)),
    Column("claimed_until", Instant),
    Column("done_at", Instant),
    Column("dead_at", Instant),
    Column("reason", Text, nullable=False),
    index_of_open("ix_outbox_open", "channel", "id"),
    index_of_open("ix_outbox_lane", "channel", "lane", "id"),
    index_of_open("ix_outbox_entity", "channel", "entity"),
)

cards = Table(
    "cards",
    metadata,
    Column("thing", Text, primary_key=True),
    Column("chat", BigInteger, primary_key=True),
    Column("message", BigInteger),
    Column("text", Text, nullable=False),
    Column("told_at", Instant),
)

fsm = Table(
    "fsm",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", String(200)),
    Column("data", Json, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Json),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job", String(50), primary_key=True),
    Column("period", String(30), primary_key=True),
    Column("done_at", Instant),
    Column("error", Text, nullable=False),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", String(50), nullable=False),
    Column("thing", Text, nullable=False),
    Column("details", Json, nullable=False),
    Index("ix_audit_entries_thing", "thing"),
)

# What people wrote beside rows of a spreadsheet's journal, as the bot saw it last.
sheet_notes = Table(
    "sheet_notes",
    metadata,
    Column("spreadsheet", Text, primary_key=True),
    Column("number", Counter, ForeignKey("operations.number"), primary_key=True),
    Column("column", Text, primary_key=True),
    Column("content", Json, nullable=False),
)

# Rows of these tables are inserted and never changed or deleted.
APPEND_ONLY = (
    "operations",
    "entries",
    "operation_dimensions",
    "resolutions",
    "retractions",
    "explanations",
    "rejections",
    "payments",
    "handovers",
    "handover_payments",
    "refunds",
    "period_events",
    "audit_entries",
    *statement_tables.APPEND_ONLY,
)
