"""The world around the lives: stand-ins over HTTP, phones, and the configuration that joins them."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.amocrm import company as at
from sandbox.amocrm.records import WON_STATUS_ID
from sandbox.bank.company import MAIN_ACCOUNT
from sandbox.faults import Faults
from sandbox.servers import BOT_USERNAME, Sandbox
from sandbox.telegram.people import Phone, SeenMessage
from tests.conftest import MOSCOW
from tests.crash.tally import Tally
from world.clock import VirtualClock
from world.identity import Chance, seeded_chance

__all__ = ["PEOPLE", "SHEET_FILE", "Town", "configuration", "plain", "subscribe", "town"]

START = datetime(2026, 3, 2, 9, 0, tzinfo=MOSCOW)
HOOK_SECRET = "hook-secret-of-the-crash-test"
SHEET_FILE = "service_account.json"
PEOPLE = {
    "owner": (11, "Игорь"),
    "anna": (12, "Анна"),
    "boris": (13, "Борис"),
    "olga": (14, "Ольга"),
    "vera": (15, "Вера"),
}
LOOK_S = 0.02
HOOK_KINDS = ("add_lead", "status_lead", "note_lead")
_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
METHODS = {
    "Наличные": "cash",
    "Перевод на карту": "card_transfer",
    "Терминал": "terminal",
    "Безналичный расчёт": "bank_transfer",
    "Кредитный договор": "credit_agreement",
}


class NeverSeenError(AssertionError):
    """Somebody waited for something that did not come."""


@dataclass(slots=True)
class Town:
    """Stand-ins, phones, the tally; `closing`: people finish what they are at and stop."""

    sandbox: Sandbox
    clock: VirtualClock
    chance: Chance
    phones: dict[str, Phone]
    patience_s: float
    tally: Tally = field(default_factory=Tally)
    closing: bool = False
    numbers: int = 1000
    desk: asyncio.Lock = field(default_factory=asyncio.Lock)

    def number(self) -> int:
        """A number that nobody used yet; sums are made of it, so that each is known again."""
        self.numbers += 1
        return self.numbers

    async def seen(self, what: str, look: Callable[[], Any]) -> Any:
        """Wait until `look` gives something true; raises `NeverSeenError` with the words."""
        try:
            async with asyncio.timeout(self.patience_s):
                # A person looks now and then; nobody tells them when.
                while not (found := look()):  # noqa: ASYNC110 - what is looked at has no event
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            raise NeverSeenError(f"nobody saw {what}") from None
        return found

    async def message(
        self, phone: Phone, *words: str, after: int = 0, button: str = ""
    ) -> SeenMessage:
        """Wait for the latest message of the bot with these words, and a button if one is named."""

        def look() -> SeenMessage | None:
            for one in reversed(phone.messages):
                if one.message_id <= after:
                    return None
                if says(one, words) and (not button or data_of(one, button)):
                    return one
            return None

        found: SeenMessage = await self.seen(f"{words} {button} at {phone.name}", look)
        return found

    async def press(self, phone: Phone, message: SeenMessage, button: str) -> None:
        """Press a button that was seen, whether or not it is still there."""
        data = data_of(message, button)
        assert data is not None
        await phone.press_data(data, message.message_id)


def data_of(message: SeenMessage, button: str) -> str | None:
    """The data of the first button whose label begins so, or whose data begins with `1:…`."""
    for row in message.buttons:
        for one in row:
            if plain(one.label).startswith(button) or (one.data or "").startswith(button):
                return one.data
    return None


def says(message: SeenMessage, words: Iterable[str]) -> bool:
    """Whether the bot's message has all these words."""
    return message.from_bot and all(word in plain(message.text) for word in words)


def plain(text: str) -> str:
    """Hard spaces as spaces."""
    return text.translate(_SPACES)


