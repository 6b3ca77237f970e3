"""Which lines are no client's payment at all, and why: money out, own transfers, loans, returns."""

from banking.formats.records import Direction, StatementLine
from banking.matching.folding import lower
from banking.matching.records import MatchContext, Reason, ReasonCode
from banking.matching.words import MoneyKind, Words

__all__ = ["foreign_kind", "stranger_reason"]


def stranger_reason(line: StatementLine, context: MatchContext) -> Reason | None:
    """Why the line cannot be a client's payment by its direction or sides; None when it can."""
    is_own_account = line.counterparty_account in context.own_accounts
    if line.direction is Direction.OWN or is_own_account:
        return Reason(ReasonCode.OWN_TRANSFER, (line.counterparty_account,))
    if line.direction is Direction.OUT:
        kind = context.words.spent(lower(line.purpose)) or MoneyKind.SUPPLIER
        return Reason(ReasonCode.MONEY_OUT, (kind.value,))
    if line.inn and line.inn == context.own_inn:
        return Reason(ReasonCode.OWN_TRANSFER, (line.inn,))
    return None


def foreign_kind(line: StatementLine, words: Words) -> Reason | None:
    """Why incoming money is not a client's, by the words of its purpose."""
    kind = words.foreign(lower(line.purpose))
    return Reason(ReasonCode.KIND_OF_MONEY, (kind.value,)) if kind else None
