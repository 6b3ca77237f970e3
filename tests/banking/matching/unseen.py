"""Invented companies with habits of their own: payments, a statement and the truth, by a seed.

Nothing here follows the sets beside the project: other names, numbers, wordings and settlement
habits. The truth is known by construction, so precision can be measured on any number of seeds.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from banking.matching.records import (
    MatchContext,
    MatchVerdict,
    OpenPayment,
    PaymentMethod,
    Proposal,
)
from ledger.money import Money
from tests.banking.matching import unseen_words as words
from tests.banking.matching.unseen_numbers import STYLES, contract_number, spoken
from tests.banking.matching.unseen_sales import HABITS, Habit, settlements
from tests.banking.samples import line
from world.identity import Chance, seeded_chance

__all__ = ["Score", "World", "score", "world"]

START = date(2026, 1, 12)
DAYS = 60
SALONS = {"770000001": "Левый", "770000002": "Правый"}
OWN = ("40702810100000000001", "40702810100000000002")
PRICES = (7_900, 12_500, 18_000, 24_900, 33_000, 49_900, 60_000)


@dataclass(frozen=True)
class Client:
    name: str
    inn: str | None
    account: str


@dataclass
class World:
    """`truth`: line -> sums by deal (empty: nobody's) and the fee; absent: nobody could know."""

    style: str
    habit: Habit
    context: MatchContext
    payments: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    truth: dict = field(default_factory=dict)
    foreign: set = field(default_factory=set)
    settled: set = field(default_factory=set)

    def add(self, day, minor, purpose, links=(), **fields):
        number = len(self.lines) + 1
        fee = fields.pop("fee", 0)
        money = f"{minor // 100}.{minor % 100:02d}"
        self.lines.append(line(money, purpose, number, day=day, **fields))
        if links is not None:
            sums = Counter()
            for payment, part in links:
                sums[payment.deal_id] += part
            self.truth[number] = (dict(sums), fee)
        return number


@dataclass(frozen=True)
class Score:
    auto: int
    wrong: tuple[int, ...]
    knowable: int
    found: int
    settlements: int
    settled: int
    wrong_foreign: tuple[int, ...]


def world(seed: int, deals: int = 60) -> World:
    """A company of so many deals; the seed chooses its style and habits too."""
    chance = seeded_chance(seed)
    style, habit = chance.choice(STYLES), chance.choice(HABITS)
    clients = _clients(chance, deals)
    closed = frozenset(contract_number(style, deals + at) for at in range(8))
    context = MatchContext(
        own_inn="7701234567",
        own_accounts=frozenset(OWN),
        merchants=SALONS,
        closed_contracts=closed,
    )
    made = World(style, habit, context)
    for at in range(deals):
        _deal(made, at, chance.choice(clients), chance)
    by_client = {one.name + (one.inn or ""): one for one in clients}
    _bank_lines(made, by_client, chance)
    settlements(made, chance)
    _strangers(made, sorted(closed), chance)
    made.payments = [payment for payment, _ in made.payments]
    return made


def score(made: World, proposals: list[Proposal]) -> Score:
    """Precision of what would be booked, and what the first proposal finds."""
    deal = {one.id: one.deal_id for one in made.payments}
    wrong, found, settled, wrong_foreign, auto = [], 0, 0, [], 0
    for one in proposals:
        sums = Counter()
        for link in one.links:
            sums[deal[link.payment]] += link.amount.minor
        is_right = made.truth.get(one.line) == (dict(sums), one.fee.minor) and bool(sums)
        assert one.verdict is MatchVerdict.NONE or one.reasons
        auto += one.verdict is MatchVerdict.AUTO
        if one.verdict is MatchVerdict.AUTO and not is_right:
            wrong.append(one.line)
        found += is_right and one.verdict in {MatchVerdict.AUTO, MatchVerdict.SUGGEST}
        settled += is_right and one.line in made.settled
        if one.verdict is MatchVerdict.NOT_CLIENT and one.line not in made.foreign:
            wrong_foreign.append(one.line)
    knowable = sum(bool(sums) for sums, _ in made.truth.values())
    counted = knowable, found, len(made.settled), settled
    return Score(auto, tuple(wrong), *counted, tuple(wrong_foreign))


def _clients(chance: Chance, deals: int) -> list[Client]:
    clients = []
    for _ in range(max(4, deals * 2 // 3)):
        tail = str(chance.randrange(10**13)).zfill(13)
        if chance.random() < 0.5:
            name, inn, kind = words.person(chance), None, "40817810"
        elif chance.random() < 0.4:
            name = f"ИП {words.person(chance)}"
            inn, kind = str(500_000_000_000 + chance.randrange(10**10)), "40802810"
        else:
            name = words.company(chance)
            inn, kind = str(6_000_000_000 + chance.randrange(10**9)), "40702810"
        clients.append(Client(name, inn, f"{kind}{tail[:12]}"))
    return clients


def _amount(chance: Chance) -> int:
    if chance.random() < 0.4:
        return chance.choice(PRICES) * 100
    whole = chance.randrange(3_000, 190_000) * 100
    return whole + (chance.randrange(100) if chance.random() < 0.3 else 0)


def _deal(made: World, at: int, client: Client, chance: Chance) -> None:
    methods = [PaymentMethod.BANK_TRANSFER] * 5 + [PaymentMethod.TERMINAL] * 3
    methods += [PaymentMethod.CARD_TRANSFER, PaymentMethod.CASH]
    if client.inn is None:  # loans are people's
        methods.append(PaymentMethod.CREDIT_AGREEMENT)
    number = contract_number(made.style, at)
    invoice = str(5_100 + at * 3) if client.inn and chance.random() < 0.6 else None
    for step in range(chance.choice((1, 1, 2, 2, 3))):
        payment = OpenPayment(
            id=f"p{len(made.payments)}",
            deal_id=f"d{at}",
            contract_no=number,
            client=client.name,
            client_inn=client.inn if chance.random() < 0.8 else None,
            invoice_no=invoice,
            amount=Money(_amount(chance)),
            method=chance.choice(methods),
            expected_on=START + timedelta(days=chance.randrange(DAYS - 20) + step * 9),
            salon=chance.choice(sorted(SALONS.values())),
        )
        made.payments.append((payment, client))


def _bank_lines(made: World, by_client: dict[str, Client], chance: Chance) -> None:
    by_deal: dict[str, list[tuple[OpenPayment, Client]]] = {}
    for payment, client in made.payments:
        if payment.method in {PaymentMethod.BANK_TRANSFER, PaymentMethod.CARD_TRANSFER}:
            by_deal.setdefault(payment.deal_id, []).append((payment, client))
    for group in by_deal.values():
        client = group[0][1]
        payments = [one for one, _ in group]
        if len(payments) > 1 and chance.random() < 0.15:
            _pay(made, client, [(one, one.amount.minor) for one in payments], chance)
            continue
        for one in payments:
            _pay_one(made, client, one, chance)


def _pay_one(made: World, client: Client, one: OpenPayment, chance: Chance) -> None:
    dice, due = chance.random(), one.amount.minor
    if dice < 0.08:  # never paid
        return
    if dice < 0.16:  # in two halves, both naming the contract
        half = due * 2 // 5 // 100 * 100
        _pay(made, client, [(one, half)], chance, is_named=True)
        _pay(made, client, [(one, due - half)], chance, is_named=True)
    elif dice < 0.22:  # over: the rest stays with the client
        _pay(made, client, [(one, due)], chance, extra=chance.choice((100, 5_000, 40_000)))
    else:
        _pay(made, client, [(one, due)], chance)


def _pay(made, client, links, chance, *, is_named=False, extra=0):
    payment = links[0][0]
    day = payment.expected_on + timedelta(days=chance.choice((-4, -1, 0, 0, 0, 1, 2, 3, 7, 16)))
    minor = sum(part for _, part in links) + extra
    fields = {"inn": client.inn, "counterparty_account": client.account}
    fields["counterparty"] = words.as_the_bank_writes(client.name, chance)
    if payment.method is PaymentMethod.CARD_TRANSFER:
        instant = {"counterparty": "СБП", "counterparty_account": "30232810700000000044"}
        made.add(day, minor, words.instant(client.name, chance), links, **instant)
        return
    if is_named or chance.random() < 0.6:
        if chance.random() < 0.12:  # somebody else pays and names the contract
            fields = words.third_party(chance)
        text = words.named(spoken(made.style, payment.contract_no, chance), chance)
    elif payment.invoice_no and chance.random() < 0.6:
        text = words.invoiced(payment.invoice_no, chance)
    else:
        text = chance.choice(words.NAMELESS)
    made.add(day, minor, text, links, **fields)


def _strangers(made: World, closed: list[str], chance: Chance) -> None:
    prices = [payment.amount.minor for payment, _ in made.payments]
    for _ in range(len(prices) // 6):
        day = START + timedelta(days=chance.randrange(DAYS))
        minor = chance.choice(prices) if chance.random() < 0.6 else _amount(chance)
        dice = chance.random()
        if dice < 0.5:
            text, fields = words.foreign(chance)
            made.foreign.add(made.add(day, minor, text, **fields))
        elif dice < 0.7:
            number = spoken(made.style, chance.choice(closed), chance)
            made.add(day, minor, words.named(number, chance), **words.third_party(chance))
        else:  # a stranger's money: nobody can say that it is nobody's
            made.add(day, minor, chance.choice(words.NAMELESS), **words.third_party(chance))
