"""A bank's loan to a client, paid to the shop: the agreement whose price is net plus discount.

The client is named in the text; without a name the only agreement of that price is shown. When
the discount is not told, an agreement of the named client that is dearer than the credit is shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from banking.formats.records import StatementLine
from banking.matching.book import Book
from banking.matching.names import full_names_in, parse_name, short_forms, short_names_in
from banking.matching.records import OpenPayment, PaymentMethod
from banking.matching.settlement_text import Settlement
from banking.matching.settlements import Sales, Solved

__all__ = ["LoanIndex", "solve_loan"]

_DISCOUNT_PERCENT_MAX = 30
_USUAL = 100


@dataclass(slots=True)
class LoanIndex:
    """Credit agreements by price and by the client's name, full and short."""

    by_price: dict[int, list[OpenPayment]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[object, list[OpenPayment]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, payments: Iterable[OpenPayment]) -> "LoanIndex":
        """Index what loan banks pay."""
        index = cls()
        for one in payments:
            if one.method is not PaymentMethod.CREDIT_AGREEMENT:
                continue
            index.by_price[one.amount.minor].append(one)
            name = parse_name(one.client)
            for key in [name, *short_forms(name)] if name else []:
                index.by_name[key].append(one)
        return index


def solve_loan(
    line: StatementLine, settlement: Settlement, loans: LoanIndex, book: Book
) -> Solved:
    """The agreement that this credit pays."""
    net = line.amount.minor
    named = _named(line, loans)
    opened = [one for one in named if book.owed[one.id] == one.amount.minor]
    if settlement.fee_minor is None:
        dearer = [
            one
            for one in opened
            if net <= one.amount.minor <= net * 100 // (100 - _DISCOUNT_PERCENT_MAX)
        ]
        return _solved(dearer, net, is_fee_counted=True, is_named=True)
    price = net + settlement.fee_minor
    of_client = [one for one in opened if one.amount.minor == price]
    if of_client or _names_a_client(line, book):
        return _solved(of_client, net, is_fee_counted=False, is_named=True)
    others = [one for one in loans.by_price.get(price, ()) if book.owed[one.id] == price]
    return _solved(others, net, is_fee_counted=False, is_named=False)


def _named(line: StatementLine, loans: LoanIndex) -> list[OpenPayment]:
    keys = [*full_names_in(line.purpose), *short_names_in(line.purpose)]
    found = {one.id: one for key in keys for one in loans.by_name.get(key, ())}
    return list(found.values())


def _names_a_client(line: StatementLine, book: Book) -> bool:
    return any(name in book.by_name for name in full_names_in(line.purpose))


def _solved(
    fitting: list[OpenPayment], net: int, *, is_fee_counted: bool, is_named: bool
) -> Solved:
    # Equal agreements of one deal are interchangeable: the earlier one is taken.
    different = {(one.deal_id, one.amount.minor): one for one in reversed(fitting)}
    return Solved(
        tuple(
            Sales(
                payments=(one,),
                fee_minor=one.amount.minor - net,
                share=_USUAL,
                is_fee_counted=is_fee_counted,
                is_named=is_named,
            )
            for one in different.values()
        )
    )
