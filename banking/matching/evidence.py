"""Weighs one deal against one line: every piece of evidence has a name, facts and a weight.

The weights only order readings of the same line; whether a line may be booked by itself is
decided by named rules in `match.py`, never by a sum of weights.
"""

from dataclasses import dataclass
from enum import IntEnum

from banking.formats.records import StatementLine
from banking.matching.book import Book, Deal, is_bank_account
from banking.matching.folding import lower
from banking.matching.names import Name, full_names_in, parse_name, short_names_in
from banking.matching.numbers import Found, NumberKind
from banking.matching.plans import Fit, Plan, plan
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod, Reason, ReasonCode
from banking.matching.words import Table
from ledger.money import Money

__all__ = ["Facts", "Payer", "Reading", "explain", "read_facts", "weigh"]


class Payer(IntEnum):
    """How the payer compares with the deal's client, best last."""

    OTHER_INN = -2
    OTHER_NAME = -1
    UNKNOWN = 0
    SHORT_NAME = 1
    SAME_COMPANY = 2  # by name alone: companies share names
    SAME_PERSON = 3  # surname, first name and patronymic
    SAME_ACCOUNT = 4
    SAME_INN = 5
    TAUGHT = 6  # the accountant said so


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line says, read once."""

    line: StatementLine
    found: tuple[Found, ...]
    names: tuple[Name, ...]
    short_names: tuple[tuple[str, str, str], ...]
    payer: Name | None
    is_instant: bool

    def numbers(self, kind: NumberKind) -> set[str]:
        """The known numbers of this kind in the purpose."""
        return {one.number for one in self.found if one.kind is kind}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the line: these deals, these links, for these reasons."""

    deals: frozenset[str]
    plan: Plan
    payer: Payer
    has_contract: bool
    has_invoice: bool
    is_near_day: bool
    is_price_point: bool
    amount_minor: int
    inn: str
    weight: int
    numbers: tuple[Reason, ...]
    told: tuple[Reason, ...] = ()  # reasons that `explain` need not find

    @property
    def has_number(self) -> bool:
        """Whether the text names the deal."""
        return self.has_contract or self.has_invoice

    @property
    def has_evidence(self) -> bool:
        """Whether anything but the sum points to the deal."""
        return self.has_hint or self.payer > Payer.UNKNOWN or len(self.deals) > 1

    @property
    def has_hint(self) -> bool:
        """Whether a number of the deal is there, be it a short one that needs a witness."""
        return bool(self.numbers)


# A contract outweighs an invoice, a number outweighs a payer, a payer outweighs a day.
_NUMBERS = {
    ReasonCode.CONTRACT_NUMBER: 50,
    ReasonCode.INVOICE_NUMBER: 40,
    ReasonCode.NUMBER_UNSURE: 15,
}
_PAYER = {
    Payer.OTHER_INN: -20,
    Payer.OTHER_NAME: -12,
    Payer.UNKNOWN: 0,
    Payer.SHORT_NAME: 18,
    Payer.SAME_COMPANY: 30,
    Payer.SAME_PERSON: 30,
    Payer.SAME_ACCOUNT: 33,
    Payer.SAME_INN: 36,
    Payer.TAUGHT: 38,
}
_FIT = {Fit.EXACT: 40, Fit.SUM: 36, Fit.NEAR: 16, Fit.OVER: 12, Fit.PART: 6, Fit.FAR_OVER: 0}
_METHOD = 2
_FAR_DAY = -8
# A client pays some days early or some weeks late; outside it the day speaks against the deal.
_EARLY_DAYS_MAX, _LATE_DAYS_MAX = 10, 30

_PAYER_REASONS = {
    Payer.OTHER_INN: ReasonCode.OTHER_INN,
    Payer.OTHER_NAME: ReasonCode.OTHER_NAME,
    Payer.SHORT_NAME: ReasonCode.SHORT_NAME,
    Payer.SAME_COMPANY: ReasonCode.SAME_NAME,
    Payer.SAME_PERSON: ReasonCode.SAME_NAME,
    Payer.SAME_ACCOUNT: ReasonCode.SAME_ACCOUNT,
    Payer.SAME_INN: ReasonCode.SAME_INN,
    Payer.TAUGHT: ReasonCode.TAUGHT_PAYER,
}
_FIT_REASONS = {
    Fit.EXACT: ReasonCode.AMOUNT_EQUAL,
    Fit.SUM: ReasonCode.AMOUNT_IS_SUM,
    Fit.NEAR: ReasonCode.AMOUNT_NEAR,
    Fit.OVER: ReasonCode.AMOUNT_OVER,
    Fit.PART: ReasonCode.AMOUNT_PART,
    Fit.FAR_OVER: ReasonCode.AMOUNT_OVER,
}


def read_facts(line: StatementLine, book: Book, context: MatchContext) -> Facts:
    """Numbers and names in the line, found once."""
    text = lower(f"{line.purpose} {line.counterparty}")
    payer = _payer_name(line, context)
    names = [name for name in full_names_in(line.purpose) if name in book.by_name]
    return Facts(
        line=line,
        found=tuple(book.numbers.find(line.purpose)),
        names=tuple(dict.fromkeys([*([payer] if payer else []), *names])),
        short_names=tuple(short_names_in(f"{line.counterparty}; {line.purpose}")),
        payer=payer,
        is_instant=context.words.says(Table.INSTANT, text),
    )


