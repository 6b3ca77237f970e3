"""What may be booked without a person: named rules, switched on one by one in the context.

Each rule is a conjunction of hard evidence; a sum of weights never decides. Whatever the rules,
a line whose INN is another client's, whose reading has a rival, or whose text names a closed
contract is not automatic.
"""

from collections.abc import Sequence

from banking.matching.evidence import Payer, Reading
from banking.matching.plans import Fit
from banking.matching.records import AutoRule
from banking.matching.settlement_text import Settlement, SettlementKind
from banking.matching.settlements import Sales

__all__ = ["reading_rule", "sales_rule"]


def reading_rule(readings: Sequence[Reading], *, names_closed: bool) -> AutoRule | None:
    """The rule that the best of these readings satisfies; None when a person must look.

    CONTRACT_EXACT is not among them: it is asked first of all, against the untouched book.
    """
    best, others = readings[0], readings[1:]
    if names_closed or len(best.deals) > 1 or best.payer is Payer.OTHER_INN:
        return None
    is_exact = best.plan.fit >= Fit.SUM
    is_client = best.payer >= Payer.SAME_COMPANY
    if any(one.has_number or one.payer >= Payer.SAME_COMPANY for one in others):
        return None
    if best.has_contract and is_client and best.plan.fit is not Fit.FAR_OVER:
        return AutoRule.CONTRACT_AND_PAYER
    if best.has_invoice and is_exact:
        return AutoRule.INVOICE_EXACT
    if others or not is_exact or not best.is_near_day:
        return None
    if best.payer >= Payer.SAME_PERSON:
        return AutoRule.PAYER_EXACT
    # A company's name or a shortened one, and a sum of the price list, meet by chance too often.
    if best.is_price_point:
        return None
    if is_client:
        return AutoRule.PAYER_EXACT
    return AutoRule.SHORT_NAME_EXACT if best.payer is Payer.SHORT_NAME else None


def sales_rule(settlement: Settlement, sales: Sales) -> AutoRule | None:
    """The rule that the only answer for a settlement satisfies."""
    if sales.is_fee_counted or settlement.refund_minor:
        return None
    if settlement.kind is SettlementKind.CREDIT:
        return AutoRule.CREDIT_OF_CLIENT if sales.is_named else None
    is_told = settlement.merchant is not None and settlement.registry_on is not None
    return AutoRule.SALES_OF_DAY if is_told and sales.is_whole_day else None
