"""camt.053 statements, versions 02 to 08 and later: bytes in, a StatementFile out.

Stmt/Acct/Id/IBAN, Acct/Id/Othr/Id      account
Bal OPBD or PRCD, Bal CLBD              opening and closing; CdtDbtInd DBIT is below zero
Ntry with Sts BOOK                      one movement, whatever it holds: a batch is one line, its
                                        TxDtls are the line's details
TxsSummry                               stated turnovers and number of entries

Refused, in this order: a DOCTYPE, XML that is not whole, no statement inside.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from banking.formats.camt053_entry import Booked, read_entry
from banking.formats.charset import head_of
from banking.formats.pages import Entry, Frame, Page, assemble, refuse
from banking.formats.records import Problem, ProblemCode, StatementFile
from banking.formats.sections import Section
from banking.formats.values import (
    clean_account,
    clean_text,
    currency_named,
    currency_of,
    parse_day,
    parse_exact,
)
from banking.formats.wording import problem
from banking.formats.xml_tree import BadXml, Node, parse_xml
from ledger.money import BadAmount, Currency, Money

__all__ = ["FORMAT", "looks_like_camt053", "read_camt053"]

FORMAT = "camt053"
_MARK = re.compile(rb"BkToCstmrStmt|camt\.053")
_VERSION = re.compile(r"camt\.053\.[0-9]{3}\.[0-9]{2}")
_OPENINGS, _CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)
_BOOKED = {"BOOK", ""}


def looks_like_camt053(data: bytes) -> bool:
    """Whether this is XML whose first elements name a statement to a customer."""
    head = head_of(data).lstrip()
    return head.startswith(b"<") and bool(_MARK.search(head))


def read_camt053(name: str, data: bytes, own_accounts: Collection[str] = ()) -> StatementFile:
    """Read one camt.053 file; never raises, what cannot be read is a problem in the result."""
    document = parse_xml(data)
    frame = Frame(name, FORMAT)
    if document is BadXml.ENTITIES:
        return refuse(frame, problem(0, ProblemCode.XML_ENTITIES))
    if isinstance(document, BadXml):
        return refuse(frame, problem(0, ProblemCode.TRUNCATED, "конца документа XML"))
    messages = document.root.everywhere("BkToCstmrStmt")
    statements = [stmt for message in messages for stmt in message.all("Stmt")]
    found = _VERSION.search(document.namespace)
    frame = replace(
        frame,
        version=found[0] if found else None,
        encoding=_encoding(data),
        sender=_sender(statements),
    )
    if not statements:
        return refuse(frame, problem(0, ProblemCode.NOTHING_INSIDE))
    reader = _Reader([])
    pages = [page for stmt in statements if (page := reader.page(stmt))]
    return assemble(replace(frame, documents=reader.lines), pages, reader.problems, own_accounts)


def _encoding(data: bytes) -> str:
    found = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,20})", head_of(data))
    return found[1].decode().lower() if found else "utf-8"


def _sender(statements: list[Node]) -> str | None:
    names = (
        stmt.text(
            "Acct/Svcr/FinInstnId/Nm", "Acct/Svcr/FinInstnId/BICFI", "Acct/Svcr/FinInstnId/BIC"
        )
        for stmt in statements
    )
    return next((clean_text(one) for one in names if one), None)


@dataclass(slots=True)
class _Reader:
    problems: list[Problem]
    lines: int = 0

    def page(self, stmt: Node) -> Page | None:
        """One Stmt; None when its account or currency cannot be told."""
        account = clean_account(stmt.text("Acct/Id/IBAN", "Acct/Id/Othr/Id"))
        nodes = list(stmt.all("Ntry"))
        if not account or not account.isascii():
            self.problems.append(problem(stmt.line, ProblemCode.SECTION_WITHOUT_ACCOUNT))
            self.lines += len(nodes)
            return None
        code = _currency_code(stmt)
        currency = currency_named(code) if code else currency_of(account)
        if currency is None:
            fact = (f"{account} ({code})", "операции: ничего")
            self.problems.append(problem(stmt.line, ProblemCode.CURRENCY_UNKNOWN, *fact))
            self.lines += len(nodes)
            return None
        entries = self._entries(nodes, currency)
        self._count(stmt, account, len(nodes))
        section = self._section(stmt, account, currency)
        return Page(section, currency, tuple(entries), stmt.text("Id"), _begins(stmt, section))

    def _entries(self, nodes: list[Node], currency: Currency) -> list[Entry]:
        entries: list[Entry] = []
        for node in nodes:
            self.lines += 1
            status = node.text("Sts/Cd", "Sts").upper()
            label = f"{self.lines}-я в файле"
            if status not in _BOOKED:
                self.problems.append(problem(node.line, ProblemCode.NOT_BOOKED, status, label))
                continue
            read = read_entry(Booked(node, self.lines, currency))
            if isinstance(read, Problem):
                self.problems.append(read)
            else:
                entries.append(read)
        return entries

    def _section(self, stmt: Node, account: str, currency: Currency) -> Section:
        opening, closing = _balance_node(stmt, _OPENINGS), _balance_node(stmt, _CLOSINGS)
        for node, which in ((opening, "на начало"), (closing, "на конец")):
            if node is None:
                self.problems.append(
                    problem(stmt.line, ProblemCode.BALANCE_MISSING, account, which)
                )
        return Section(
            account=account,
            start=parse_day(opening.text("Dt/Dt", "Dt/DtTm")) if opening else None,
            end=parse_day(closing.text("Dt/Dt", "Dt/DtTm")) if closing else None,
            opening=self._balance(opening, currency),
            credited=self._turnover(stmt.at("TxsSummry/TtlCdtNtries"), currency),
            debited=self._turnover(stmt.at("TxsSummry/TtlDbtNtries"), currency),
            closing=self._balance(closing, currency),
        )

    def _balance(self, node: Node | None, currency: Currency) -> Money | None:
        amount_node = node.at("Amt") if node else None
        if node is None or amount_node is None:
            return None
        text, code = amount_node.text("."), amount_node.attribute("Ccy")
        amount = parse_exact(text, currency)
        sign = node.text("CdtDbtInd")
        is_odd = sign not in {"CRDT", "DBIT"} or (code and currency_named(code) is not currency)
        if isinstance(amount, BadAmount) or is_odd:
            fact = f"{text} {code} {sign}".strip()
            self.problems.append(problem(node.line, ProblemCode.BAD_BALANCE, fact))
        if isinstance(amount, BadAmount):
            return None
        return -amount if sign == "DBIT" else amount

    def _turnover(self, node: Node | None, currency: Currency) -> Money | None:
        text = node.text("Sum") if node else ""
        if node is None or not text:
            return None
        amount = parse_exact(text, currency)
        if isinstance(amount, BadAmount):
            self.problems.append(problem(node.line, ProblemCode.BAD_BALANCE, text))
            return None
        return amount

    def _count(self, stmt: Node, account: str, found: int) -> None:
        stated = stmt.text("TxsSummry/TtlNtries/NbOfNtries")
        if stated.isascii() and stated.isdigit() and int(stated[:9]) != found:
            told = f"{stated[:9]}, а в файле их {found}"
            self.problems.append(problem(stmt.line, ProblemCode.COUNT_DIFFERS, account, told))


def _begins(stmt: Node, section: Section) -> date | None:
    """The first day of the period, unless it cannot be: before the opening, after the closing."""
    begins = parse_day(stmt.text("FrToDt/FrDt", "FrToDt/FrDtTm"))
    earliest, latest = section.start or date.min, section.end or date.max
    return begins if begins and earliest <= begins <= latest else None


def _currency_code(stmt: Node) -> str:
    amounts = [
        node.at("Amt")
        for node in (
            *(_balance_node(stmt, _OPENINGS), _balance_node(stmt, _CLOSINGS)),
            *stmt.all("Ntry"),
        )
        if node
    ]
    codes = [stmt.text("Acct/Ccy"), *(one.attribute("Ccy") for one in amounts if one)]
    return next((code for code in codes if code), "")


def _balance_node(stmt: Node, kinds: tuple[str, ...]) -> Node | None:
    """The first balance of the first of these kinds that is there."""
    balances = {node.text("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry"): node for node in _last(stmt)}
    return next((balances[kind] for kind in kinds if kind in balances), None)


def _last(stmt: Node) -> list[Node]:
    # Turned round, so that the first of two balances of one kind is kept.
    return list(stmt.all("Bal"))[::-1]
