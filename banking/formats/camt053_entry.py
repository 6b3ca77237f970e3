"""One Ntry of camt.053: a movement, the payment in it, or the payments of a batch.

BookgDt, else ValDt             day
CdtDbtInd                       CRDT in, DBIT out; with RvslInd it is the way of the reversal itself
RltdPties/Dbtr or Cdtr          the other side; version 08 has one more Pty inside
Refs/EndToEndId, InstrId        number
RmtInf/Ustrd, Strd, AddtlNtryInf    purpose
AcctSvcrRef                     the bank's own reference
"""

from collections.abc import Iterator
from dataclasses import dataclass

from banking.formats.pages import Entry
from banking.formats.records import Detail, Direction, Problem, ProblemCode
from banking.formats.values import (
    clean_account,
    clean_inn,
    clean_text,
    currency_named,
    parse_day,
    parse_exact,
)
from banking.formats.wording import problem
from banking.formats.xml_tree import Node
from ledger.money import BadAmount, Currency, Money

__all__ = ["Booked", "read_entry"]

DETAILS_MAX = 1000
_DIRECTIONS = {"CRDT": Direction.IN, "DBIT": Direction.OUT}
_NO_REFERENCE = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", ""}
_OTHER = {Direction.IN: "Dbtr", Direction.OUT: "Cdtr"}


@dataclass(frozen=True, slots=True)
class Booked:
    """A Ntry, its number among the movements of the file, and the currency of the account."""

    node: Node
    line: int
    currency: Currency


def read_entry(booked: Booked) -> Entry | Problem:
    """Read a Ntry. Left out, in this order: bad amount, zero amount, no direction, no date."""
    node, label = booked.node, f"{booked.line}-я в файле"
    amount_node = node.at("Amt")
    text = amount_node.text(".") if amount_node else ""
    code = amount_node.attribute("Ccy") if amount_node else ""
    amount = parse_exact(text, booked.currency)
    if isinstance(amount, BadAmount) or (code and currency_named(code) is not booked.currency):
        return problem(node.line, ProblemCode.BAD_AMOUNT, f"{text} {code}".strip(), label)
    if not amount.minor:
        return problem(node.line, ProblemCode.ZERO_AMOUNT, document=label)
    direction = _DIRECTIONS.get(node.text("CdtDbtInd"))
    if direction is None:
        return problem(node.line, ProblemCode.DIRECTION_UNKNOWN, document=label)
    day_text = node.text("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    day = parse_day(day_text)
    if day is None:
        code_of = ProblemCode.BAD_DATE if day_text else ProblemCode.NO_DATE
        return problem(node.line, code_of, day_text, label)
    transactions = [payment for part in node.all("NtryDtls") for payment in part.all("TxDtls")]
    known = [
        _transaction(payment, direction, booked.currency) for payment in transactions[:DETAILS_MAX]
    ]
    only = known[0] if len(known) == 1 else _batch(known)
    return Entry(
        line=booked.line,
        direction=direction,
        day=day,
        amount=amount,
        number=only.detail.number,
        counterparty=only.detail.counterparty,
        inn=only.inn,
        counterparty_account=only.detail.counterparty_account,
        purpose=only.detail.purpose or clean_text(node.text("AddtlNtryInf")),
        document_type=_kind(node),
        bank_reference=clean_text(node.text("AcctSvcrRef")) or only.bank_reference or None,
        details=tuple(one.detail for one in known) if len(known) > 1 else (),
    )


@dataclass(frozen=True, slots=True)
class _Transaction:
    detail: Detail
    inn: str | None = None
    bank_reference: str = ""


def _batch(known: list[_Transaction]) -> _Transaction:
    """What the line of a batch says for itself: all purposes, and the payer when there is one."""
    purposes = dict.fromkeys(one.detail.purpose for one in known if one.detail.purpose)
    names = {(one.detail.counterparty, one.detail.counterparty_account) for one in known}
    name, account = names.pop() if len(names) == 1 else ("", "")
    return _Transaction(Detail(None, "", name, account, "; ".join(purposes)))


def _transaction(payment: Node, direction: Direction, currency: Currency) -> _Transaction:
    side = _OTHER[direction]
    party = f"RltdPties/{side}"
    references = (payment.text(f"Refs/{name}") for name in ("EndToEndId", "InstrId", "PmtInfId"))
    number = next((one for one in references if one.upper() not in _NO_REFERENCE), "")
    account = payment.text(f"{party}Acct/Id/IBAN", f"{party}Acct/Id/Othr/Id")
    name = payment.text(f"{party}/Nm", f"{party}/Pty/Nm", f"RltdAgts/{side}Agt/FinInstnId/Nm")
    detail = Detail(
        amount=_amount(payment, currency),
        number=clean_text(number),
        counterparty=clean_text(name),
        counterparty_account=clean_account(account),
        purpose=clean_text(" ".join(_purpose(payment))),
    )
    return _Transaction(detail, _inn(payment, party), clean_text(payment.text("Refs/AcctSvcrRef")))


def _amount(payment: Node, currency: Currency) -> Money | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        node = payment.at(path)
        if node and currency_named(node.attribute("Ccy")) is currency:
            amount = parse_exact(node.text("."), currency)
            return None if isinstance(amount, BadAmount) else amount
    return None


def _inn(payment: Node, party: str) -> str | None:
    for holder in (party, f"{party}/Pty"):
        for kind in ("OrgId", "PrvtId"):
            node = payment.at(f"{holder}/Id/{kind}")
            others = node.all("Othr") if node else iter(())
            for other in others:
                inn = clean_inn(other.text("Id"))
                if inn:
                    return inn
    return None


def _purpose(payment: Node) -> Iterator[str]:
    about = payment.at("RmtInf")
    if about is not None:
        for line in about.all("Ustrd"):
            yield line.text(".")
        for structured in about.all("Strd"):
            yield structured.text("CdtrRefInf/Ref")
            yield structured.text("RfrdDocInf/Nb")
            yield structured.text("AddtlRmtInf")
    yield payment.text("AddtlTxInf")


def _kind(node: Node) -> str:
    parts = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    codes = [code for part in parts if (code := node.text(f"BkTxCd/{part}"))]
    return "/".join(codes) or clean_text(node.text("BkTxCd/Prtry/Cd"))
