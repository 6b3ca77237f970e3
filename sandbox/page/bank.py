"""The bank for the page: accounts, movements, a client's payment, the next day with its statement.

GET  /api/bank
POST /api/bank/payments        {"account", "amount": "15000", "purpose", "name", "inn"}
POST /api/bank/next-day        {}
GET  /api/bank/files/1         the statement file
POST /api/bank/files/1/send    {"user_id": 4}
"""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.bank.numbers import invented_party, rub
from sandbox.bank.records import Document, Order
from sandbox.page.chats import Chats
from sandbox.page.replies import Json, RefusedActError, attachment, read_object
from sandbox.page.sums import read_minor
from sandbox.page.world import DemoWorld, StatementFileOffer

__all__ = ["Bank"]

MOVEMENTS_SHOWN = 60
INN_LENGTHS = {0, 10, 12}


@dataclass(slots=True)
class _File:
    """A statement file on offer, and to whom it went."""

    offer: StatementFileOffer
    day: str
    sent_to: list[str] = field(default_factory=list)


class Bank:
    """The handlers of `/api/bank`."""

    def __init__(self, world: DemoWorld, chats: Chats) -> None:
        """Files are offered for as long as the page's server lives."""
        self._world = world
        self._chats = chats
        self._bank = world.sandbox.bank
        self._files: list[_File] = []
        self._going_on = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """Every path of the bank."""
        return [
            web.get("/api/bank", self._show),
            web.post("/api/bank/payments", self._pay),
            web.post("/api/bank/next-day", self._next_day),
            web.get(r"/api/bank/files/{number:\d+}", self._file),
            web.post(r"/api/bank/files/{number:\d+}/send", self._send),
        ]

    @property
    def version(self) -> int:
        """Grows with every file that was made or sent."""
        return sum(1 + len(file.sent_to) for file in self._files)

    async def _show(self, _request: web.Request) -> web.Response:
        own = self._bank.book.accounts
        movements = self._bank.documents[-MOVEMENTS_SHOWN:]
        return web.json_response(
            {
                "today": self._bank.today.isoformat(),
                "accounts": [
                    {
                        "number": account.number,
                        "owner": account.owner.name,
                        "bank": account.owner.bank,
                        "balance": rub(self._bank.balance(account.number)),
                    }
                    for account in own.values()
                ],
                "movements": [_movement(one, set(own)) for one in reversed(movements)],
                "earlier": len(self._bank.documents) - len(movements),
                "files": [
                    {
                        "number": number,
                        "name": file.offer.name,
                        "day": file.day,
                        "size": len(file.offer.bytes),
                        "sent_to": file.sent_to,
                    }
                    for number, file in reversed(list(enumerate(self._files, start=1)))
                ],
            }
        )

    async def _pay(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        name, inn = str(body["name"]).strip(), str(body.get("inn") or "").strip()
        purpose = str(body["purpose"]).strip()
        if not name or not purpose:
            raise RefusedActError("Укажите плательщика и назначение платежа", 400)
        if len(inn) not in INN_LENGTHS or not (inn == "" or inn.isdecimal()):
            raise RefusedActError("ИНН: 10 цифр у компании или 12 у человека, можно пусто", 400)
        amount_minor = read_minor(body["amount"])
        if amount_minor == 0:
            raise RefusedActError("Сумма платежа больше нуля", 400)
        order = Order(amount_minor, purpose)
        document = self._bank.client_pays(str(body["account"]), invented_party(name, inn), order)
        return web.json_response(_movement(document, set(self._bank.book.accounts)))

    async def _next_day(self, _request: web.Request) -> web.Response:
        if self._going_on.locked():
            raise RefusedActError("Следующий день уже наступает, подождите")
        async with self._going_on:
            day = self._bank.today.isoformat()
            offers = await self._world.next_day()
            self._files += [_File(offer, day) for offer in offers]
        return web.json_response({"files": len(offers), "today": self._bank.today.isoformat()})

    async def _file(self, request: web.Request) -> web.Response:
        offer = self._chosen(request).offer
        return attachment(offer.name, offer.bytes)

    async def _send(self, request: web.Request) -> web.Response:
        file = self._chosen(request)
        phone = self._chats.talking(int((await read_object(request))["user_id"]))
        message_id = await phone.drop_file(file.offer.name, file.offer.bytes)
        file.sent_to.append(phone.name)
        return web.json_response({"message_id": message_id})

    def _chosen(self, request: web.Request) -> _File:
        number = int(request.match_info["number"])
        if not 1 <= number <= len(self._files):
            raise RefusedActError("Такого файла нет", 404)
        return self._files[number - 1]


def _movement(document: Document, own: set[str]) -> Json:
    is_out = document.payer.account in own
    other = document.payee if is_out else document.payer
    return {
        "id": document.id,
        "number": document.number,
        "day": (document.debited_on if is_out else document.credited_on).isoformat(),
        "amount": rub(-document.amount_minor if is_out else document.amount_minor),
        "kind": "own" if {document.payer.account, document.payee.account} <= own else "",
        "name": other.name,
        "inn": other.inn,
        "account": (document.payer if is_out else document.payee).account,
        "purpose": document.purpose,
    }
