"""Cards: from facts to a text with buttons. Pure, so that the audit can draw them again.

What a card says depends on the facts and the viewer's role only, never on the hour; the buttons
are those that the viewer may press now.
"""

from typing import assert_never

from confirmations.resolution import Ending
from handlers.draw_lines import draw_import, draw_line
from handlers.drawn import (
    Drawn,
    client_words,
    contract,
    crm_words,
    ended,
    joined,
    method_name,
    money_of,
)
from handlers.keys import Act, Key, Keyboard, Press, Style, rows_of
from handlers.texts import Html, Texts
from store.records import Person
from usecases.access import Verb, allowed
from usecases.cards import (
    CardFacts,
    DifferenceCard,
    ExpenseCard,
    HandoverCard,
    ImportCard,
    JoinedCard,
    LineCard,
    ListedPayment,
    PaymentCard,
    RefundCard,
)

__all__ = ["draw_card"]

LISTED_MAX = 20


def draw_card(facts: CardFacts, viewer: Person, texts: Texts) -> Drawn:
    """The card about a thing, for one viewer."""
    match facts:
        case ExpenseCard():
            return _expense(facts, texts)
        case HandoverCard():
            return _handover(facts, viewer, texts)
        case PaymentCard():
            return _payment(facts, texts)
        case DifferenceCard():
            return _difference(facts, texts)
        case LineCard():
            return draw_line(facts, texts)
        case ImportCard():
            return draw_import(facts, texts)
        case RefundCard():
            return _refund(facts, viewer, texts)
        case JoinedCard(person):
            role = texts.plain(f"role-{person.role.value}")
            return Drawn(texts.html("joined-card", name=person.name, role=role))
        case _:
            assert_never(facts)


def _expense(facts: ExpenseCard, texts: Texts) -> Drawn:
    known = facts.words.casefold() == facts.article.name.casefold()
    words = "" if known or not facts.words else f" · {facts.words}"
    line = texts.html(
        "expense-card",
        amount=facts.amount,
        article=facts.article.name,
        words=words,
        place=facts.place,
        day=facts.day,
    )
    if facts.undone:
        again = [[_key(texts, "key-again", Act.EXPENSE_AGAIN, facts.id)]]
        return Drawn(texts.html("expense-undone-card", line=line), again)
    likely = [
        Key(one.name, Press(Act.EXPENSE_ARTICLE, (facts.id, str(one.id))))
        for one in facts.suggestions
    ]
    asked = texts.html("expense-which-article") if likely else ""
    return Drawn(joined([line, asked]), [*rows_of(likely, 2), *_expense_keys(facts.id, texts)])


def _expense_keys(expense: str, texts: Texts) -> Keyboard:
    return [
        [
            _key(texts, "key-undo", Act.EXPENSE_UNDO, expense),
            _key(texts, "key-article", Act.EXPENSE_ARTICLES, expense, "0"),
        ],
        [
            _key(texts, "key-yesterday", Act.EXPENSE_YESTERDAY, expense),
            _key(texts, "key-again", Act.EXPENSE_AGAIN, expense),
        ],
    ]


def _handover(facts: HandoverCard, viewer: Person, texts: Texts) -> Drawn:
    own = viewer.id == facts.handover.person
    head = texts.html(
        "handover-own-card" if own else "handover-card",
        giver=facts.giver.name,
        declared=facts.handover.declared,
        count=len(facts.payments),
    )
    lines = [head, *[_listed(one, texts) for one in facts.payments[:LISTED_MAX]]]
    if len(facts.payments) > LISTED_MAX:
        lines.append(texts.html("and-more", count=len(facts.payments) - LISTED_MAX))
    if facts.handover.carried.minor:
        lines.append(texts.html("handover-carried", amount=facts.handover.carried))
    if facts.resolution is not None:
        return Drawn(joined([*lines, *_handover_end(facts, texts)]))
    lines.append(texts.html("handover-waits", until=facts.handover.expires_at))
    return Drawn(joined(lines), _handover_keys(facts, viewer, texts))


