"""The `statement --json` document: keys may be added, never renamed or removed."""

from collections.abc import Sequence
from datetime import date

from banking.formats.records import (
    AccountSummary,
    Control,
    Detail,
    Problem,
    StatementFile,
    StatementLine,
)
from ledger.money import Money

__all__ = ["Json", "statement_json", "statements_json"]

Json = str | int | bool | None | Sequence["Json"] | dict[str, "Json"]


def statements_json(files: Sequence[StatementFile]) -> dict[str, Json]:
    """The whole document for several files."""
    return {"files": [statement_json(file) for file in files]}


def statement_json(file: StatementFile) -> dict[str, Json]:
    """One file; amounts are plain strings, days are YYYY-MM-DD, what is not given is null."""
    return {
        "file": file.file,
        "format": file.format,
        "version": file.version,
        "encoding": file.encoding,
        "sender": file.sender,
        "accounts": [_account(one) for one in file.accounts],
        "documents": file.documents,
        "lines": [_line(line) for line in file.lines],
        "controls": [_control(control) for control in file.controls],
        "problems": [_problem(problem) for problem in file.problems],
        "verdict": file.verdict.value,
    }


def _account(one: AccountSummary) -> dict[str, Json]:
    return {
        "account": one.account or None,
        "currency": one.documents_in.currency.value,
        "opening": _money(one.opening),
        "closing": _money(one.closing),
        "credited": _money(one.credited),
        "debited": _money(one.debited),
        "documents_in": _money(one.documents_in),
        "documents_out": _money(one.documents_out),
        "from": _day(one.first_day),
        "to": _day(one.last_day),
    }


def _line(line: StatementLine) -> dict[str, Json]:
    return {
        "line": line.line,
        "account": line.account or None,
        "direction": line.direction.value,
        "date": _day(line.day),
        "amount": line.amount.plain,
        "number": line.number,
        "counterparty": line.counterparty,
        "inn": line.inn,
        "counterparty_account": line.counterparty_account,
        "purpose": line.purpose,
        "type": line.document_type,
        "bank_reference": line.bank_reference,
        "details": [_detail(detail) for detail in line.details],
        "identity": line.identity,
        "identity_version": line.identity_version,
    }


def _detail(detail: Detail) -> dict[str, Json]:
    return {
        "amount": _money(detail.amount),
        "number": detail.number,
        "counterparty": detail.counterparty,
        "counterparty_account": detail.counterparty_account,
        "purpose": detail.purpose,
    }


def _control(control: Control) -> dict[str, Json]:
    return {
        "name": control.name.value,
        "account": control.account or None,
        "day": _day(control.day),
        "direction": control.direction.value if control.direction else None,
        "ok": control.ok,
        "difference": control.difference.plain,
    }


def _problem(one: Problem) -> dict[str, Json]:
    return {"line": one.line, "code": one.code.value, "text": one.text}


def _money(amount: Money | None) -> str | None:
    return amount.plain if amount else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
