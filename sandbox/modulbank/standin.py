"""Modulbank's API: `/v1/account-info` and `/v1/operation-history/{id}`, all by POST.

Facts: apis/modulbank. `category` is the bank's view: "Debet" is money in. Assumed, because nothing
is published, and the harsher way is taken each time: newest first and `skip` over the list as it is
at the moment; `from` and `till` are midnights of the creation, so `till` leaves its own day out;
400 for keys it does not know and for more than 50 records; one request a second and 429 above.
"""

import hashlib
import json
import uuid
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from aiohttp import web

from sandbox.bank_side import MOSCOW, BankAccount, BankSide, Movement, Waiting
from sandbox.faults import FaultReplies, Faults, fault_middleware, faults_handler
from world.clock import Clock

__all__ = ["PREFIX", "SYSTEM", "ModulbankStandin"]

SYSTEM = "modulbank"
PREFIX = "/v1/"
RECORDS_MAX = 50
CALLS_APART = timedelta(seconds=1)
KNOWN = {"category", "statuses", "from", "till", "skip", "records"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]


class ModulbankStandin:
    """The API on localhost; its methods are what happens around it, `.app` is what it serves."""

    def __init__(self, clock: Clock, faults: Faults, side: BankSide, *, token: str) -> None:
        """The accounts of `side`, open to this token."""
        self.side = side
        self._clock = clock
        self._tokens = {token}
        self._called_at: datetime | None = None
        faulty = fault_middleware(SYSTEM, faults, clock, _fault_replies(), _call_name)
        self.app = web.Application(middlewares=[faulty, self._gatekeeper])
        self.app.router.add_post(f"{PREFIX}account-info", self._accounts)
        self.app.router.add_post(f"{PREFIX}account-info/balance/{{id}}", self._balance)
        self.app.router.add_post(f"{PREFIX}operation-history/{{id}}", self._history)
        self.app.router.add_route("*", "/_faults", faults_handler(faults))

    def revoke(self) -> None:
        """The token is valid no more: 401."""
        self._tokens.clear()

    def send(self, account: str, amount_minor: int, purpose: str) -> Waiting:
        """An order on its way to the bank: shown as SendToBank, no money moved."""
        return self.side.wait(account, amount_minor, purpose, self._clock.now())

    @web.middleware
    async def _gatekeeper(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await handler(request)
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or token not in self._tokens:
            return _plain(401, "Unauthorized")
        now = self._clock.now()
        if self._called_at is not None and now - self._called_at < CALLS_APART:
            return _plain(429, "Too Many Requests")
        self._called_at = now
        return await handler(request)

    async def _accounts(self, _request: web.Request) -> web.Response:
        accounts = [
            {
                "id": account_id(one.number),
                "number": one.number,
                "accountName": "Расчётный счёт",
                "category": "CheckingAccount",
                "currency": "RUR",
                "balance": _roubles(self.side.balance(one.number)),
                "bankName": one.owner.bank,
                "bankBic": one.owner.bik,
                "bankCorrespondentAccount": one.owner.correspondent,
                "status": "New",
            }
            for one in self.side.accounts()
        ]
        owner = self.side.accounts()[0].owner
        company = {
            "companyId": _guid("company"),
            "companyName": owner.name,
            "inn": owner.inn,
            "registrationCompleted": True,
            "bankAccounts": accounts,
        }
        return web.json_response([company])

    async def _balance(self, request: web.Request) -> web.Response:
        account = self._account(request)
        if account is None:
            return _plain(400, "Bad Request")
        return web.json_response(_roubles(self.side.balance(account.number)))

    async def _history(self, request: web.Request) -> web.Response:
        account = self._account(request)
        try:
            asked = json.loads(await request.text())
            rows = self._rows(account, asked) if account else None
        except (AttributeError, TypeError, ValueError):
            rows = None
        return _plain(400, "Bad Request") if rows is None else web.json_response(rows)

    def _account(self, request: web.Request) -> BankAccount | None:
        known = {account_id(one.number): one for one in self.side.accounts()}
        return known.get(request.match_info["id"])

    def _rows(self, account: BankAccount, asked: Json) -> list[Json] | None:
        skip, records = asked.get("skip", 0), asked.get("records", RECORDS_MAX)
        if set(asked) - KNOWN or not 1 <= records <= RECORDS_MAX or skip < 0:
            return None
        first = _midnight(asked.get("from"), date.min)
        till = _midnight(asked.get("till"), date.max)
        rows = [_finished(one, account) for one in self.side.movements(account.number)]
        rows += [
            _waiting(one, account) for one in self.side.waiting if one.account == account.number
        ]
        chosen = [
            row
            for row in sorted(rows, key=lambda row: str(row["created"]), reverse=True)
            if first <= row["created"] < till
            and row["category"] == asked.get("category", row["category"])
            and row["status"] in asked.get("statuses", [row["status"]])
        ]
        return chosen[skip : skip + records]


def account_id(number: str) -> str:
    """The GUID by which the API knows an account."""
    return _guid(f"account {number}")


def _finished(movement: Movement, account: BankAccount) -> Json:
    document, other = movement.document, movement.other
    moment = movement.made_at.strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "id": _guid(f"{document.id} {movement.incoming}"),
        "companyId": _guid("company"),
        "status": "Received" if movement.incoming else "Executed",
        "category": "Debet" if movement.incoming else "Credit",
        "contragentName": other.name,
        "contragentInn": other.inn,
        "contragentKpp": other.kpp,
        "contragentBankAccountNumber": other.account,
        "contragentBankCorrAccount": other.correspondent,
        "contragentBankName": other.bank,
        "contragentBankBic": other.bik,
        "currency": "RUR",
        "amount": _roubles(document.amount_minor),
        "bankAccountNumber": account.number,
        "paymentPurpose": document.purpose,
        "executed": moment,
        "created": moment,
        "docNumber": document.number,
        "absId": str(document.id),
    }


def _waiting(held: Waiting, account: BankAccount) -> Json:
    moment = held.made_at.astimezone(MOSCOW).strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "id": _guid(f"waiting {held.id}"),
        "companyId": _guid("company"),
        "status": "SendToBank",
        "category": "Credit",
        "currency": "RUR",
        "amount": _roubles(held.amount_minor),
        "bankAccountNumber": account.number,
        "paymentPurpose": held.purpose,
        "executed": None,
        "created": moment,
    }


def _midnight(day: Any, default: date) -> str:
    chosen = default if day is None else date.fromisoformat(day)
    return datetime.combine(chosen, time()).isoformat()


def _roubles(minor: int) -> float:
    return minor / 100


def _guid(text: str) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))


def _call_name(request: web.Request) -> str:
    resource = request.match_info.route.resource
    path = request.path if resource is None else resource.canonical
    return f"{request.method} {path.removeprefix(PREFIX)}"


def _plain(status: int, text: str) -> web.Response:
    """The format of errors is not published."""
    return web.Response(status=status, text=text)


def _fault_replies() -> FaultReplies:
    return FaultReplies(
        too_many=lambda: _plain(429, "Too Many Requests"),
        server_error=lambda: _plain(500, "Internal Server Error"),
    )
