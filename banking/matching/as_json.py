"""The shapes of `match --json`: payments in, proposals out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from banking.formats.as_json import Json
from banking.matching.reasons import say
from banking.matching.records import (
    Link,
    MatchContext,
    MatchVerdict,
    OpenPayment,
    PaymentMethod,
    Proposal,
    Reason,
    ReasonCode,
    TaughtKind,
    TaughtRule,
)
from ledger.money import BadAmount, parse_amount

__all__ = ["BadInput", "MatchInput", "proposals_json", "read_input"]


@dataclass(frozen=True, slots=True)
class MatchInput:
    """Open payments and the context, as the file gave them."""

    payments: tuple[OpenPayment, ...]
    context: MatchContext


@dataclass(frozen=True, slots=True)
class BadInput:
    """The first thing in payments.json that cannot be used: where, and what is wanted there."""

    where: str
    wanted: str


def read_input(document: object) -> MatchInput | BadInput:
    """Read a parsed payments.json: `{"context": {…}, "payments": [{…}]}`."""
    if not isinstance(document, Mapping):
        return BadInput("payments.json", "объект с ключами context и payments")
    rows = document.get("payments")
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return BadInput("payments", "список платежей")
    payments: list[OpenPayment] = []
    for position, row in enumerate(rows, start=1):
        payment = _payment(row, f"payments[{position}]")
        if isinstance(payment, BadInput):
            return payment
        payments.append(payment)
    if len({one.id for one in payments}) < len(payments):
        return BadInput("payments", "разные id у всех платежей")
    given = document.get("context", {})
    if not isinstance(given, Mapping):
        return BadInput("context", "объект")
    context = _context(given)
    return context if isinstance(context, BadInput) else MatchInput(tuple(payments), context)


def proposals_json(proposals: Sequence[Proposal], documents: int = 0) -> dict[str, Json]:
    """The whole answer, one entry for every document of the statement.

    `documents` is their number; a document that could not be read gets the verdict `none`.
    """
    entries = {one.line: _proposal(one) for one in proposals}
    for line in range(1, documents + 1):
        entries.setdefault(line, _unread(line))
    return {"lines": [entries[line] for line in sorted(entries)]}


def _payment(row: object, where: str) -> OpenPayment | BadInput:
    if not isinstance(row, Mapping):
        return BadInput(where, "объект")

    def text(key: str) -> str:
        value = row.get(key)
        return "" if value is None else str(value).strip()

    amount = parse_amount(text("amount"))
    if isinstance(amount, BadAmount):
        return BadInput(f"{where}.amount", "сумма больше нуля, например 15000.00")
    if text("method") not in {one.value for one in PaymentMethod}:
        return BadInput(f"{where}.method", ", ".join(one.value for one in PaymentMethod))
    try:
        expected_on = date.fromisoformat(text("expected_on"))
    except ValueError:
        return BadInput(f"{where}.expected_on", "день ГГГГ-ММ-ДД")
    if not text("id") or not text("deal_id"):
        return BadInput(where, "непустые id и deal_id")
    return OpenPayment(
        id=text("id"),
        deal_id=text("deal_id"),
        contract_no=text("contract_no"),
        client=text("client"),
        client_inn=text("client_inn") or None,
        invoice_no=text("invoice_no") or None,
        amount=amount,
        method=PaymentMethod(text("method")),
        expected_on=expected_on,
        salon=text("salon"),
        client_key=text("client_key"),
    )


def _context(given: Mapping[object, object]) -> MatchContext | BadInput:
    taught = [_taught(row) for row in _rows(given.get("taught"))]
    rules = tuple(one for one in taught if one is not None)
    if len(rules) < len(taught):
        return BadInput("context.taught", "правила с id, kind (payer, wording), pattern и target")
    try:
        days_off = frozenset(date.fromisoformat(one) for one in _texts(given.get("days_off")))
    except ValueError:
        return BadInput("context.days_off", "дни ГГГГ-ММ-ДД")
    merchants = given.get("merchants")
    pairs = merchants.items() if isinstance(merchants, Mapping) else ()
    return MatchContext(
        own_inn=str(given.get("own_inn") or ""),
        own_accounts=frozenset(_texts(given.get("own_accounts"))),
        merchants={str(number): str(salon) for number, salon in pairs},
        closed_contracts=frozenset(_texts(given.get("closed_contracts"))),
        taught=rules,
        days_off=days_off,
    )


def _taught(row: object) -> TaughtRule | None:
    if not isinstance(row, Mapping):
        return None
    number, kind = str(row.get("id", "")), str(row.get("kind", ""))
    pattern, target = str(row.get("pattern") or ""), str(row.get("target") or "")
    is_whole = number.isdecimal() and kind in {one.value for one in TaughtKind}
    if not is_whole or not pattern or not target:
        return None
    return TaughtRule(int(number), TaughtKind(kind), pattern, target)


def _rows(value: object) -> list[object]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _texts(value: object) -> list[str]:
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return [str(one) for one in value] if is_list and isinstance(value, Sequence) else []


def _proposal(one: Proposal) -> dict[str, Json]:
    return {
        "line": one.line,
        "verdict": one.verdict.value,
        "links": _links(one.links),
        "fee": one.fee.plain,
        "reasons": _reasons(one.reasons),
        "codes": [reason.code.value for reason in one.reasons],
        "article": one.article,
        "rules": list(one.rules),
        "alternatives": [
            {"links": _links(other.links), "reasons": _reasons(other.reasons)}
            for other in one.alternatives
        ],
    }


def _unread(line: int) -> dict[str, Json]:
    reason = Reason(ReasonCode.UNREAD)
    return {
        "line": line,
        "verdict": MatchVerdict.NONE.value,
        "links": [],
        "fee": "0.00",
        "reasons": _reasons([reason]),
        "codes": [reason.code.value],
        "article": None,
        "rules": [],
        "alternatives": [],
    }


def _links(links: Sequence[Link]) -> list[Json]:
    return [{"payment": link.payment, "amount": link.amount.plain} for link in links]


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [say(reason) for reason in reasons]
