"""What may be booked without a person: named rules, switched on one by one in the context.

Each rule is a conjunction of hard evidence; a sum of weights never decides. Whatever the rules,
a line whose INN is another client's, whose reading has a rival, or whose text names a closed
contract is not automatic.
"""

from collections.abc import Sequence

from banking.matching.book import Book
from banking.matching.evidence import Facts, Payer, Reading
from banking.matching.numbers import NumberKind
from banking.matching.plans import Fit
from banking.matching.readings import is_crowded
from banking.matching.records import AutoRule
from banking.matching.settlement_text import SettlementKind
from banking.matching.settlements import Case, Solved, is_only_set

__all__ = ["is_other_client", "reading_rule", "sales_rule"]

_ROUND_MINOR = 50_000


def reading_rule(facts: Facts, readings: Sequence[Reading], book: Book) -> AutoRule | None:
    """The rule that the best of these readings satisfies; None when a person must look.

    CONTRACT_EXACT is asked before against the untouched book; here it finds exact remainders.
    """
    best, others = readings[0], readings[1:]
    if facts.numbers(NumberKind.CLOSED) or len(best.deals) > 1 or is_other_client(best, book):
        return None
    if any(_is_rival(one, best) for one in others):
        return None
    # Of a crowd only exact sums were weighed: there are sure to be debts with a part of this sum.
    if not best.has_number and _is_common(best) and is_crowded(facts, book):
        return None
    return _number_rule(best) if best.has_number else _payer_rule(best)


def _number_rule(best: Reading) -> AutoRule | None:
    is_exact = best.plan.fit >= Fit.SUM
    if best.has_contract and is_exact:
        return AutoRule.CONTRACT_EXACT
    is_told = best.plan.fit is not Fit.FAR_OVER and best.plan.is_only
    if best.has_contract and best.payer >= Payer.SAME_COMPANY and is_told:
        return AutoRule.CONTRACT_AND_PAYER
    if best.has_invoice and is_exact and best.payer is not Payer.OTHER_INN:
        return AutoRule.INVOICE_EXACT
    return None


def _payer_rule(best: Reading) -> AutoRule | None:
    if best.plan.fit < Fit.SUM or not best.is_near_day:
        return None
    if best.payer >= Payer.SAME_PERSON:
        return AutoRule.PAYER_EXACT
    # A company's name or a shortened one, and a sum of the price list, meet by chance too often.
    if best.is_price_point:
        return None
    if best.payer is Payer.SAME_COMPANY:
        return AutoRule.PAYER_EXACT
    return AutoRule.SHORT_NAME_EXACT if best.payer is Payer.SHORT_NAME else None


def is_other_client(reading: Reading, book: Book) -> bool:
    """Whether the INN of the payer is that of another client whom we wait for."""
    return reading.payer is Payer.OTHER_INN and reading.inn in book.by_inn


def _is_rival(other: Reading, best: Reading) -> bool:
    """Whether the other reading could be meant, so that a person must choose."""
    if other.has_number:
        return True
    if best.has_number:
        # The text names one deal, the sum and the payer another.
        is_named_s = best.plan.fit >= Fit.SUM and best.payer > Payer.UNKNOWN
        return other.plan.fit >= Fit.SUM and other.payer > Payer.UNKNOWN and not is_named_s
    if best.payer < Payer.SAME_PERSON:
        return True
    if other.payer <= Payer.UNKNOWN or other.plan.fit is Fit.FAR_OVER:
        return False
    return _is_common(best) or other.plan.fit is not Fit.PART


def _is_common(reading: Reading) -> bool:
    """Whether a part of one debt may by chance be another debt to the kopeck."""
    return reading.is_price_point or reading.amount_minor % _ROUND_MINOR == 0


def sales_rule(case: Case, solved: Solved) -> AutoRule | None:
    """The rule that the only answer for a settlement satisfies."""
    sales, settlement = solved.answers[0], case.settlement
    if sales.is_fee_counted or settlement.refund_minor or not solved.is_unrivalled:
        return None
    if settlement.kind is SettlementKind.CREDIT:
        return AutoRule.CREDIT_OF_CLIENT if sales.is_named else None
    is_settled = case.habits.is_settled(settlement)
    if not case.salon and not is_settled:
        return None
    is_dated = bool(settlement.days) or is_settled
    is_whole_sum = settlement.fee_minor is not None or settlement.kind is SettlementKind.GROSS
    is_sure = sales.share > 0 and sales.is_clear and is_dated and is_whole_sum
    return AutoRule.SALES_OF_DAY if is_sure and is_only_set(case, sales) else None
