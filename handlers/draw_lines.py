"""The cards of bank statements: what a file brought, and one line with what it may be.

A line's buttons carry the mark of the reading that the person saw, so that a press never books
another one that took its place meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banking.matching.reasons import say
from banking.matching.records import Link, Proposal, Reason, ReasonCode
from confirmations.payments import Payment
from handlers.drawn import Drawn, contract, ended, joined
from handlers.keys import Act, Key, Press, Style, mark
from handlers.texts import Html, Texts
from ledger.money import Money, total
from store.records import Deal, Lesson, LineExplanation, Part, PartKind
from usecases.cards import ImportCard, LineCard
from usecases.proposals import reading_name

__all__ = [
    "Reading",
    "draw_import",
    "draw_line",
    "draw_parts",
    "lesson_words",
    "line_head",
    "readings",
    "stored_reasons",
]

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
    rules: tuple[int, ...] = ()

    @property
    def mark(self) -> str:
        """What a button carries of it: another reading has another mark."""
        parts = [f"{link.payment}={link.amount.minor}" for link in self.links]
        return mark(";".join([*parts, str(self.fee.minor)]))


def readings(proposal: Proposal | None) -> list[Reading]:
    """The proposal and its alternatives that name payments, the best first."""
    if proposal is None:
        return []
    found = [Reading(proposal.links, proposal.fee, proposal.reasons, proposal.rules)]
    found += [Reading(one.links, Money(0), one.reasons) for one in proposal.alternatives]
    return [one for one in found if one.links][:READINGS_MAX]


def draw_line(facts: LineCard, texts: Texts) -> Drawn:
    """A statement line: as it came, and what it may be or was explained as."""
    head = line_head(facts, texts)
    if facts.resolution is not None:
        said = facts.explanation
        parts = draw_parts(facts, texts)
        reasons = stored_reasons(said, texts)
        end = ended(texts, facts.resolution)
        return Drawn(joined([head, *parts, *reasons, end]), _explained_keys(facts, texts))
    lines: list[str] = [head]
    if facts.taken_back is not None:
        by, at = facts.taken_back.by, facts.taken_back.at
        lines.append(texts.html("line-taken-back", by=by, at=at))
    found = readings(facts.proposal)
    lines += _looks_like(facts, found, texts)
    lines += _reasons(facts.proposal.reasons if facts.proposal else (), texts)
    keyboard = [
        *_article_key(facts, texts),
        *_reading_keys(facts, found, texts),
        *_other_keys(facts, texts),
    ]
    return Drawn(joined(lines), keyboard)


def draw_import(facts: ImportCard, texts: Texts) -> Drawn:
    """What a dropped file brought and what of it waits for a person."""
    text = texts.html(
        "import-card", name=facts.name, lines=facts.lines, waiting=len(facts.waiting)
    )
    if facts.doubts:
        text = joined([text, texts.html("import-doubtful", count=len(facts.doubts))])
    keys: list[list[Key]] = []
    if facts.waiting:
        keys.append([Key(texts.plain("key-explain"), Press(Act.LINES), Style.PRIMARY)])
    if facts.automatic:
        label = texts.plain("key-automatic", count=len(facts.automatic))
        keys.append([Key(label, Press(Act.AUTOMATIC, (mark(facts.file), "0")))])
    if facts.doubts:
        keys.append([Key(texts.plain("key-doubts"), Press(Act.DOUBTS, (mark(facts.file),)))])
    return Drawn(text, keys)


def line_head(facts: LineCard, texts: Texts) -> Html:
    """The line as it came."""
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


def draw_parts(facts: LineCard, texts: Texts) -> list[Html]:
    """What an explained line is, part by part; nothing for lines of which no parts were kept."""
    parts = facts.explanation.parts if facts.explanation else ()
    lines = [_part(one, facts, texts) for one in parts[:LINKS_MAX]]
    if len(parts) > LINKS_MAX:
        lines.append(texts.html("and-more", count=len(parts) - LINKS_MAX))
    return lines


def stored_reasons(said: LineExplanation | None, texts: Texts) -> list[Html]:
    """Why a line is what it was explained as, if a proposal was followed."""
    kept = said.reasons if said else ()
    return _reasons([Reason(ReasonCode(code), facts) for code, facts in kept], texts)


def _reasons(reasons: Sequence[Reason], texts: Texts) -> list[Html]:
    """The first few reasons, a line each."""
    return [texts.html("line-reason", reason=say(one)) for one in reasons[:REASONS_MAX]]


def lesson_words(lesson: Lesson, texts: Texts) -> str:
    """What may be remembered, in words."""
    name = f"lesson-{lesson.kind.value}"
    return texts.plain(name, pattern=lesson.pattern, title=lesson.title)


def _part(part: Part, facts: LineCard, texts: Texts) -> Html:
    match part.kind:
        case PartKind.PAYMENT:
            deals = {payment.id: deal for payment, deal in facts.payments}
            who = contract(texts, deals[part.ref])
            return texts.html("listed-payment", amount=part.amount, who=who)
        case PartKind.ARTICLE:
            names = {str(one.id): one.name for one in facts.articles}
            return texts.html("part-article", amount=part.amount, article=names[part.ref])
        case PartKind.REFUND:
            reasons = {one.id: one.reason for one in facts.refunds}
            return texts.html("part-refund", amount=part.amount, reason=reasons[part.ref])
        case PartKind.FEE:
            return texts.html("line-fee", fee=part.amount)
        case PartKind.BALANCE:
            return texts.html("part-balance", amount=part.amount)


def _explained_keys(facts: LineCard, texts: Texts) -> list[list[Key]]:
    said = facts.explanation
    if said is None:
        return []
    line = str(said.line)
    undo = Press(Act.LINE_UNDO, (line, str(said.attempt)))
    rows = [[Key(texts.plain("key-line-undo"), undo)]]
    if facts.lesson is not None:
        label = texts.plain("key-teach", what=lesson_words(facts.lesson, texts))
        rows.append([Key(label, Press(Act.LINE_TEACH, (line,)))])
    return rows


def _looks_like(facts: LineCard, found: list[Reading], texts: Texts) -> list[Html]:
    """The likeliest reading, or that there is a choice: a tie is never broken for a person."""
    if facts.proposal is None:
        return []
    if facts.proposal.links:
        known = {payment.id: (payment, deal) for payment, deal in facts.payments}
        return [texts.html("line-looks-like"), *_links(found[0], known, texts)]
    if facts.proposal.article is not None and facts.articles:
        return [texts.html("line-looks-like-article", article=facts.articles[0].name)]
    return [texts.html("line-choose")] if found else []


def _article_key(facts: LineCard, texts: Texts) -> list[list[Key]]:
    proposal = facts.proposal
    if proposal is None or proposal.links or proposal.article is None or not facts.articles:
        return []
    press = Press(Act.LINE_CHOOSE, (str(facts.line.id), str(proposal.article)))
    label = texts.plain("key-line-article-first", article=facts.articles[0].name)
    return [[Key(label, press, Style.SUCCESS)]]


def _links(
    reading: Reading, known: Mapping[str, tuple[Payment, Deal]], texts: Texts
) -> list[Html]:
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
    is_best_known = facts.proposal is not None and bool(facts.proposal.links)
    rows = []
    for index, reading in enumerate(found):
        press = Press(Act.LINE_OPTION, (str(facts.line.id), reading.mark))
        is_best = is_best_known and index == 0
        label = texts.plain(
            "key-line-first" if is_best else "key-line-other",
            amount=total([link.amount for link in reading.links]),
            who=contract(texts, deals[reading.links[0].payment]),
            count=len(reading.links),
        )
        rows.append([Key(label, press, Style.SUCCESS if is_best else None)])
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
    split = Key(texts.plain("key-split"), Press(Act.LINE_SPLIT, (line,)))
    articles = Key(texts.plain("key-line-article"), Press(Act.LINE_ARTICLES, (line, "0")))
    leave = Key(texts.plain("key-leave"), Press(Act.LINE_LEAVE, (line,)))
    last = [leave]
    proposal = facts.proposal
    name = reading_name(proposal.links, proposal.article) if proposal else ""
    if name:
        reject = Press(Act.LINE_REJECT, (line, mark(name)))
        last.insert(0, Key(texts.plain("key-line-reject"), reject))
    return [*rows, [split, articles], last]