def weigh(facts: Facts, deal: Deal, book: Book) -> Reading | None:
    """How well the line pays this deal.

    None when the deal owes nothing it could pay, and when, without a number, only a part of a
    debt of another season or a sum far over the debt would fit.
    """
    way = plan(deal.payments, book.owed, facts.line.amount.minor)
    if way is None:
        return None
    paid = [one for one in deal.payments if any(one.id == linked for linked, _ in way.links)]
    is_near = _is_near_day(facts, paid)
    numbers = _numbers(facts, deal) if facts.found else []
    if not numbers and (way.fit is Fit.FAR_OVER or (way.fit is Fit.PART and not is_near)):
        return None
    payer = _payer(facts, deal, book)
    codes = {reason.code for reason in numbers}
    weight = (
        _PAYER[payer]
        + _FIT[way.fit]
        + (0 if is_near else _FAR_DAY)
        + _method_weight(facts, paid)
        + sum(_NUMBERS[code] for code in codes)
    )
    return Reading(
        deals=frozenset({deal.id}),
        plan=way,
        payer=payer,
        has_contract=ReasonCode.CONTRACT_NUMBER in codes,
        has_invoice=ReasonCode.INVOICE_NUMBER in codes,
        is_near_day=is_near,
        is_price_point=book.price_points[facts.line.amount.minor] > 1,
        amount_minor=facts.line.amount.minor,
        inn=facts.line.inn or "",
        weight=weight,
        numbers=tuple(numbers),
    )


def explain(facts: Facts, reading: Reading, book: Book) -> tuple[Reason, ...]:
    """The named reasons of a reading, as long as nothing has been claimed since it was weighed."""
    if reading.told:
        return reading.told
    deal = book.deals[next(iter(reading.deals))]
    is_sum_all = not reading.numbers and reading.payer <= Payer.UNKNOWN
    far = [] if reading.is_near_day else [_far_day(deal, reading.plan)]
    return (
        *reading.numbers,
        *_fit_reasons(facts, book, reading.plan, is_all=is_sum_all),
        *_payer_reasons(facts, deal, reading.payer),
        *far,
    )


def _numbers(facts: Facts, deal: Deal) -> list[Reason]:
    contracts = {one.contract_no for one in deal.payments}
    invoices = {one.invoice_no for one in deal.payments}
    reasons: dict[Reason, None] = {}
    for one in facts.found:
        is_contract = one.kind is NumberKind.CONTRACT and one.number in contracts
        is_invoice = one.kind is NumberKind.INVOICE and one.number in invoices
        if not is_contract and not is_invoice:
            continue
        code = ReasonCode.CONTRACT_NUMBER if is_contract else ReasonCode.INVOICE_NUMBER
        if not one.is_sure:
            code = ReasonCode.NUMBER_UNSURE
        reasons[Reason(code, (one.number,))] = None
    return list(reasons)


def _payer_name(line: StatementLine, context: MatchContext) -> Name | None:
    text = lower(line.counterparty)
    if not text or text in context.words.tables[Table.NAMELESS].fragments:
        return None
    return parse_name(line.counterparty)


def _payer(facts: Facts, deal: Deal, book: Book) -> Payer:
    line = facts.line
    is_bank = is_bank_account(line.counterparty_account)
    if line.inn and line.inn in deal.taught_inns:
        return Payer.TAUGHT
    if line.inn and line.inn in deal.inns:
        return Payer.SAME_INN
    if line.inn and deal.inns and not is_bank:
        return Payer.OTHER_INN
    if deal.id in book.by_account.get(line.counterparty_account, ()):
        return Payer.SAME_ACCOUNT
    same = [name for name in facts.names if name in deal.names]
    if same:
        return Payer.SAME_PERSON if same[0].is_person else Payer.SAME_COMPANY
    if any(short in deal.short_names for short in facts.short_names):
        return Payer.SHORT_NAME
    # A bank between us and the payer says nothing, unless it names a person who is not the client.
    named = facts.short_names or (facts.payer and (facts.payer.is_person or not is_bank))
    return Payer.OTHER_NAME if named else Payer.UNKNOWN


def _is_near_day(facts: Facts, paid: list[OpenPayment]) -> bool:
    days = ((facts.line.day - one.expected_on).days for one in paid)
    return any(-_EARLY_DAYS_MAX <= day <= _LATE_DAYS_MAX for day in days)


def _far_day(deal: Deal, way: Plan) -> Reason:
    linked = dict(way.links)
    expected = min(one.expected_on for one in deal.payments if one.id in linked)
    return Reason(ReasonCode.FAR_DAY, (expected.isoformat(),))


def _method_weight(facts: Facts, paid: list[OpenPayment]) -> int:
    usual = PaymentMethod.CARD_TRANSFER if facts.is_instant else PaymentMethod.BANK_TRANSFER
    return _METHOD if any(one.method is usual for one in paid) else 0


def _fit_reasons(facts: Facts, book: Book, way: Plan, *, is_all: bool) -> list[Reason]:
    owed = sum(book.owed[payment] for payment, _ in way.links)
    currency = facts.line.amount.currency
    code = ReasonCode.AMOUNT_ONLY_ONE if is_all else _FIT_REASONS[way.fit]
    return [Reason(code, (Money(owed, currency).human,))]


def _payer_reasons(facts: Facts, deal: Deal, payer: Payer) -> list[Reason]:
    if payer is Payer.UNKNOWN:
        return []
    client = deal.payments[0].client
    if payer is Payer.TAUGHT:
        inn = facts.line.inn or ""
        return [Reason(_PAYER_REASONS[payer], (inn, str(deal.taught_inns[inn]), client))]
    if payer in {Payer.SAME_INN, Payer.OTHER_INN}:
        return [Reason(_PAYER_REASONS[payer], (facts.line.inn or "", client))]
    return [Reason(_PAYER_REASONS[payer], (facts.line.counterparty, client))]