def _listed(one: ListedPayment, texts: Texts) -> str:
    who = client_words(texts, one.client, one.contract_no)
    line = texts.html("listed-payment", amount=one.payment.claim.amount, who=who)
    if one.crm_says is None:
        return line
    return joined([line, texts.html("listed-difference", says=crm_words(texts, one.crm_says))])


def _handover_end(facts: HandoverCard, texts: Texts) -> list[Html]:
    resolution = facts.resolution
    assert resolution is not None
    if resolution.ending is not Ending.CONFIRMED:
        return [ended(texts, resolution), texts.html("handover-nothing-moved")]
    counted = money_of(resolution.detail)
    lines = [
        texts.html("handover-accepted", by=resolution.by, at=resolution.at),
        texts.html("handover-counted", counted=counted),
    ]
    shortage = facts.handover.declared - counted
    if shortage.minor:
        name = facts.giver.name
        lines.append(texts.html("handover-shortage", amount=shortage, giver=name))
    return lines


def _handover_keys(facts: HandoverCard, viewer: Person, texts: Texts) -> Keyboard:
    name = facts.handover.id
    if viewer.id == facts.handover.person:
        link = _key(texts, "key-new-link", Act.HANDOVER_LINK, name)
        return [[link, _key(texts, "key-withdraw", Act.HANDOVER_WITHDRAW, name)]]
    if not allowed(viewer, Verb.ACCEPT_HANDOVER):
        return []
    accept = Press(Act.HANDOVER_ACCEPT, (name,))
    reject = Press(Act.HANDOVER_REJECT, (name,))
    return [
        [Key(texts.plain("key-accept"), accept, Style.SUCCESS)],
        [
            _key(texts, "key-other-sum", Act.HANDOVER_OTHER, name),
            Key(texts.plain("key-reject"), reject, Style.DANGER),
        ],
    ]


def _payment(facts: PaymentCard, texts: Texts) -> Drawn:
    line = texts.html(
        "payment-card",
        amount=facts.payment.claim.amount,
        who=contract(texts, facts.deal),
        method=method_name(texts, facts.payment.claim.method),
    )
    if facts.resolution is not None:
        return Drawn(joined([line, ended(texts, facts.resolution)]))
    waits = texts.html("payment-waits", left=facts.left)
    if facts.taken_back is None:
        return Drawn(joined([line, waits]))
    by, at = facts.taken_back.by, facts.taken_back.at
    return Drawn(joined([line, texts.html("payment-taken-back", by=by, at=at), waits]))


def _difference(facts: DifferenceCard, texts: Texts) -> Drawn:
    claim = facts.payment.claim
    head = texts.html("difference-card", who=contract(texts, facts.deal))
    method = method_name(texts, claim.method)
    booked = texts.html("difference-books", amount=claim.amount, method=method)
    says = texts.html("difference-crm", says=crm_words(texts, facts.crm_says))
    return Drawn(joined([head, booked, says, texts.html("difference-unchanged")]))


def _refund(facts: RefundCard, viewer: Person, texts: Texts) -> Drawn:
    head = texts.html("refund-card", amount=facts.refund.amount, who=contract(texts, facts.deal))
    reason = texts.html("refund-reason", reason=facts.refund.reason)
    if facts.resolution is not None:
        return Drawn(joined([head, reason, ended(texts, facts.resolution)]))
    waits = texts.html("refund-waits")
    if not allowed(viewer, Verb.PAY_REFUND_FROM_DESK):
        return Drawn(joined([head, reason, waits]))
    paid = Press(Act.REFUND_PAID, (facts.refund.id,))
    keyboard = [[Key(texts.plain("key-refund-paid"), paid, Style.SUCCESS)]]
    return Drawn(joined([head, reason, waits]), keyboard)


def _key(texts: Texts, label: str, act: Act, *args: str) -> Key:
    return Key(texts.plain(label), Press(act, args))
