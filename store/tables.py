"""The tables. What is decided is inserted and never changed; triggers refuse to (`APPEND_ONLY`).

Money is minor units in integers; days are dates of the business's calendar; instants are UTC.
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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.columns import Instant, Json

__all__ = ["APPEND_ONLY", "metadata"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows by itself only in a column that is exactly INTEGER.
Counter = BigInteger().with_variant(Integer, "sqlite")

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False, unique=True),
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
    Column("word", String(200), primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("role", String(20), nullable=False),
    Column("telegram_id", BigInteger, unique=True),
    Column("crm_user_id", String(64), unique=True),
    Column("account", String(100), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("thing", String(100), nullable=False),
    Column("role", String(20)),
    Column("created_by", String(32), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", String(64)),
    Index("ix_links_thing", "purpose", "thing"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("code", String(150), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
)

dimension_values = Table(
    "dimension_values",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("dimension", String(50), nullable=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("dimension", "name"),
)

operations = Table(
    "operations",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(200), nullable=False, unique=True),
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
    Column("deal", String(100)),
    Column("contract_no", String(100), nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("author", String(100), nullable=False),
    Column("reverses", String(200), unique=True),
    Column("recorded_at", Instant, nullable=False),
    Column("hash_version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("paid_on IS NOT NULL OR accrued_on IS NOT NULL", name="dated"),
    # Covers the reports by month, which read nothing else of an operation.
    Index("ix_operations_paid", "paid_on", "article_id", "cash_effect", "deal"),
    Index("ix_operations_accrued", "accrued_on", "article_id", "accrual_effect", "deal"),
    Index("ix_operations_deal", "deal"),
)

entries = Table(
    "entries",
    metadata,
    Column("number", BigInteger, ForeignKey("operations.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("debit", String(150), nullable=False),
    Column("credit", String(150), nullable=False),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("debit <> credit", name="two_accounts"),
    Index("ix_entries_debit", "debit", "amount"),
    Index("ix_entries_credit", "credit", "amount"),
)

operation_dimensions = Table(
    "operation_dimensions",
    metadata,
    Column("number", BigInteger, ForeignKey("operations.number"), primary_key=True),
    Column("dimension", String(50), primary_key=True),
    Column("value_id", Counter, ForeignKey("dimension_values.id"), nullable=False),
)

period_events = Table(
    "period_events",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("event", String(10), nullable=False),
    Column("month", String(7), nullable=False),
    Column("who", String(100), nullable=False),
    Column("why", Text, nullable=False),
    Column("until", Instant),
    Column("at", Instant, nullable=False),
)

deals = Table(
    "deals",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("name", Text, nullable=False),
    Column("contract_no", String(100), nullable=False),
    Column("contract_date", Date),
    Column("client", Text, nullable=False),
    Column("client_key", String(100), nullable=False),
    Column("client_inn", String(12)),
    Column("price", BigInteger),
    Column("pipeline", String(64), nullable=False),
    Column("stage", String(64), nullable=False),
    Column("manager_crm_id", String(64), nullable=False),
    Column("dimensions", Json, nullable=False),
    Column("done_on", Date),
    Column("remote_version", String(64), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_deals_contract_no", "contract_no"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", String(150), primary_key=True),
    Column("deal", String(100), ForeignKey("deals.id"), nullable=False),
    Column("slot", String(50), nullable=False),
    Column("version", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("method", String(20), nullable=False),
    Column("expected_on", Date, nullable=False),
    Column("holder", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("deal", "slot", "version"),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_payments_holder", "holder"),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", String(32), ForeignKey("people.id"), nullable=False),
    Column("desk", String(100), nullable=False),
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
    Column("handover", String(32), ForeignKey("handovers.id"), primary_key=True),
    Column("payment", String(150), ForeignKey("payments.id"), primary_key=True),
    Index("ix_handover_payments_payment", "payment"),
)

refunds = Table(
    "refunds",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("payment", String(150), ForeignKey("payments.id"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_by", String(32), nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_refunds_payment", "payment"),
)

resolutions = Table(
    "resolutions",
    metadata,
    Column("thing", String(200), primary_key=True),
    Column("ending", String(20), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", Instant, nullable=False),
    Column("detail", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
)

statement_lines = Table(
    "statement_lines",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("identity", String(500), nullable=False, unique=True),
    Column("identity_version", Integer, nullable=False),
    Column("account", String(40), nullable=False),
    Column("incoming", Boolean, nullable=False),
    Column("own_transfer", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("number", String(50), nullable=False),
    Column("counterparty", Text, nullable=False),
    Column("inn", String(12)),
    Column("counterparty_account", String(40), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("file", String(32), ForeignKey("files.id"), nullable=False),
    Column("imported_at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_statement_lines_account_day", "account", "day"),
)

statement_balances = Table(
    "statement_balances",
    metadata,
    Column("account", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("opening", BigInteger, nullable=False),
    Column("closing", BigInteger, nullable=False),
    Column("file", String(32), ForeignKey("files.id"), nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("lane", String(100), nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("order", Counter, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("dead_at", Instant),
    Column("error", Text, nullable=False),
    Index("ix_inbox_open", "source", "done_at", "dead_at", "order"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("lane", String(100), nullable=False),
    Column("entity", String(200), nullable=False),
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
    Index("ix_outbox_open", "channel", "done_at", "dead_at", "id"),
    Index("ix_outbox_entity", "channel", "entity", "done_at"),
)

cards = Table(
    "cards",
    metadata,
    Column("thing", String(200), primary_key=True),
    Column("chat", BigInteger, primary_key=True),
    Column("message", BigInteger),
    Column("text", Text, nullable=False),
    Column("told_at", Instant),
)

fsm = Table(
    "fsm",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("state", String(200)),
    Column("data", Json, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(100), primary_key=True),
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
    Column("who", String(100), nullable=False),
    Column("verb", String(50), nullable=False),
    Column("thing", String(200), nullable=False),
    Column("details", Json, nullable=False),
    Index("ix_audit_entries_thing", "thing"),
)

# Rows of these tables are inserted and never changed or deleted.
APPEND_ONLY = (
    "operations",
    "entries",
    "operation_dimensions",
    "resolutions",
    "payments",
    "handovers",
    "handover_payments",
    "refunds",
    "period_events",
    "statement_lines",
    "audit_entries",
)
