"""The cards of bank statements: what a file brought, and one line with what it may be.

A line's buttons carry the mark of the reading that the person saw, so that a press never books
another one that took its place meanwhile.
"""

from dataclasses import dataclass

from banking.matching.reasons import say
from banking.matching.records import Link, Proposal, Reason
from confirmations.payments import Payment
from handlers.drawn import Drawn, contract, ended, joined
from handlers.keys import Act, Key, Press, Style, mark
from handlers.texts import Html, Texts
from ledger.money import Money, total
from store.records import Deal
from usecases.cards import ImportCard, LineCard

__all__ = ["Reading", "draw_import", "draw_line", "readings"]

PURPOSE_CHARS_MAX = 300
READINGS_MAX = 4
LINKS_MAX = 8
REASONS_MAX = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a line: payments with their sums, and the fee that was withheld."""

    links: tuple[Link, ...]
    fee: Money
    reasons: tuple[Reason, ...]

    @property
    def mark(self) -> str:
        """What a button carries of it: another reading has another mark."""
        parts = [f"{link.payment}={link.amount.minor}" for link in self.links]
        return mark(";".join([*parts, str(self.fee.minor)]))


def readings(proposal: Proposal | None) -> list[Reading]:
    """The proposal and its alternatives that name payments, the best first."""
    if proposal is None:
        return []
    found = [Reading(proposal.links, proposal.fee, proposal.reasons)]
    found += [Reading(one.links, Money(0), one.reasons) for one in proposal.alternatives]
    return [one for one in found if one.links][:READINGS_MAX]


def draw_line(facts: LineCard, texts: Texts) -> Drawn:
    """A statement line: as it came, and what it may be or was explained as."""
    head = _head(facts, texts)
    if facts.resolution is not None:
        return Drawn(joined([head, ended(texts, facts.resolution)]))
    found = readings(facts.proposal)
    known = {payment.id: (payment, deal) for payment, deal in facts.payments}
    lines: list[str] = [head]
    if found:
        lines += [texts.html("line-looks-like"), *_links(found[0], known, texts)]
    reasons = facts.proposal.reasons if facts.proposal else ()
    lines += [texts.html("line-reason", reason=say(one)) for one in reasons[:REASONS_MAX]]
    return Drawn(joined(lines), [*_reading_keys(facts, found, texts), *_other_keys(facts, texts)])


def draw_import(facts: ImportCard, texts: Texts) -> Drawn:
    """What a dropped file brought and what of it waits for a person."""
    text = texts.html(
        "import-card", name=facts.name, lines=facts.lines, waiting=len(facts.waiting)
    )
    if not facts.waiting:
        return Drawn(text)
    return Drawn(text, [[Key(texts.plain("key-explain"), Press(Act.LINES), Style.PRIMARY)]])


def _head(facts: LineCard, texts: Texts) -> Html:
    line = facts.line
    sign = "+" if line.incoming else "−"
    amount = texts.html(
        "line-card", sign=sign, amount=line.amount, day=line.day, number=line.number or "—"
    )
    who = line.counterparty or texts.plain("client-unnamed")
    inn = texts.plain("line-inn", inn=line.inn) if line.inn else ""
    payer = texts.html("line-counterparty", name=who, inn=inn)
    purpose = line.purpose[:PURPOSE_CHARS_MAX]
    return joined([amount, payer, texts.html("line-purpose", purpose=purpose) if purpose else ""])


def _links(reading: Reading, known: dict[str, tuple[Payment, Deal]], texts: Texts) -> list[Html]:
    lines = []
    for link in reading.links[:LINKS_MAX]:
        _, deal = known[link.payment]
        lines.append(texts.html("listed-payment", amount=link.amount, who=contract(texts, deal)))
    if len(reading.links) > LINKS_MAX:
        lines.append(texts.html("and-more", count=len(reading.links) - LINKS_MAX))
    if reading.fee.minor:
        lines.append(texts.html("line-fee", fee=reading.fee))
    return lines


def _reading_keys(facts: LineCard, found: list[Reading], texts: Texts) -> list[list[Key]]:
    deals = {payment.id: deal for payment, deal in facts.payments}
    rows = []
    for index, reading in enumerate(found):
        press = Press(Act.LINE_OPTION, (str(facts.line.id), reading.mark))
        amount = total([link.amount for link in reading.links])
        who = contract(texts, deals[reading.links[0].payment])
        count = len(reading.links)
        label = texts.plain(
            "key-line-first" if index == 0 else "key-line-other",
            amount=amount,
            who=who,
            count=count,
        )
        rows.append([Key(label, press, Style.SUCCESS if index == 0 else None)])
    return rows


def _other_keys(facts: LineCard, texts: Texts) -> list[list[Key]]:
    line = str(facts.line.id)
    rows = [
        [
            Key(
                texts.plain("key-line-refund", amount=refund.amount, reason=refund.reason),
                Press(Act.LINE_REFUND, (line, refund.id)),
            )
        ]
        for refund in facts.refunds[:READINGS_MAX]
    ]
    articles = Key(texts.plain("key-article"), Press(Act.LINE_ARTICLES, (line, "0")))
    leave = Key(texts.plain("key-leave"), Press(Act.LINE_LEAVE, (line,)))
    return [*rows, [articles, leave]]
