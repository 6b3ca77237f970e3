"""What is left in the end, read with plain SQL and from the stand-ins, and compared with the tally.

Nothing here asks the product. `troubles` gives one sentence for each thing lost, doubled or false,
so that a test of the test can ask for exactly that sentence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import text

from sandbox.amocrm.company import STAGE_CONFIRMED_ID
from sandbox.amocrm.records import WON_STATUS_ID
from sandbox.telegram.journal import Mark
from store.database import Store
from tests.crash.tally import Signed, Spent, Tally
from tests.crash.town import Town, plain

__all__ = ["Evidence", "Posted", "gather", "troubles"]

REPEAT = "(повтор)\n"
MARKER = "#k"


@dataclass(frozen=True, slots=True)
class Posted:
    """One operation, as a row of the table."""

    key: str
    kind: str
    minor: int
    deal: str | None


@dataclass(slots=True)
class Evidence:
    """The end state; `written` are the keys in Журнал, None without a spreadsheet."""

    operations: list[Posted] = field(default_factory=list)
    written: list[str] | None = None
    notes: dict[int, list[str]] = field(default_factory=dict)
    stages: dict[int, int] = field(default_factory=dict)
    bank_lines: int = 0
    sent_updates: set[str] = field(default_factory=set)
    done_updates: set[str] = field(default_factory=set)
    waiting: dict[str, int] = field(default_factory=dict)
    received: list[tuple[int, str]] = field(default_factory=list)


async def gather(town: Town, store: Store, *, sheet: bool) -> Evidence:
    """Read everything."""
    crm, telegram = town.sandbox.amocrm, town.sandbox.telegram
    state = next(iter(town.phones.values()))._state
    async with store.read() as unit:

        async def rows(sql: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in await unit.connection.execute(text(sql))]

        operations = await rows("SELECT key, kind, amount, deal FROM operations ORDER BY number")
        done = await rows("SELECT id FROM inbox WHERE done_at IS NOT NULL AND source = 'telegram'")
        waiting = {
            f"{table}, {what}": len(await rows(f"SELECT 1 FROM {table} WHERE {where}"))
            for table in ("inbox", "outbox")
            for what, where in (
                ("open", "done_at IS NULL AND dead_at IS NULL"),
                ("dead letters", "dead_at IS NOT NULL"),
            )
        }
    assert telegram.violations == []
    assert town.sandbox.google_sheets.violations == []
    return Evidence(
        operations=[Posted(*row) for row in operations],  # type: ignore[arg-type]  # SQL has no types
        written=_written(town) if sheet else None,
        notes={lead.id: [_note(one) for one in crm.notes(lead.id)] for lead in crm.leads},
        stages={lead.id: lead.status_id for lead in crm.leads},
        bank_lines=len(town.sandbox.bank.documents),
        sent_updates={str(update["update_id"]) for update in state.updates.sent}
        | {str(update.update_id) for update in state.updates.waiting()},
        done_updates={str(row[0]) for row in done},
        waiting=waiting,
        received=[
            (line.user_id, plain(line.text))
            for line in state.journal
            if line.mark is Mark.RECEIVES
        ],
    )


def troubles(tally: Tally, evidence: Evidence) -> list[str]:
    """What is not as the people who did it would have it; empty when all is well."""
    found = [f"{what}: {count}" for what, count in evidence.waiting.items() if count]
    lost = evidence.sent_updates - evidence.done_updates
    found += [f"update lost: {one}" for one in sorted(lost)]
    found += _expenses(tally, evidence)
    for deal in tally.signed:
        found += _deal(deal, evidence)
    found += _handovers(tally, evidence)
    lines = sum(one.kind == "statement" for one in evidence.operations)
    if lines != evidence.bank_lines:
        found.append(f"bank lines: {evidence.bank_lines} at the bank, {lines} in the ledger")
    if evidence.written is not None:
        found += _sheet(evidence)
    return [*found, *_told(tally, evidence)]


def _expenses(tally: Tally, evidence: Evidence) -> Iterator[str]:
    expected = Counter(one for spent in tally.spent for one in _operations_of(spent))
    found = Counter(
        (one.key, one.minor) for one in evidence.operations if one.key.startswith("expense:")
    )
    yield from (f"expense lost: {one}" for one in expected - found)
    yield from (f"expense too many: {one}" for one in found - expected)


def _operations_of(spent: Spent) -> Iterator[tuple[str, int]]:
    name = f"expense:{spent.chat}-{spent.message}-1"
    for version in range(1, spent.versions + 1):
        yield f"{name}#{version}", spent.minor
        if version < spent.versions or spent.undone or spent.edited_minor is not None:
            yield f"{name}#{version}:reversal", spent.minor
    if spent.edited_minor is not None:
        yield f"{name}e1#1", spent.edited_minor


def _deal(deal: Signed, evidence: Evidence) -> Iterator[str]:
    own = [one for one in evidence.operations if one.deal == f"amocrm:{deal.lead}"]
    kinds = {
        "payment": [deal.minor] if deal.confirmed else [],
        "refund": [deal.refunded] if deal.refunded else [],
        "recognition": [deal.price] if deal.done else [],
    }
    for kind, expected in kinds.items():
        found = [one.minor for one in own if one.kind == kind]
        if found != expected:
            yield f"{kind} of {deal.contract}: {found} instead of {expected}"
    notes = [one for one in evidence.notes[deal.lead] if MARKER in one]
    expected_notes = deal.confirmed + bool(deal.refunded)
    if len(notes) != expected_notes or len(set(notes)) != len(notes):
        yield f"notes of {deal.contract}: {notes} instead of {expected_notes}"
    stages = {WON_STATUS_ID} if deal.done else {STAGE_CONFIRMED_ID}
    if deal.confirmed and evidence.stages[deal.lead] not in stages:
        yield f"stage of {deal.contract}: {evidence.stages[deal.lead]}"


def _handovers(tally: Tally, evidence: Evidence) -> Iterator[str]:
    expected = Counter(one.counted for one in tally.handed)
    found = Counter(one.minor for one in evidence.operations if one.key.startswith("handover:"))
    if expected != found:
        yield f"handovers lost {expected - found}, too many {found - expected}"


def _sheet(evidence: Evidence) -> Iterator[str]:
    assert evidence.written is not None
    expected = [one.key for one in evidence.operations]
    if evidence.written != expected:
        written, known = Counter(evidence.written), Counter(expected)
        yield f"rows of Журнал: lost {known - written}, doubled or foreign {written - known}"


def _told(tally: Tally, evidence: Evidence) -> Iterator[str]:
    """What only one message may say: the first telling of each expense, each link, each file."""
    for spent in tally.spent:
        yield from _once(evidence, spent.chat, f"· {spent.words} ·", spent.words)
    for link in tally.links:
        yield from _once(evidence, None, link, f"link {link}")
    for name in tally.files:
        yield from _once(evidence, None, f"Выписка {name}\n", name)


def _once(evidence: Evidence, chat: int | None, words: str, name: str) -> Iterator[str]:
    told = [said for to, said in evidence.received if words in said and chat in {None, to}]
    if not told:
        yield f"never told: {name}"
    if sum(not said.startswith(REPEAT) for said in told) > 1:
        yield f"told twice without a mark: {name}"


def _written(town: Town) -> list[str]:
    sandbox = town.sandbox
    sheet = sandbox.google_sheets.shelf(sandbox.spreadsheet_id).book.sheet_titled("Журнал")
    assert sheet is not None
    columns: Iterable[int] = range(sheet.column_count)
    key = next(column for column in columns if sheet.cell(0, column).value == "Ключ")
    filled = [row for row in sorted(sheet.rows) if row and sheet.cell(row, key).value]
    return [str(sheet.cell(row, key).value) for row in filled]


def _note(note: object) -> str:
    return str(getattr(note, "params", {}).get("text", ""))
