"""Reads the table of deals and says what each of its facts must do to profit."""

from dataclasses import dataclass
from datetime import date

from sandbox.demo.calendar import date_of
from sandbox.demo.deal_table import DEALS
from sandbox.demo.effects import Basis, Effect, Where

__all__ = ["Deal", "Pay", "PayMethod", "load_deals", "minor_of"]


class PayMethod:
    """The words of the table for the five ways to pay."""

    CASH = "cash"
    CARD = "card"
    TERMINAL = "term"
    BANK = "bank"
    CREDIT = "cred"


@dataclass(frozen=True, slots=True)
class Pay:
    """One payment of a deal; days are day numbers, sums kopecks (the table explains the words)."""

    entered: int
    method: str
    minor: int
    confirmed: int | None
    paid: int | None = None
    shown: int | None = None
    fee: int = 0
    got: int | None = None
    revenue: int | None = None
    counts: int | None = None
    first_said: int | None = None
    gone: int | None = None
    by_hand: bool = False

    @property
    def on(self) -> date:
        """The day on which the money counts on the cash basis."""
        paid = self.paid if self.method == PayMethod.BANK else self.entered
        return date_of(self.counts or paid or self.entered)

    @property
    def arrives(self) -> int:
        """The kopecks that the bank's line of a transfer has."""
        return self.minor if self.got is None else self.got


@dataclass(frozen=True, slots=True)
class Deal:
    """A row of the table."""

    number: int
    signed: int
    where: Where
    price: int
    payments: tuple[Pay, ...]
    done: int | None

    @property
    def contract(self) -> str:
        """The contract's number, as it stands in the CRM and in purposes of payments."""
        return f"КУ-{self.number:04d}"

    def effects_of(self, pay: Pay) -> tuple[Effect, ...]:
        """What the confirmation of a payment does: revenue, and the fee that was withheld."""
        revenue = pay.minor if pay.revenue is None else pay.revenue
        effects = [Effect(Basis.CASH, "revenue", revenue, pay.on, self.where)]
        if pay.fee:
            assert pay.paid is not None
            on = date_of(pay.paid)
            effects += [Effect(basis, "bank_fees", pay.fee, on, self.where) for basis in Basis]
        return tuple(effects)

    @property
    def recognition(self) -> tuple[Effect, ...]:
        """What the end of the deal does."""
        if self.done is None:
            return ()
        on = date_of(self.done)
        return (Effect(Basis.ACCRUAL, "revenue", self.price, on, self.where),)


def load_deals() -> tuple[Deal, ...]:
    """The table, read."""
    return tuple(_deal(line) for line in DEALS.strip().splitlines())


def minor_of(text: str) -> int:
    """Roubles as the tables write them, in kopecks: `7500.50`."""
    whole, _, part = text.partition(".")
    assert len(part) in {0, 2}, text
    return int(whole) * 100 + int(part or 0)


def _deal(line: str) -> Deal:
    number, signed, manager, product, salon, city, price, payments, done = (
        part.strip() for part in line.split("|")
    )
    return Deal(
        number=int(number),
        signed=int(signed),
        where=Where(manager, product, salon, city),
        price=minor_of(price),
        payments=tuple(_pay(one) for one in payments.split(";")),
        done=_day(done),
    )


def _pay(text: str) -> Pay:
    words = text.split()
    by_hand = "hand" in words
    entered, method, amount, *rest = (word for word in words if word != "hand")
    said = dict(zip(rest[::2], rest[1::2], strict=True))
    assert set(said) <= _WORDS, text
    return Pay(
        entered=int(entered),
        method=method,
        minor=minor_of(amount),
        confirmed=_day(said["ok"]),
        paid=_day(said.get("paid", "-")),
        shown=_day(said.get("shown", "-")),
        fee=minor_of(said.get("fee", "0")),
        got=_sum(said.get("got")),
        revenue=_sum(said.get("rev")),
        counts=_day(said.get("on", "-")),
        first_said=_sum(said.get("was")),
        gone=_day(said.get("gone", "-")),
        by_hand=by_hand,
    )


_WORDS = {"ok", "paid", "shown", "fee", "got", "rev", "on", "was", "gone"}


def _day(text: str) -> int | None:
    return None if text == "-" else int(text)


def _sum(text: str | None) -> int | None:
    return None if text is None else minor_of(text)
