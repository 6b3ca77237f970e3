"""The acceptable readings of a line, the heaviest first: candidates come from indexes only."""

from collections.abc import Sequence

from banking.matching.book import CROWD, Book, Deal, Key
from banking.matching.evidence import Facts, Payer, Reading, weigh
from banking.matching.numbers import NumberKind
from banking.matching.plans import Fit, Plan, plan
from banking.matching.records import OpenPayment, Reason, ReasonCode

__all__ = ["crowd", "is_crowded", "is_tie", "named_deal", "read_line", "rivals"]

_JOINT_WEIGHT = 100
_SHOWN = 3


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


def payer_keys(facts: Facts) -> list[Key]:
    """What the payer of the line is known by."""
    line = facts.line
    return [
        *([line.inn] if line.inn else []),
        *([line.counterparty_account] if line.counterparty_account else []),
        *facts.names,
        *facts.short_names,
    ]


def _by_payer(facts: Facts, book: Book) -> set[str]:
    """The payer's deals; of a crowd those that owe the exact sum, unless these too are a crowd."""
    found: set[str] = set()
    for key in payer_keys(facts):
        group = book.groups(key)
        if len(group) <= CROWD:
            found |= group
        else:
            exact = book.exact(key, facts.line.amount.minor)
            found |= set(exact.values()) if len(exact) <= CROWD else set()
    return found


def is_crowded(facts: Facts, book: Book) -> bool:
    """Whether the payer has more deals than can be weighed one by one."""
    return any(len(book.groups(key)) > CROWD for key in payer_keys(facts))


def crowd(facts: Facts, book: Book) -> tuple[int, list[str]]:
    """How many payments fit equally where they were too many to weigh, and a few of their deals."""
    minor = facts.line.amount.minor
    counts = [book.exact(key, minor) for key in payer_keys(facts) if len(book.groups(key)) > CROWD]
    if not counts and not facts.short_names and facts.payer is None:
        counts = [{one.id: one.deal_id for one in book.by_amount.get(minor, {}).values()}]
    most = max(counts, key=len, default={})
    return (len(most), list(most.values())[:_SHOWN]) if len(most) > CROWD else (0, [])


def _by_amount(facts: Facts, book: Book) -> set[str]:
    same = book.by_amount.get(facts.line.amount.minor, {})
    # A payer who is named and is not the client needs a sum that nobody else owes.
    if (facts.payer or facts.short_names) and book.price_points[facts.line.amount.minor] > 1:
        return set()
    return {one.deal_id for one in same.values()} if len(same) <= CROWD else set()


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
    if len(contracts) < 2 or len(named) > CROWD:  # noqa: PLR2004 - "several"
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
        numbers=(),
        told=(
            Reason(ReasonCode.SEVERAL_CONTRACTS, (", ".join(contracts),)),
            Reason(ReasonCode.AMOUNT_IS_SUM, (facts.line.amount.human,)),
        ),
    )
