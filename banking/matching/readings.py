"""The acceptable readings of a line, the heaviest first: candidates come from indexes only."""

from collections.abc import Sequence

from banking.matching.book import Book, Deal
from banking.matching.evidence import Facts, Payer, Reading, weigh
from banking.matching.numbers import NumberKind
from banking.matching.plans import Fit, Plan, plan
from banking.matching.records import OpenPayment, Reason, ReasonCode

__all__ = ["is_tie", "named_deal", "read_line", "rivals"]

# Candidates from one index; more than this is a price point or a very common name: no evidence.
_CANDIDATES_MAX = 40
_JOINT_WEIGHT = 100


def read_line(facts: Facts, book: Book) -> list[Reading]:
    """All readings a person could be shown, the heaviest first.

    A text that names only closed contracts has none: such money is nobody's open payment.
    """
    named = _by_numbers(facts, book)
    if facts.numbers(NumberKind.CLOSED) and not named:
        return []
    candidates = named | _by_payer(facts, book) | _by_amount(facts, book)
    weighed = [weigh(facts, book.deals[deal], book) for deal in sorted(candidates)]
    readings = [
        one
        for one in weighed
        # A text that names one deal is no evidence for another that merely owes the same.
        if one and _is_acceptable(one) and (not named or one.has_evidence)
    ]
    joint = _joint(facts, named, book)
    if joint:
        readings.append(joint)
    return sorted(readings, key=lambda one: (-one.weight, sorted(one.deals)))


def is_tie(readings: Sequence[Reading]) -> bool:
    """Whether the best two readings weigh the same: then nothing is chosen."""
    return len(readings) > 1 and readings[0].weight == readings[1].weight


def named_deal(facts: Facts, book: Book) -> Deal | None:
    """The only deal that the numbers in the text name, when the contract's number is sure."""
    sure = {one.number for one in facts.found if one.is_sure}
    contracts = facts.numbers(NumberKind.CONTRACT)
    if len(contracts) != 1 or not contracts <= sure or facts.numbers(NumberKind.CLOSED):
        return None
    named = _by_numbers(facts, book)
    return book.deals[next(iter(named))] if len(named) == 1 else None


def rivals(facts: Facts, reading: Reading, book: Book) -> list[Reading]:
    """Other deals that the payer and the exact sum point to, when the payer is not this one's."""
    if reading.payer > Payer.UNKNOWN:
        return []
    others = _by_payer(facts, book) - reading.deals
    weighed = [weigh(facts, book.deals[deal], book) for deal in sorted(others)]
    return [one for one in weighed if one and one.plan.fit >= Fit.SUM]


def _by_numbers(facts: Facts, book: Book) -> set[str]:
    return {
        deal
        for one in facts.found
        if one.kind is not NumberKind.CLOSED
        for deal in book.by_number[one.kind, one.number]
    }


def _by_payer(facts: Facts, book: Book) -> set[str]:
    line = facts.line
    groups = [
        book.by_inn.get(line.inn or "", set()),
        book.by_account.get(line.counterparty_account, set()),
        *(book.by_name.get(name, set()) for name in facts.names),
        *(book.by_short_name.get(short, set()) for short in facts.short_names),
    ]
    return {deal for group in groups if len(group) <= _CANDIDATES_MAX for deal in group}


def _by_amount(facts: Facts, book: Book) -> set[str]:
    same = book.by_amount.get(facts.line.amount.minor, {})
    # A payer who is named and is not the client needs a sum that nobody else owes.
    if (facts.payer or facts.short_names) and book.price_points[facts.line.amount.minor] > 1:
        return set()
    return {one.deal_id for one in same.values()} if len(same) <= _CANDIDATES_MAX else set()


def _is_acceptable(reading: Reading) -> bool:
    """Whether a person should be shown it: a number, a payer, or at least the exact sum.

    A sum that several payments share proves nothing about a payer who is not the client.
    """
    fit = reading.plan.fit
    if reading.has_number:
        return True
    if reading.payer >= Payer.SAME_COMPANY:
        return fit > Fit.PART or (fit is Fit.PART and reading.is_near_day)
    if reading.payer is Payer.SHORT_NAME or reading.has_hint:
        return fit >= Fit.NEAR
    if not reading.is_near_day or fit is not Fit.EXACT:
        return False
    return reading.payer is Payer.UNKNOWN or not reading.is_price_point


def _joint(facts: Facts, named: set[str], book: Book) -> Reading | None:
    """One payment for several contracts that its text names."""
    contracts = facts.numbers(NumberKind.CONTRACT)
    if len(contracts) < 2 or len(named) > _CANDIDATES_MAX:  # noqa: PLR2004 - "several"
        return None
    payments = sorted(
        (one for deal in named for one in book.deals[deal].payments),
        key=lambda one: (one.expected_on, one.id),
    )
    way = plan(payments, book.owed, facts.line.amount.minor)
    if way is None or way.fit is not Fit.SUM:
        return None
    return _joint_reading(facts, payments, way)


def _joint_reading(facts: Facts, payments: Sequence[OpenPayment], way: Plan) -> Reading:
    linked = dict(way.links)
    contracts = sorted(facts.numbers(NumberKind.CONTRACT))
    return Reading(
        deals=frozenset(one.deal_id for one in payments if one.id in linked),
        plan=way,
        payer=Payer.UNKNOWN,
        has_contract=True,
        has_invoice=False,
        is_near_day=True,
        is_price_point=False,
        amount_minor=facts.line.amount.minor,
        inn=facts.line.inn or "",
        weight=_JOINT_WEIGHT,
        reasons=(
            Reason(ReasonCode.SEVERAL_CONTRACTS, (", ".join(contracts),)),
            Reason(ReasonCode.AMOUNT_IS_SUM, (facts.line.amount.human,)),
        ),
    )
