"""Rules that the accountant's decisions teach: offered, never silent; seen, switched, deleted.

a payment explained, its payer's INN is not the client's   -> a lesson: the INN is the client
a line explained by an article                             -> a lesson: the wording is the article

A rule that is taught only proposes; to book by itself it must be told so. What a rule did is not
undone when it is switched off or deleted.
"""

import re
from dataclasses import dataclass

from banking.matching.folding import lower
from banking.matching.words import Table, Words
from store.records import BankLine, Lesson, LineExplanation, PartKind, Person, Rule, RuleKind
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.explain import AUTOMATON, SETTLED

__all__ = [
    "AlreadyTaught",
    "NoSuchRule",
    "NothingToTeach",
    "RuleChanged",
    "RuleDeleted",
    "Taught",
    "change_rule",
    "delete_rule",
    "lesson_of",
    "teach",
    "wording_of",
]

WORDS_MAX = 4
WORD_CHARS_MIN = 4
_DIGIT = re.compile(r"\d")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")


@dataclass(frozen=True, slots=True)
class Taught:
    """The rule holds from now on."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class AlreadyTaught:
    """Somebody was first; the rule is as they taught it."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class NothingToTeach:
    """The line is not explained by a person now, or nothing follows from it for other lines."""


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """The rule as it is now."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class RuleDeleted:
    """The rule as it was."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class NoSuchRule:
    """There is no rule with that id: it was deleted, or taught anew."""


async def lesson_of(
    unit: UnitOfWork, company: Company, line: BankLine, said: LineExplanation
) -> Lesson | None:
    """What a person's explanation of a line teaches for other lines; None when nothing."""
    if said.by == AUTOMATON:
        return None
    kinds = {part.kind for part in said.parts}
    if kinds == {PartKind.ARTICLE} and len(said.parts) == 1:
        return await _of_article(unit, company, line, int(said.parts[0].ref))
    if PartKind.PAYMENT in kinds and kinds <= {PartKind.PAYMENT, PartKind.BALANCE}:
        payments = [one.ref for one in said.parts if one.kind is PartKind.PAYMENT]
        return await _of_payer(unit, company, line, payments)
    return None


async def teach(
    unit: UnitOfWork, company: Company, actor: Person, line_id: int
) -> Taught | AlreadyTaught | NothingToTeach | NotAllowed:
    """Make a rule of what a line was explained as. Order: NotAllowed, NothingToTeach, the rest."""
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    line = await unit.statements.line(line_id)
    if line is None or await unit.pending.resolution(line.thing) is None:
        return NothingToTeach()
    said = await unit.explanations.get(line_id, await unit.pending.attempt(line.thing))
    lesson = await lesson_of(unit, company, line, said) if said else None
    if lesson is None:
        return NothingToTeach()
    known = await unit.rules.find(lesson.kind, lesson.pattern)
    if known is not None and known.lesson.target == lesson.target:
        return AlreadyTaught(known)
    rule = await unit.rules.teach(lesson, actor.name)
    details = {"kind": lesson.kind.value, "pattern": lesson.pattern, "target": lesson.target}
    await unit.upkeep.audit(actor.name, "taught", f"rule:{rule.id}", details)
    return Taught(rule)


async def change_rule(
    unit: UnitOfWork, actor: Person, rule_id: int, *, active: bool, automatic: bool
) -> RuleChanged | NoSuchRule | NotAllowed:
    """Switch a rule off or on, and whether it books by itself; only a wording may."""
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    rule = await unit.rules.get(rule_id)
    if rule is None:
        return NoSuchRule()
    alone = automatic and rule.lesson.kind is RuleKind.WORDING
    await unit.rules.switch(rule_id, active=active, automatic=alone)
    details = {"active": active, "automatic": alone}
    await unit.upkeep.audit(actor.name, "switched", f"rule:{rule_id}", details)
    changed = await unit.rules.get(rule_id)
    assert changed is not None
    return RuleChanged(changed)


async def delete_rule(
    unit: UnitOfWork, actor: Person, rule_id: int
) -> RuleDeleted | NoSuchRule | NotAllowed:
    """Forget a rule; what it explained stays explained."""
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    rule = await unit.rules.get(rule_id)
    if rule is None:
        return NoSuchRule()
    await unit.rules.remove(rule_id)
    details = {"pattern": rule.lesson.pattern, "fired": rule.fired}
    await unit.upkeep.audit(actor.name, "deleted", f"rule:{rule_id}", details)
    return RuleDeleted(rule)


def wording_of(purpose: str, words: Words) -> str | None:
    """The first words of a purpose that may stand for its kind; None when they say nothing.

    Which words say nothing alone stands in `taught.general` of the company's wordings.

    «Комиссия за ведение счета 4070… за 03.2026» -> «комиссия за ведение счета»
    «Оплата по счету № 15 от 02.03.2026»         -> None: any supplier writes so
    """
    general = words.tables[Table.GENERAL]
    first: list[str] = []
    for token in purpose.split():
        word = _EDGES.sub("", token).casefold()
        if _DIGIT.search(token) or not word or len(first) == WORDS_MAX:
            break
        first.append(word)
    telling = [
        one for one in first if len(one) >= WORD_CHARS_MIN and not general.names(lower(one))
    ]
    return " ".join(first) if telling else None


async def _of_article(
    unit: UnitOfWork, company: Company, line: BankLine, number: int
) -> Lesson | None:
    article = await unit.catalog.article(number)
    pattern = wording_of(line.purpose, company.words)
    if article is None or pattern is None:
        return None
    return Lesson(RuleKind.WORDING, pattern, str(number), article.name)


async def _of_payer(
    unit: UnitOfWork, company: Company, line: BankLine, payments: list[str]
) -> Lesson | None:
    """The payer's INN is the client's, when the money is one client's and the CRM knows another."""
    if not line.inn or line.inn == company.own_inn:
        return None
    clients: dict[str, str] = {}
    for payment in await unit.pending.payments(payments):
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        if payment.claim.method in SETTLED or deal.client_inn == line.inn:
            return None
        clients[deal.client_key] = deal.client
    if len(clients) != 1:
        return None
    ((target, title),) = clients.items()
    return Lesson(RuleKind.PAYER, line.inn, target, title)
