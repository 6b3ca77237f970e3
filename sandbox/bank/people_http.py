"""The bank's side for people over HTTP, plain JSON; sums are text like "15000.00".

    GET  /_people/bank/accounts
    GET  /_people/bank/documents?account=4070…
    GET  /_people/bank/statement?account=4070…&from=2026-03-01&to=2026-03-31    the 1C file
    POST /_people/bank/client-payment    {"account", "amount", "purpose", "party": {"name", "inn"}}
    POST /_people/bank/supplier-payment  the same
    POST /_people/bank/refund            the same
    POST /_people/bank/own-transfer      {"account", "to_account", "amount", "purpose"}
    POST /_people/bank/fee               {"account", "amount", "purpose"}
    POST /_people/bank/cash              {"account", "amount", "purpose"}
    POST /_people/bank/settlement        {"account", "gross", "fee", "registry_day", "merchant"}

Every payment takes "day", "document_day" and "number" as well; `account` may be repeated in the
statement's query. 404 for an account the bank does not keep, 400 for an order it does not take.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

from aiohttp import web

from sandbox.bank.book import UnknownAccountError
from sandbox.bank.numbers import invented_party, rub
from sandbox.bank.people import BankPeople
from sandbox.bank.records import Document, Order, Party, Settlement

__all__ = ["BankPeopleHttp"]

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Pay = Callable[[str, Party, Order], Document]
PayOwn = Callable[[str, Order], Document]


class BankPeopleHttp:
    """The handlers of `/_people/bank`."""

    def __init__(self, bank: BankPeople) -> None:
        """They work on one bank."""
        self._bank = bank

    def routes(self) -> list[web.RouteDef]:
        """Every path of the people's side."""
        bank = self._bank
        handlers: dict[str, Handler] = {
            "GET accounts": self._accounts,
            "GET documents": self._documents,
            "GET statement": self._statement,
            "POST client-payment": _paying(bank.client_pays),
            "POST supplier-payment": _paying(bank.supplier_payment),
            "POST refund": _paying(bank.refund),
            "POST own-transfer": self._own_transfer,
            "POST fee": _paying_own(bank.fee),
            "POST cash": _paying_own(bank.cash_deposited),
            "POST settlement": self._settlement,
        }
        return [
            web.route(name.split()[0], f"/_people/bank/{name.split()[1]}", _guarded(handler))
            for name, handler in handlers.items()
        ]

    async def _accounts(self, _request: web.Request) -> web.Response:
        accounts = [
            {
                "account": account.number,
                "owner": account.owner.name,
                "bank": account.owner.bank,
                "bik": account.owner.bik,
                "balance": rub(self._bank.balance(account.number)),
            }
            for account in self._bank.book.accounts.values()
        ]
        return web.json_response({"today": self._bank.today.isoformat(), "accounts": accounts})

    async def _documents(self, request: web.Request) -> web.Response:
        account = request.query.get("account")
        shown = [
            _show(one)
            for one in self._bank.documents
            if account is None or account in {one.payer.account, one.payee.account}
        ]
        return web.json_response({"documents": shown})

    async def _statement(self, request: web.Request) -> web.Response:
        accounts = request.query.getall("account")
        days = [date.fromisoformat(request.query[key]) for key in ("from", "to")]
        return web.Response(
            body=self._bank.statement_of(accounts, days[0], days[1]),
            headers={
                "Content-Type": "text/plain; charset=windows-1251",
                "Content-Disposition": 'attachment; filename="kl_to_1c.txt"',
            },
        )

    async def _own_transfer(self, request: web.Request) -> web.Response:
        body = await _body(request)
        arrives_on = _day(body, "arrives_on")
        document = self._bank.own_transfer(
            body["account"], body["to_account"], _order(body), arrives_on=arrives_on
        )
        return web.json_response(_show(document))

    async def _settlement(self, request: web.Request) -> web.Response:
        body = await _body(request)
        settlement = Settlement(
            gross_minor=_minor(body["gross"]),
            fee_minor=_minor(body["fee"]),
            registry_day=date.fromisoformat(body["registry_day"]),
            merchant=body["merchant"],
            day=_day(body, "day"),
        )
        return web.json_response(_show(self._bank.acquirer_settles(body["account"], settlement)))


def _paying(pay: Pay) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        return web.json_response(_show(pay(body["account"], _party(body), _order(body))))

    return handle


def _paying_own(pay: PayOwn) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        return web.json_response(_show(pay(body["account"], _order(body))))

    return handle


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except UnknownAccountError as error:
            return web.json_response({"error": str(error)}, status=404)
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"unusable order: {error}"}, status=400)

    return guarded


async def _body(request: web.Request) -> Json:
    body = json.loads(await request.text(), parse_float=Decimal)
    if not isinstance(body, dict):
        raise TypeError("an object is expected")
    return body


def _order(body: Json) -> Order:
    return Order(
        amount_minor=_minor(body["amount"]),
        purpose=body["purpose"],
        day=_day(body, "day"),
        document_day=_day(body, "document_day"),
        number=body.get("number"),
    )


def _party(body: Json) -> Party:
    party: Json = body["party"]
    known = invented_party(party["name"], party.get("inn", ""))
    return known if "account" not in party else Party(**{**_as_json(known), **party})


def _as_json(party: Party) -> Json:
    return {name: getattr(party, name) for name in Party.__slots__}


def _minor(amount: object) -> int:
    minor = Decimal(str(amount)) * 100
    if minor != int(minor):
        raise ValueError(amount)
    return int(minor)


def _day(body: Json, key: str) -> date | None:
    return date.fromisoformat(body[key]) if body.get(key) else None


def _show(document: Document) -> Json:
    return {
        "id": document.id,
        "type": document.type.value,
        "number": document.number,
        "day": document.day.isoformat(),
        "amount": rub(document.amount_minor),
        "payer": document.payer.name,
        "payer_inn": document.payer.inn,
        "payer_account": document.payer.account,
        "payee": document.payee.name,
        "payee_inn": document.payee.inn,
        "payee_account": document.payee.account,
        "debited_on": document.debited_on.isoformat(),
        "credited_on": document.credited_on.isoformat(),
        "purpose": document.purpose,
    }
