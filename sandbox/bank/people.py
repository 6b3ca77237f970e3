"""What happens to the company's money at its banks, and the statement file of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.bank.book import BankBook
from sandbox.bank.company import ACQUIRER
from sandbox.bank.numbers import keyed_account, rub
from sandbox.bank.records import (
    BankAccount,
    Document,
    DocumentType,
    Order,
    Party,
    Settlement,
)
from sandbox.bank.statement import Period, write_statement
from world.clock import Clock, business_day

__all__ = ["MOSCOW", "BadOrderError", "BankPeople"]

MOSCOW = ZoneInfo("Europe/Moscow")
PAYMENT_ORDER = "01"
BANK_ORDER = "17"
CASH_SLIP = "04"


class BadOrderError(ValueError):
    """An order the bank does not carry out."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BankPeople:
    """The bank; its methods are what happens to the company's money, each gives the document.

    Raises `UnknownAccountError` for an account that is not the company's and `BadOrderError` for
    a sum that is not positive, a day that has not come, or more than the account holds.
    """

    def __init__(
        self, clock: Clock, *, accounts: Iterable[BankAccount], zone: ZoneInfo = MOSCOW
    ) -> None:
        """A bank without movements."""
        self.book = BankBook(accounts)
        self._clock = clock
        self._zone = zone

    @property
    def today(self) -> date:
        """The bank's present day."""
        return business_day(self._clock.now(), self._zone)

    @property
    def documents(self) -> list[Document]:
        """Everything carried out so far, oldest first."""
        return list(self.book.documents)

    def client_pays(self, account: str, client: Party, order: Order) -> Document:
        """Money from a client, a credit bank, a supplier giving back: anybody outside."""
        return self._carry_out(client, self.book.account(account).owner, order)

    def supplier_payment(self, account: str, supplier: Party, order: Order) -> Document:
        """The company pays somebody."""
        return self._carry_out(self._paying(account, order), supplier, order)

    def refund(self, account: str, client: Party, order: Order) -> Document:
        """The company gives a client's money back."""
        return self._carry_out(self._paying(account, order), client, order)

    def own_transfer(
        self, source: str, target: str, order: Order, *, arrives_on: date | None = None
    ) -> Document:
        """Between two accounts of the company; it may arrive some days later."""
        payee = self.book.account(target).owner
        return self._carry_out(self._paying(source, order), payee, order, arrives_on=arrives_on)

    def acquirer_settles(self, account: str, settlement: Settlement) -> Document:
        """Card sales of a day, net of the fee, as one sum."""
        net = settlement.gross_minor - settlement.fee_minor
        purpose = (
            "Зачисление средств по операциям эквайринга. "
            f"Мерчант №{settlement.merchant}. Дата реестра {settlement.registry_day:%d.%m.%Y}. "
            f"Комиссия {rub(settlement.fee_minor)}. Возврат покупки 0.00/0.00."
            "НДС не облагается."
        )
        owner = self.book.account(account).owner
        order = Order(net, purpose, day=settlement.day)
        return self._carry_out(ACQUIRER, owner, order, code=BANK_ORDER)

    def fee(self, account: str, order: Order) -> Document:
        """The bank takes its fee, by its own order."""
        payer = self._paying(account, order)
        # Its income account: bank orders for fees go to 70601.
        own_number = keyed_account(payer.bik, "70601810000000000001")
        bank = Party(payer.bank, "", own_number, payer.bank, payer.bik, payer.correspondent)
        return self._carry_out(payer, bank, order, code=BANK_ORDER)

    def cash_deposited(self, account: str, order: Order) -> Document:
        """Cash of the company put in through the bank's machine."""
        owner = self.book.account(account).owner
        till = replace(owner, account=keyed_account(owner.bik, "20208810000000000001"))
        return self._carry_out(till, owner, order, code=CASH_SLIP)

    def drop(self, document_id: int) -> None:
        """Lose a document, for proofs that a comparison notices; unknown ids change nothing."""
        self.book.documents = [one for one in self.book.documents if one.id != document_id]

    def balance(self, account: str, day: date | None = None) -> int:
        """Kopecks on the account at the end of a day, today unless given."""
        return self.book.balance(account, self.today if day is None else day)

    def statement(self, account: str, from_: date, to: date) -> bytes:
        """The 1C file of one account, both days included."""
        return self.statement_of([account], from_, to)

    def statement_of(self, accounts: Sequence[str], from_: date, to: date) -> bytes:
        """The 1C file of several accounts."""
        if from_ > to or not accounts:
            raise BadOrderError("a statement needs an account and a period")
        made_at = self._clock.now().astimezone(self._zone)
        return write_statement(self.book, accounts, Period(from_, to, made_at))

    def dump(self) -> dict[str, Any]:
        """Every document as a JSON tree."""
        return {"documents": [_to_json(one) for one in self.book.documents]}

    def load(self, state: Mapping[str, Any]) -> None:
        """Take dumped documents in place of the present ones; raises `KeyError`."""
        self.book.documents = [_from_json(one) for one in state["documents"]]

    def _paying(self, account: str, order: Order) -> Party:
        owner = self.book.account(account).owner
        if order.amount_minor > self.book.balance(account, self.today):
            raise BadOrderError(f"not enough money on {account}")
        return owner

    def _carry_out(
        self,
        payer: Party,
        payee: Party,
        order: Order,
        *,
        code: str = PAYMENT_ORDER,
        arrives_on: date | None = None,
    ) -> Document:
        day = self.today if order.day is None else order.day
        arrival = day if arrives_on is None else arrives_on
        if order.amount_minor <= 0:
            raise BadOrderError("the sum is positive")
        if day > self.today or arrival < day:
            raise BadOrderError("the day of the movement has not come")
        documents = self.book.documents
        document = Document(
            id=max((one.id for one in documents), default=0) + 1,
            type=DocumentType.ORDER if code == PAYMENT_ORDER else DocumentType.BANK_ORDER,
            number=order.number or self._next_number(payer),
            day=order.document_day or day,
            amount_minor=order.amount_minor,
            payer=payer,
            payee=payee,
            debited_on=day,
            credited_on=arrival,
            purpose=order.purpose,
            code=code,
        )
        documents.append(document)
        return document

    def _next_number(self, payer: Party) -> str:
        return str(1 + sum(one.payer.account == payer.account for one in self.book.documents))


def _to_json(document: Document) -> dict[str, Any]:
    days = {key: getattr(document, key).isoformat() for key in _DAYS}
    return {**asdict(document), **days}


_DAYS = ("day", "debited_on", "credited_on")


def _from_json(tree: Mapping[str, Any]) -> Document:
    days = {key: date.fromisoformat(tree[key]) for key in _DAYS}
    parties = {key: Party(**tree[key]) for key in ("payer", "payee")}
    return Document(**{**tree, **days, **parties, "type": DocumentType(tree["type"])})