def rub(minor: int) -> str:
    """Kopecks as the bot writes them, with plain spaces."""
    whole, part = divmod(minor, 100)
    tail = f",{part:02d}" if part else ""
    return f"{whole:,}".replace(",", " ") + f"{tail} ₽"


def sum_after(words: str, text: str) -> int | None:
    """The sum behind some words, in kopecks."""
    found = re.search(re.escape(words) + r"\s*([\d ]+)(?:,(\d\d))? ₽", plain(text))
    if found is None:
        return None
    return int(found[1].replace(" ", "")) * 100 + int(found[2] or 0)


@asynccontextmanager
async def town(seed: int, patience_s: float) -> AsyncIterator[tuple[Town, dict[str, str]]]:
    """The stand-ins, listening; gives the town and the addresses."""
    clock = VirtualClock(START)
    clock.flow()
    sandbox = Sandbox(clock, Faults(), seed=seed)
    phones = {name: sandbox.telegram.phone(*who) for name, who in PEOPLE.items()}
    async with sandbox.running() as urls:
        yield Town(sandbox, clock, seeded_chance(seed), phones, patience_s), dict(urls)


def configuration(
    place: Town, urls: dict[str, str], home: Path, *, sheet: bool, database: str = ""
) -> dict[str, Any]:
    """What `config.toml` would say; leases and waits are short."""
    config: dict[str, Any] = {
        "telegram": {
            "token": place.sandbox.telegram_token,
            "bot_username": BOT_USERNAME,
            "api_base": urls["telegram"],
            "poll_timeout_s": 1,
        },
        "amocrm": _amocrm(place, urls),
        # Every life begins with a pull, and the accountant drops the same movements as files.
        "tbank": {
            "token": place.sandbox.tbank_token,
            "accounts": [MAIN_ACCOUNT],
            "api_base": f"{urls['tbank']}/openapi",
        },
        "web": {"port": free_port()},
        "outbox": {"wait_s_min": 1, "wait_s_max": 2, "lease_s": 5},
        "database": {"url": database},
    }
    if sheet:
        account = home / SHEET_FILE
        account.write_text(json.dumps(place.sandbox.service_account), encoding="utf-8")
        config["sheet"] = {
            "spreadsheet_id": place.sandbox.spreadsheet_id,
            "service_account_file": str(account),
            "api_base": urls["google_sheets"],
        }
    return config


def subscribe(place: Town, port: int) -> None:
    """Have the CRM's webhooks sent there; amoCRM switches a hook off that fails too often."""
    hook = f"http://127.0.0.1:{port}/hooks/crm/{HOOK_SECRET}"
    place.sandbox.amocrm.hooks.subscribe(hook, HOOK_KINDS)


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _amocrm(place: Town, urls: dict[str, str]) -> dict[str, Any]:
    return {
        "base_url": urls["amocrm"],
        "token": place.sandbox.amocrm_token,
        "webhook_secret": HOOK_SECRET,
        "sweep_every_s": 5,
        "slots": [
            {
                "name": "prepayment",
                "amount": at.PREPAYMENT_AMOUNT_ID,
                "method": at.PREPAYMENT_METHOD_ID,
                "day": at.PREPAYMENT_DATE_ID,
            },
            {
                "name": "balance",
                "amount": at.BALANCE_AMOUNT_ID,
                "method": at.BALANCE_METHOD_ID,
            },
        ],
        "methods": METHODS,
        "contract_no": at.CONTRACT_NUMBER_ID,
        "client_inn": at.CLIENT_INN_ID,
        "confirmed_field": at.CONFIRMED_ID,
        "dimensions": {"product": at.PRODUCT_ID, "salon": at.SALON_ID, "city": at.CITY_ID},
        "pipeline": at.PIPELINE_ID,
        "confirmed_stage": at.STAGE_CONFIRMED_ID,
        "from_stages": [at.STAGE_NEW_ID, at.STAGE_SIGNED_ID],
        "done_stages": [WON_STATUS_ID],
    }
