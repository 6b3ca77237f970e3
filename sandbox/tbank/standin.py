"""T-API of T-Bank Business: `/openapi/api/v1/statement` and `/openapi/api/v4/bank-accounts`.

Facts: apis/tbank_business. Assumed, because nothing is published: newest operations first, pages
over the list as it is at the moment, 400 for a parameter the API does not know and for an account
that is not the company's, the answer's frame of the accounts.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox.bank_side import MOSCOW, BankSide, Waiting
from sandbox.faults import FaultReplies, Faults, fault_middleware, faults_handler
from sandbox.tbank.operations import hold_json, operation_json, roubles, utc_text
from sandbox.tbank.query import BadQueryError, StatementQuery, cursor_of, read_query
from world.clock import Clock

__all__ = ["PREFIX", "SYSTEM", "TBankStandin"]

SYSTEM = "tbank"
PREFIX = "/openapi/api/"
CALLS_A_SECOND_MAX = 20

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Row = tuple[datetime, dict[str, Any]]


class TBankStandin:
    """The API on localhost; its methods are what happens around it, `.app` is what it serves.

    `constant_cursor` has every page name the same next cursor, as the bank's own sandbox does.
    """

    def __init__(self, clock: Clock, faults: Faults, side: BankSide, *, token: str) -> None:
        """The accounts of `side`, open to this token."""
        self.side = side
        self.constant_cursor = False
        self._clock = clock
        self._tokens = {token}
        self._forbidden = False
        self._calls: deque[datetime] = deque()
        faulty = fault_middleware(SYSTEM, faults, clock, _fault_replies(), _call_name)
        self.app = web.Application(middlewares=[faulty, self._gatekeeper])
        self.app.router.add_get(f"{PREFIX}v1/statement", self._statement)
        self.app.router.add_get(f"{PREFIX}v4/bank-accounts", self._accounts)
        self.app.router.add_route("*", "/_faults", faults_handler(faults))

    def revoke(self) -> None:
        """The token dies (90 days without use, or by hand): 401."""
        self._tokens.clear()

    def forbid(self) -> None:
        """The token lacks the right, or the address is not in its list: 403."""
        self._forbidden = True

    def hold(self, account: str, amount_minor: int, purpose: str) -> Waiting:
        """A card is authorised: shown as an Authorization, no money moved."""
        return self.side.wait(account, amount_minor, purpose, self._clock.now())

    @web.middleware
    async def _gatekeeper(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await handler(request)
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or token not in self._tokens:
            return _error(401, "UNAUTHORIZED", "Токен недействителен")
        if self._forbidden:
            return _error(403, "FORBIDDEN", "Нет доступа")
        now = self._clock.now()
        while self._calls and self._calls[0] <= now - timedelta(seconds=1):
            self._calls.popleft()
        if len(self._calls) >= CALLS_A_SECOND_MAX:
            return _too_many()
        self._calls.append(now)
        return await handler(request)

    async def _accounts(self, _request: web.Request) -> web.Response:
        rows = [
            {
                "accountNumber": one.number,
                "name": "Расчётный счёт",
                "status": "NORM",
                "currency": "643",
                "bankBik": one.owner.bik,
                "accountType": "Current",
                "balance": {
                    "balance": roubles(self.side.balance(one.number)),
                    "realOtb": roubles(self.side.balance(one.number) - self._held(one.number)),
                    "otb": roubles(self.side.balance(one.number) - self._held(one.number)),
                    "authorized": roubles(self._held(one.number)),
                    "pendingPayments": 0,
                    "pendingRequisitions": 0,
                },
            }
            for one in self.side.accounts()
        ]
        return web.json_response(rows)

    async def _statement(self, request: web.Request) -> web.Response:
        try:
            asked = read_query(request.query)
        except BadQueryError as error:
            return _error(400, "INVALID_PARAMETER", str(error))
        if self.side.account(asked.account) is None:
            return _error(400, "INVALID_PARAMETER", "unknown accountNumber")
        rows = self._rows(asked)
        page = rows[asked.skip : asked.skip + asked.limit]
        answer: dict[str, Any] = {"operations": [row for _, row in page], "nextCursor": None}
        if self.constant_cursor:
            answer["nextCursor"] = cursor_of(0)
        elif len(rows) > asked.skip + asked.limit:
            answer["nextCursor"] = cursor_of(asked.skip + asked.limit)
        if asked.with_balances and not asked.skip and "cursor" not in request.query:
            answer["balances"] = self._balances(asked)
        return web.json_response(answer)

    def _rows(self, asked: StatementQuery) -> list[Row]:
        account = self.side.account(asked.account)
        assert account is not None
        now = self._clock.now().astimezone(MOSCOW)
        rows: list[Row] = []
        if asked.status != "Authorization":
            booked = self.side.movements(asked.account)
            rows += [(one.made_at, operation_json(one, account, now)) for one in booked]
        if asked.status != "Transaction":
            held = [one for one in self.side.waiting if one.account == asked.account]
            rows += [(one.made_at, hold_json(one)) for one in held]
        inside = [row for row in rows if asked.first <= row[0] < asked.to]
        return sorted(inside, key=lambda row: utc_text(row[0]), reverse=True)

    def _balances(self, asked: StatementQuery) -> dict[str, float]:
        moved = [
            one.signed_minor
            for one in self.side.movements(asked.account)
            if asked.first <= one.made_at < asked.to
        ]
        return {
            "balanceBegin": roubles(self.side.balance(asked.account, asked.first)),
            "balanceEnd": roubles(self.side.balance(asked.account, asked.to)),
            "credit": roubles(sum(one for one in moved if one > 0)),
            "debit": roubles(-sum(one for one in moved if one < 0)),
        }

    def _held(self, account: str) -> int:
        return sum(one.amount_minor for one in self.side.waiting if one.account == account)


def _call_name(request: web.Request) -> str:
    return f"{request.method} {request.path.removeprefix(PREFIX)}"


def _error(status: int, code: str, message: str) -> web.Response:
    body = {"errorId": "0", "errorMessage": message, "errorCode": code, "errorDetails": {}}
    return web.json_response(body, status=status)


def _too_many() -> web.Response:
    return _error(429, "TOO_MANY_REQUESTS", "Превышен лимит запросов")


def _fault_replies() -> FaultReplies:
    return FaultReplies(
        too_many=_too_many,
        server_error=lambda: _error(500, "INTERNAL_ERROR", "Внутренняя ошибка"),
    )
