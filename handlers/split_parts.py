"""The parts of a line that is being split: as a conversation keeps them, as people see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confirmations.payments import Method, Payment
from handlers.deals import find_deals
from handlers.delivery import Delivery
from handlers.drawn import contract
from handlers.keys import Act, Key, Press, mark
from handlers.split_text import TypedPart
from handlers.texts import Html
from ledger.articles import Article, Direction
from ledger.money import Money, total
from store.records import BankLine, Deal, PartKind
from usecases.deals import remaining
from usecases.explain import SETTLED, AsPayments, AsSplit, Explanation

__all__ = [
    "Kept",
    "OwesLess",
    "added",
    "candidates",
    "explanation_of",
    "found_part",
    "is_settlement",
    "kept_of",
    "said_part",
    "shelved",
    "sum_of",
    "who_pays",
]

CANDIDATES_MAX = 6
# Their money comes by other ways than a bank's statement.
_ELSEWHERE = frozenset({Method.CASH, Method.CARD_TRANSFER})


@dataclass(frozen=True, slots=True)
class Kept:
    """A part: a payment's id or an article's number, and its minor units."""

    kind: PartKind
    ref: str
    minor: int


@dataclass(frozen=True, slots=True)
class OwesLess:
    """Of the contract only so much is waited for."""

    owed: Money


def kept_of(shelf: Iterable[Sequence[Any]]) -> list[Kept]:
    """The parts of a conversation's data."""
    return [Kept(PartKind(kind), ref, minor) for kind, ref, minor in shelf]


def shelved(kept: Iterable[Kept]) -> list[list[str | int]]:
    """The parts as a conversation's data keep them."""
    return [[one.kind.value, one.ref, one.minor] for one in kept]


def sum_of(kept: Iterable[Kept]) -> int:
    """What the parts come to, minor units."""
    return sum(one.minor for one in kept)


async def explanation_of(delivery: Delivery, line: BankLine, kept: Sequence[Kept]) -> Explanation:
    """Terminal sales that come to more than the line are a settlement: the rest is its fee."""
    currency = line.amount.currency
    links = tuple(
        (one.ref, Money(one.minor, currency)) for one in kept if one.kind is PartKind.PAYMENT
    )
    articles = tuple(
        (int(one.ref), Money(one.minor, currency)) for one in kept if one.kind is PartKind.ARTICLE
    )
    if not articles and await is_settlement(delivery, kept):
        gross = total([amount for _, amount in links], currency)
        if gross.minor >= line.amount.minor:
            return AsPayments(links, gross - line.amount)
    return AsSplit(links, articles)


async def candidates(delivery: Delivery, line: BankLine, kept: list[Kept]) -> list[Key]:
    """Open payments to choose from: those that fit into what is left come first."""
    if not line.incoming:
        return []
    left = line.amount.minor - sum_of(kept)
    taken = {one.ref for one in kept}
    found = []
    for payment in await delivery.unit.pending.open_payments():
        if payment.id in taken or payment.claim.method in _ELSEWHERE:
            continue
        owed = await remaining(delivery.unit, payment)
        if owed.minor:
            found.append((owed.minor > left, abs(left - owed.minor), payment, owed))
    found.sort(key=lambda one: (one[0], one[1], one[2].id))
    keys = []
    for _, _, payment, owed in found[:CANDIDATES_MAX]:
        label = delivery.texts.plain(
            "key-split-payment", amount=owed, who=await who_pays(delivery, payment)
        )
        press = Press(Act.SPLIT_PAYMENT, (str(line.id), mark(payment.id)))
        keys.append(Key(label, press))
    return keys


async def found_part(
    delivery: Delivery, line: BankLine, typed: TypedPart, kept: list[Kept]
) -> list[Kept] | OwesLess | None:
    """What the words name: the open payments of a contract in their order, or an article."""
    articles = await delivery.unit.catalog.articles()
    words = typed.words.split()
    for start in range(len(words)):
        name = " ".join(words[start:])
        deals = await find_deals(delivery.unit, name) if line.incoming else []
        if deals:
            return await _of_deals(delivery, deals, typed.amount, kept)
        article = _article_named(articles, name)
        if article is not None:
            return [Kept(PartKind.ARTICLE, str(article.id), typed.amount.minor)]
    return None


async def _of_deals(
    delivery: Delivery, deals: Sequence[Deal], amount: Money, kept: Sequence[Kept]
) -> list[Kept] | OwesLess:
    parts: list[Kept] = []
    left = amount.minor
    for payment in [one for deal in deals for one in await _open_of_deal(delivery, deal.id)]:
        taken = sum(one.minor for one in kept if one.ref == payment.id)
        owed = (await remaining(delivery.unit, payment)).minor - taken
        if left > 0 and owed > 0:
            parts.append(Kept(PartKind.PAYMENT, payment.id, min(left, owed)))
            left -= min(left, owed)
    return OwesLess(Money(sum_of(parts), amount.currency)) if left else parts


async def _open_of_deal(delivery: Delivery, deal: str) -> list[Payment]:
    payments = await delivery.unit.pending.payments_of_deal(deal)
    ended = await delivery.unit.pending.resolutions([one.thing for one in payments])
    waiting = [
        one for one in payments if one.thing not in ended and one.claim.method not in _ELSEWHERE
    ]
    return sorted(waiting, key=lambda one: (one.claim.expected_on, one.id))


def _article_named(articles: Mapping[int, Article], words: str) -> Article | None:
    """The active article of that name, or the only one that begins so."""
    wanted = words.casefold()
    usable = [one for one in articles.values() if one.active]
    usable = [one for one in usable if one.direction is not Direction.TRANSFER]
    exact = [one for one in usable if one.name.casefold() == wanted]
    begun = [one for one in usable if one.name.casefold().startswith(wanted)]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None


def added(kept: Iterable[Kept], more: Iterable[Kept]) -> list[Kept]:
    """The same payment or article twice is one part of the sum of both."""
    sums: dict[tuple[PartKind, str], int] = {}
    for one in [*kept, *more]:
        sums[one.kind, one.ref] = sums.get((one.kind, one.ref), 0) + one.minor
    return [Kept(kind, ref, minor) for (kind, ref), minor in sums.items()]


async def said_part(delivery: Delivery, line: BankLine, part: Kept) -> Html:
    """A part for people."""
    amount = Money(part.minor, line.amount.currency)
    if part.kind is PartKind.PAYMENT:
        payment = await delivery.unit.pending.payment(part.ref)
        assert payment is not None
        who = await who_pays(delivery, payment)
        return delivery.texts.html("listed-payment", amount=amount, who=who)
    article = await delivery.unit.catalog.article(int(part.ref))
    assert article is not None
    return delivery.texts.html("part-article", amount=amount, article=article.name)


async def who_pays(delivery: Delivery, payment: Payment) -> str:
    """Client and contract of a payment."""
    deal = await delivery.unit.deals.get(payment.slot.deal)
    assert deal is not None
    return contract(delivery.texts, deal)


async def is_settlement(delivery: Delivery, kept: Sequence[Kept]) -> bool:
    """Whether all parts are sales whose money comes net of a fee."""
    payments = await delivery.unit.pending.payments([one.ref for one in kept])
    whole = len(payments) == len(kept) > 0
    return whole and all(one.claim.method in SETTLED for one in payments)
