"""One damage, done on purpose: the comparison must notice it and say where.

    sheet-kopeck       a sum in Журнал is a kopeck more        sheet-row-dropped  its last row is gone
    crm-note-doubled   a confirmation's note stands twice      crm-stage-wrong    a deal is moved back
    bank-line-dropped  the books forget a line of the bank     told-wrong         a card says another sum
    ledger-edited      somebody with the database edits a sum

The books are a file here, opened beside the product as a burglar would, its triggers dropped.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sandbox.amocrm import company as crm
from sandbox.demo.sheet_rows import JOURNAL, journal_rows
from sandbox.google_sheets.model import Value
from sandbox.servers import Sandbox

__all__ = ["Damage", "NothingToDamageError", "Sabotage", "seed_damage"]


class Sabotage(StrEnum):
    """The kinds of damage; the values are typed on the command line."""

    SHEET_KOPECK = "sheet-kopeck"
    SHEET_ROW_DROPPED = "sheet-row-dropped"
    CRM_NOTE_DOUBLED = "crm-note-doubled"
    CRM_STAGE_WRONG = "crm-stage-wrong"
    BANK_LINE_DROPPED = "bank-line-dropped"
    TOLD_WRONG = "told-wrong"
    LEDGER_EDITED = "ledger-edited"


class NothingToDamageError(LookupError):
    """The days played so far hold nothing of that kind."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"за эти дни в демо нет того, что нужно испортить: {what}")


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done, in words, and which difference must name it: a book and reasons."""

    words: str
    book: str
    reasons: frozenset[str]


def seed_damage(sandbox: Sandbox, database: Path, kind: Sabotage) -> Damage:
    """Do the damage."""
    match kind:
        case Sabotage.SHEET_KOPECK:
            return _kopeck(sandbox)
        case Sabotage.SHEET_ROW_DROPPED:
            return _row(sandbox)
        case Sabotage.CRM_NOTE_DOUBLED:
            return _note(sandbox)
        case Sabotage.CRM_STAGE_WRONG:
            return _stage(sandbox)
        case Sabotage.BANK_LINE_DROPPED:
            return _line(database)
        case Sabotage.TOLD_WRONG:
            return _told(database)
        case Sabotage.LEDGER_EDITED:
            return _ledger(database)


def _kopeck(sandbox: Sandbox) -> Damage:
    row = _journal_row(sandbox, "Оплата клиента")
    amount = float(str(row["Сумма, ₽"]))
    column = list(row).index("Сумма, ₽")
    place = f"{JOURNAL}!{chr(ord('A') + column)}{int(str(row['№'])) + 1}"
    sandbox.google_sheets.edit_cell(sandbox.spreadsheet_id, place, round(amount + 0.01, 2))
    return Damage(
        f"в ячейке {place} сумма стала больше на копейку",
        "sheet",
        frozenset({"edited", "value-edited", "figure-differs"}),
    )


def _row(sandbox: Sandbox) -> Damage:
    rows = journal_rows(sandbox)
    if not rows:
        raise NothingToDamageError("строки Журнала")
    last = int(str(rows[-1]["№"]))
    sandbox.google_sheets.delete_row(sandbox.spreadsheet_id, JOURNAL, last + 1)
    return Damage(f"из Журнала удалена строка № {last}", "sheet", frozenset({"missing", "moved"}))


def _note(sandbox: Sandbox) -> Damage:
    for lead in sandbox.amocrm.leads:
        for note in sandbox.amocrm.notes(lead.id):
            text = note.params.get("text", "")
            if "подтверждена" in text:
                sandbox.amocrm.add_note(lead.id, text)
                return Damage(
                    f"в сделке {lead.id} примечание о подтверждении стоит дважды",
                    "crm",
                    frozenset({"note-doubled"}),
                )
    raise NothingToDamageError("примечание о подтверждённом платеже")


def _stage(sandbox: Sandbox) -> Damage:
    for lead in sandbox.amocrm.leads:
        if lead.status_id == crm.STAGE_CONFIRMED_ID:
            sandbox.amocrm.move(lead.id, crm.STAGE_SIGNED_ID)
            return Damage(
                f"сделка {lead.id} возвращена из «Платёж подтверждён» на прежний этап",
                "crm",
                frozenset({"stage-differs"}),
            )
    raise NothingToDamageError("сделка на этапе «Платёж подтверждён»")


def _line(database: Path) -> Damage:
    with closing(sqlite3.connect(database)) as books, books:
        books.execute("DROP TRIGGER statement_lines_no_delete")
        found = books.execute("SELECT id, amount FROM statement_lines ORDER BY id").fetchone()
        if found is None:
            raise NothingToDamageError("строка выписки")
        books.execute("DELETE FROM statement_lines WHERE id = ?", found[:1])
    return Damage(
        f"из книг пропала строка выписки на {found[1] / 100:.2f}",
        "bank",
        frozenset({"line-missing"}),
    )


def _told(database: Path) -> Damage:
    with closing(sqlite3.connect(database)) as books, books:
        query = "SELECT thing, chat, text FROM cards WHERE thing LIKE 'handover:%' AND text LIKE ?"
        found = books.execute(query, ("%Посчитано%",)).fetchone()
        if found is None:
            raise NothingToDamageError("карточка принятой сдачи")
        thing, chat, text = found
        wrong = text.replace("Посчитано: <b>", "Посчитано: <b>1", 1)
        change = "UPDATE cards SET text = ? WHERE thing = ? AND chat = ?"
        books.execute(change, (wrong, thing, chat))
    return Damage(
        f"в чат {chat} о сдаче кассы сказана другая сумма", "told", frozenset({"told-differs"})
    )


def _ledger(database: Path) -> Damage:
    with closing(sqlite3.connect(database)) as books, books:
        for table in ("operations", "entries"):
            books.execute(f"DROP TRIGGER {table}_no_update")
        query = "SELECT number FROM operations WHERE kind = 'payment' ORDER BY number"
        found = books.execute(query).fetchone()
        if found is None:
            raise NothingToDamageError("оплата клиента")
        for table in ("operations", "entries"):
            change = f"UPDATE {table} SET amount = amount + 100 WHERE number = ?"  # noqa: S608 - two names above
            books.execute(change, found)
    return Damage(
        f"сумма операции № {found[0]} исправлена прямо в базе",
        "ledger",
        frozenset({"chain-broken"}),
    )


def _journal_row(sandbox: Sandbox, kind: str) -> Mapping[str, Value]:
    for row in journal_rows(sandbox):
        if row["Вид"] == kind:
            return row
    raise NothingToDamageError(f"строка Журнала «{kind}»")
