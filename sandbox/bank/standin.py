"""The bank stand-in put together: the accounts, and the people's side over HTTP.

There is no bank API here; statements are files, as most small businesses get them.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.bank.people import MOSCOW, BankPeople
from sandbox.bank.people_http import BankPeopleHttp
from sandbox.bank.records import BankAccount
from world.clock import Clock

__all__ = ["BankStandin"]


class BankStandin(BankPeople):
    """The bank on localhost: its methods are what people do, `.app` serves `/_people/bank/`."""

    def __init__(
        self, clock: Clock, *, accounts: Iterable[BankAccount], zone: ZoneInfo = MOSCOW
    ) -> None:
        """A bank without movements."""
        super().__init__(clock, accounts=accounts, zone=zone)
        self.app = web.Application()
        self.app.add_routes(BankPeopleHttp(self).routes())
