"""Who may do what: one table of roles and verbs, asked by every use case on every press."""

from dataclasses import dataclass
from enum import StrEnum

from store.records import Person, Role

__all__ = ["NotAllowed", "Verb", "allowed", "refusal"]


class Verb(StrEnum):
    """Everything a person may ask for."""

    RECORD_EXPENSE = "record-expense"
    SEE_OWN_CASH = "see-own-cash"
    HAND_OVER = "hand-over"
    ACCEPT_HANDOVER = "accept-handover"
    IMPORT_STATEMENT = "import-statement"
    EXPLAIN_LINE = "explain-line"
    CONFIRM_CARD_PAYMENT = "confirm-card-payment"
    REFUND = "refund"
    PAY_REFUND_FROM_DESK = "pay-refund-from-desk"
    APPLY_BALANCE = "apply-balance"
    SEE_REPORTS = "see-reports"
    SEE_EXCEPTIONS = "see-exceptions"
    INVITE = "invite"
    CLOSE_PERIOD = "close-period"
    SEE_DEAD_LETTERS = "see-dead-letters"
    CHECK_SHEET = "check-sheet"


_OWNER = frozenset(Verb) - {Verb.HAND_OVER, Verb.ACCEPT_HANDOVER}

_ROLES: dict[Role, frozenset[Verb]] = {
    Role.OWNER: _OWNER | {Verb.ACCEPT_HANDOVER},
    Role.MANAGER: frozenset({Verb.SEE_OWN_CASH, Verb.HAND_OVER}),
    Role.CASHIER: frozenset({Verb.ACCEPT_HANDOVER, Verb.PAY_REFUND_FROM_DESK}),
    Role.ACCOUNTANT: frozenset(
        {
            Verb.RECORD_EXPENSE,
            Verb.IMPORT_STATEMENT,
            Verb.EXPLAIN_LINE,
            Verb.CONFIRM_CARD_PAYMENT,
            Verb.REFUND,
            Verb.APPLY_BALANCE,
            Verb.SEE_REPORTS,
            Verb.SEE_EXCEPTIONS,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person's role does not include the verb, or they no longer work here."""

    verb: Verb


def allowed(person: Person, verb: Verb) -> bool:
    """Whether a person may ask for that."""
    return person.active and verb in _ROLES[person.role]


def refusal(person: Person, verb: Verb) -> NotAllowed | None:
    """The outcome for somebody who may not; None for those who may."""
    return None if allowed(person, verb) else NotAllowed(verb)
