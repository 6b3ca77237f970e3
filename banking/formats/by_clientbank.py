"""The Belarus client-bank text of Priorbank, Alfa-Bank and others: bytes in, a StatementFile out.

***** ^Type=4^ ^Acc=BY34ALFA…^  -  Выписка      a statement of this account begins
^RestIn=3000.00^                                opening; also DebIn and CrIn, InDebQ and InCreQ
^DocDate=10.06.2026^                            a document begins
^Db=0.00^ ^Credit=1840.00^                      which way and how much; DebQ, CreQ in its currency
^DB=540.00^ ^CR=5890.00^                        turnovers; capital letters tell them from the above
^RestOut=8350.00^                               closing; also DebOut and CrOut, OutDebQ and OutCreQ
########                                        the end

Refused: damaged structure, nothing inside, no end. Names of keys are compared as they are written.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from banking.formats.charset import decode_text, head_of
from banking.formats.pages import Entry, Frame, Page, assemble, refuse
from banking.formats.records import Direction, Problem, ProblemCode, StatementFile
from banking.formats.sections import Section
from banking.formats.values import (
    clean_account,
    clean_name,
    clean_text,
    clean_unp,
    currency_named,
    parse_day,
    parse_exact,
)
from banking.formats.wording import problem
from ledger.money import BadAmount, Currency, Money

__all__ = ["FORMAT", "looks_like_by_clientbank", "read_by_clientbank"]

FORMAT = "by-clientbank"
VALUE_CHARS_MAX = 10_000
PURPOSE_WIDTH = 250
_START = re.compile(rb"\s*\*{5}[^\r\n]*\^Type=")
_HEAD = re.compile(r"\*{5}.*\^Type=")
_FIELD = re.compile(r"\^([^\s^=]{1,40})=([^^]*)(\^|$)")
_END = "#####"
_DOCUMENT = "DocDate"
# Keys of the account, which end the document before them.
_OF_ACCOUNT = frozenset(
    (
        *("RestIn", "RestOut", "DebIn", "CrIn", "DebOut", "CrOut", "DB", "CR"),
        *("InDeb", "InCre", "OutDeb", "OutCre", "InDebQ", "InCreQ", "OutDebQ", "OutCreQ"),
        *("DebV", "CreV", "DebVQ", "CreVQ", "DateIn", "DateOut", "I3", "I4", "C3"),
    )
)
_OPENINGS = frozenset({"RestIn", "CrIn", "InCreQ", "InCre"})
_CLOSINGS = frozenset({"RestOut", "CrOut", "OutCreQ", "OutCre"})


def looks_like_by_clientbank(data: bytes) -> bool:
    """Whether the file begins with stars and a type, in any one-byte encoding."""
    return bool(_START.match(head_of(data)))


def read_by_clientbank(
    name: str, data: bytes, own_accounts: Collection[str] = ()
) -> StatementFile:
    """Read one file; never raises, what cannot be read is a problem in the result."""
    decoded = decode_text(data)
    sheets, damage = _sheets(decoded.text)
    senders = (sheet.fields.get("MyBankName", "") for sheet in sheets)
    frame = Frame(
        name,
        FORMAT,
        version=sheets[0].type if sheets else None,
        encoding=decoded.encoding,
        sender=next((clean_text(one) for one in senders if one), None),
        documents=sum(len(sheet.documents) for sheet in sheets),
    )
    if damage:
        what = f"строка {damage} не закончена или не на своём месте"
        return refuse(frame, problem(damage, ProblemCode.STRUCTURE_DAMAGED, what))
    if any(not sheet.ended and not _CLOSINGS & sheet.fields.keys() for sheet in sheets):
        return refuse(frame, problem(0, ProblemCode.TRUNCATED, "конца («#####»)"))
    used = [sheet for sheet in sheets if sheet.documents or _OPENINGS & sheet.fields.keys()]
    reader = _Reader([])
    pages = [page for sheet in used if (page := reader.page(sheet))]
    if decoded.letters_lost:
        lost = str(decoded.letters_lost)
        reader.problems.append(problem(0, ProblemCode.DAMAGED_TEXT, lost))
    return assemble(frame, pages, reader.problems, own_accounts)


@dataclass(slots=True)
class _Document:
    line: int
    position: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    line: int
    type: str = ""
    account: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    documents: list[_Document] = field(default_factory=list)
    ended: bool = False


def _sheets(text: str) -> tuple[list[_Sheet], int]:
    """Cut the text into statements; second: the line where the structure breaks, else 0."""
    cutter = _Cutter()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, raw in enumerate(lines, start=1):
        line = raw.strip(" \t\x00\x1a\ufeff")
        if not cutter.take(number, line):
            return cutter.sheets, number
    return cutter.sheets, 0


@dataclass(slots=True)
class _Cutter:
    sheets: list[_Sheet] = field(default_factory=list)
    into: dict[str, str] = field(default_factory=dict)
    last_key: str = ""
    position: int = 0

    def take(self, number: int, line: str) -> bool:
        """Take one line in; False when it cannot stand where it stands."""
        if _HEAD.match(line):
            found = {key: value for key, value, _ in _FIELD.findall(line)}
            account = clean_account(found.get("Acc", ""))
            self.sheets.append(_Sheet(number, found.get("Type", ""), account))
            self.into = self.sheets[-1].fields
        elif not line or not self.sheets or line.startswith("["):
            return True
        elif line.startswith(_END):
            self.sheets[-1].ended = True
        elif line.startswith("^"):
            fields = _FIELD.findall(line)
            for key, value, _ in fields:
                self._put(number, key, value.strip())
            return bool(fields) and not self.sheets[-1].ended
        elif self.last_key in self.into and len(self.into[self.last_key]) < VALUE_CHARS_MAX:
            self.into[self.last_key] += " " + line.rstrip("^")
        return True

    def _put(self, number: int, key: str, value: str) -> None:
        sheet = self.sheets[-1]
        if key == _DOCUMENT:
            self.position += 1
            sheet.documents.append(_Document(number, self.position))
            self.into = sheet.documents[-1].fields
        elif key in _OF_ACCOUNT:
            if key in _OPENINGS and key in sheet.fields:
                # A second period of the account in one statement.
                sheet = replace(sheet, line=number, fields={}, documents=[])
                self.sheets.append(sheet)
            self.into = sheet.fields
        self.into.setdefault(key, value)
        self.last_key = key


@dataclass(slots=True)
class _Reader:
    problems: list[Problem]

    def page(self, sheet: _Sheet) -> Page | None:
        """The page of one statement; None when its account or currency cannot be told."""
        fields = sheet.fields
        if not sheet.account:
            self.problems.append(problem(sheet.line, ProblemCode.SECTION_WITHOUT_ACCOUNT))
            return None
        code = next((fields[key] for key in ("I1", "I4", "I3") if fields.get(key)), "BYN")
        currency = currency_named(code)
        if currency is None:
            fact = (f"{sheet.account} ({code})", "операции: ничего")
            self.problems.append(problem(sheet.line, ProblemCode.CURRENCY_UNKNOWN, *fact))
            return None
        in_currency = "Q" if currency is not Currency.BYN else ""
        sums = _Sums(self.problems, sheet, currency)
        section = Section(
            account=sheet.account,
            start=_day(fields, "DateBegin", "Date1", "DateIn"),
            end=_day(fields, "DateEnd", "DateOut", "Date2", "DateStmp"),
            opening=sums.balance("RestIn", ("CrIn", "DebIn"), f"InCre{in_currency}", "на начало"),
            credited=sums.turnover("CR", f"CreV{in_currency}"),
            debited=sums.turnover("DB", f"DebV{in_currency}"),
            closing=sums.balance(
                "RestOut", ("CrOut", "DebOut"), f"OutCre{in_currency}", "на конец"
            ),
        )
        read = [_entry(document, currency, section) for document in sheet.documents]
        self.problems.extend(one for one in read if isinstance(one, Problem))
        entries = tuple(one for one in read if isinstance(one, Entry))
        return Page(section, currency, entries, sheet.type, section.start)


@dataclass(frozen=True, slots=True)
class _Sums:
    problems: list[Problem]
    sheet: _Sheet
    currency: Currency

    def balance(self, plain: str, pair: tuple[str, str], active: str, which: str) -> Money | None:
        """A signed balance, or what the account holds less what it owes; None: not given."""
        passive = active.replace("Cre", "Deb")
        for ours, owed in ((plain, ""), pair, (active, passive)):
            if self.sheet.fields.get(ours):
                held, owing = self._money(ours), self._money(owed)
                return held and owing and held - owing
        missing = problem(self.sheet.line, ProblemCode.BALANCE_MISSING, self.sheet.account, which)
        self.problems.append(missing)
        return None

    def turnover(self, *keys: str) -> Money | None:
        """The first of these turnovers that is given."""
        return next((self._money(key) for key in keys if self.sheet.fields.get(key)), None)

    def _money(self, key: str) -> Money | None:
        text = self.sheet.fields.get(key) or "0"
        below = text.startswith("-")
        amount = parse_exact(text.removeprefix("-"), self.currency)
        if isinstance(amount, BadAmount):
            self.problems.append(
                problem(self.sheet.line, ProblemCode.BAD_BALANCE, f"{key}={text}")
            )
            return None
        return -amount if below else amount


def _entry(document: _Document, currency: Currency, section: Section) -> Entry | Problem:
    fields = document.fields
    label = f"№ {fields.get('Num') or '?'} ({document.position}-й в файле)"
    has_own = "CreQ" in fields and currency is not Currency.BYN
    keys = (
        ("CreQ", "DebQ") if has_own else ("Credit", "Db") if "Credit" in fields else ("Cre", "Deb")
    )
    came, went = (parse_exact(fields.get(key) or "0", currency) for key in keys)
    shown = " / ".join(fields.get(key, "") for key in keys)
    if isinstance(came, BadAmount) or isinstance(went, BadAmount) or (came.minor and went.minor):
        return problem(document.line, ProblemCode.BAD_AMOUNT, shown, label)
    if keys[0] not in fields and keys[1] not in fields:
        return problem(document.line, ProblemCode.BAD_AMOUNT, shown, label)
    if not came.minor and not went.minor:
        return problem(document.line, ProblemCode.ZERO_AMOUNT, document=label)
    day = _booked(fields, section)
    if day is None:
        return problem(document.line, ProblemCode.BAD_DATE, fields.get(_DOCUMENT, ""), label)
    return Entry(
        line=document.position,
        direction=Direction.IN if came.minor else Direction.OUT,
        day=day,
        amount=came if came.minor else went,
        number=clean_text(fields.get("Num", "")),
        counterparty=clean_name(fields.get("KorName", "")),
        inn=clean_unp(fields.get("KorUNP") or fields.get("UNNRec") or fields.get("KorUNN", "")),
        counterparty_account=clean_account(fields.get("Acc", "")),
        purpose=_purpose(fields),
        document_type=clean_text(fields.get("Opr", "")),
        bank_reference=clean_text(fields.get("OperationID") or fields.get("DocID", "")) or None,
    )


def _booked(fields: dict[str, str], section: Section) -> date | None:
    """The day the bank booked it; a booking of the evening before belongs to the period's day."""
    document_day, booked = (parse_day(fields.get(key, "")) for key in (_DOCUMENT, "OpDate"))
    if booked and document_day and section.start and section.end:
        return booked if section.start <= booked <= section.end else document_day
    return booked or document_day


def _purpose(fields: dict[str, str]) -> str:
    parts = [fields.get("Nazn", ""), *(fields.get(f"Nazn{number}", "") for number in range(2, 6))]
    whole = ""
    for part in parts:
        # The first part is cut at 250 characters, in the middle of a word.
        is_cut = len(whole) >= PURPOSE_WIDTH
        whole = whole + part if is_cut or not part else f"{whole} {part}"
    return clean_text(whole)


def _day(fields: dict[str, str], *keys: str) -> date | None:
    return _first(parse_day(fields.get(key, "")) for key in keys)


def _first(days: Iterable[date | None]) -> date | None:
    return next((day for day in days if day), None)
