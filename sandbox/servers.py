"""Stand-ins over real HTTP, on this machine's loopback only: one by one, or the whole sandbox.

async with run_standins({"amocrm": standin.app}) as urls:        # {"amocrm": "http://127.…"}

sandbox = Sandbox(clock, Faults())                               # one clock, one count of calls
async with sandbox.running() as urls:
    sandbox.amocrm.add_lead("Кухня", responsible_user_id=ANNA_ID)
    settings = sandbox.connections(urls)                         # tokens and addresses
"""

import asyncio
import ipaddress
import json
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from aiohttp import web

from sandbox.amocrm.standin import AmoStandin
from sandbox.bank.company import demo_accounts
from sandbox.bank.standin import BankStandin
from sandbox.bank_side import BankSide
from sandbox.faults import Faults, faults_handler
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sandbox.modulbank.standin import ModulbankStandin
from sandbox.tbank.standin import TBankStandin
from sandbox.telegram.standin import TelegramStandin
from world.clock import Clock, SystemClock
from world.identity import SeededIds, seeded_chance

__all__ = [
    "CONNECTIONS_FILE",
    "SERVICE_ACCOUNT_FILE",
    "NotLoopbackError",
    "Sandbox",
    "SandboxOptions",
    "run_standins",
    "serve",
]

Json = dict[str, Any]

NAMES = ("telegram", "google_sheets", "amocrm", "bank", "tbank", "modulbank")
CONNECTIONS_FILE = "connections.json"
SERVICE_ACCOUNT_FILE = "service_account.json"
BOT_USERNAME = "kopeyka_sandbox_bot"
BOT_ID = 777000001
SPREADSHEET_TITLE = "Копейка"
SHUTDOWN_S = 1.0
SLOW_REAL_S_MAX = 20.0


class NotLoopbackError(ValueError):
    """A stand-in was asked to listen where other machines could reach it."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(f"stand-ins listen on the loopback only, not on {host}")


@asynccontextmanager
async def run_standins(
    standins: Mapping[str, web.Application],
    host: str = "127.0.0.1",
    ports: Mapping[str, int] | None = None,
) -> AsyncIterator[Mapping[str, str]]:
    """Serve each application while the block runs; gives name → base URL without a slash.

    A name without a port gets a free one. Raises `NotLoopbackError` before anything listens, and
    `OSError` when a port is taken. A handler is not cancelled when its client goes away, as with
    the real services.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise NotLoopbackError(host)
    chosen = ports or {}
    async with AsyncExitStack() as stack:
        urls = {}
        for name, app in standins.items():
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, host, chosen.get(name, 0))
            await site.start()
            urls[name] = f"http://{host}:{runner.addresses[0][1]}"
        yield urls


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What `bot.py sandbox` is told.

    `port` is the first of six in a row, 0 takes free ones. `state` keeps credentials and state
    between runs, None takes a temporary directory. `seed` makes the tokens and the chance.
    """

    port: int = 8090
    state: Path | None = None
    faults: str = ""
    seed: int = 1


class Sandbox:
    """Telegram, Google Sheets, amoCRM and the bank around one clock and one set of faults.

    The APIs of T-Bank and Modulbank show the one book of the bank, all its accounts.
    """

    def __init__(self, clock: Clock, faults: Faults, *, seed: int = 1) -> None:
        """The stand-ins, not yet listening. The seed makes their tokens."""
        ids = SeededIds(seed)
        self.clock = clock
        self.faults = faults
        self.telegram_token = f"{BOT_ID}:{ids.token()}{ids.token()[:13]}"
        self.amocrm_token = ids.token()
        self.spreadsheet_id = (ids.token() + ids.token())[:44]
        self.telegram = TelegramStandin(
            clock, faults, token=self.telegram_token, bot_username=BOT_USERNAME, bot_id=BOT_ID
        )
        self.google_sheets = GoogleSheetsStandin(clock, faults)
        self.amocrm = AmoStandin(clock, faults, token=self.amocrm_token)
        self.bank = BankStandin(clock, accounts=demo_accounts())
        self.tbank_token, self.modulbank_token = ids.token(), ids.token()
        self.tbank = TBankStandin(clock, faults, BankSide(self.bank), token=self.tbank_token)
        self.modulbank = ModulbankStandin(
            clock, faults, BankSide(self.bank), token=self.modulbank_token
        )
        self.service_account: Json = {}
        for app in (self.telegram.app, self.google_sheets.app, self.bank.app):
            app.router.add_route("*", "/_faults", faults_handler(faults))

    @property
    def apps(self) -> Mapping[str, web.Application]:
        """What listens, by the names of the command's first line."""
        standins = (
            self.telegram,
            self.google_sheets,
            self.amocrm,
            self.bank,
            self.tbank,
            self.modulbank,
        )
        return dict(zip(NAMES, (standin.app for standin in standins), strict=True))

    @asynccontextmanager
    async def running(
        self, ports: Mapping[str, int] | None = None, service_account: Json | None = None
    ) -> AsyncIterator[Mapping[str, str]]:
        """Listen while the block runs; the spreadsheet exists and is shared with the account.

        A `service_account` of an earlier run is kept, its address made right; else one is made.
        """
        async with run_standins(self.apps, ports=ports) as urls:
            token_uri = f"{urls['google_sheets']}/token"
            known = service_account or service_account_file(token_uri)
            self.service_account = {**known, "token_uri": token_uri}
            self.google_sheets.trust(self.service_account)
            if self.spreadsheet_id not in self.google_sheets.shelves:
                self.google_sheets.create(_new_spreadsheet(self.spreadsheet_id))
            yield urls

    def connections(self, urls: Mapping[str, str]) -> Json:
        """Addresses, tokens and ids that a client of these stand-ins needs."""
        return {
            "telegram": {
                "base_url": urls["telegram"],
                "token": self.telegram_token,
                "bot_username": BOT_USERNAME,
                "bot_id": BOT_ID,
            },
            "google_sheets": {
                "base_url": urls["google_sheets"],
                "spreadsheet_id": self.spreadsheet_id,
                "service_account_file": SERVICE_ACCOUNT_FILE,
            },
            "amocrm": {
                "base_url": urls["amocrm"],
                "token": self.amocrm_token,
                "subdomain": self.amocrm.crm.catalog.account.subdomain,
            },
            "bank": {"base_url": urls["bank"], "accounts": list(self.bank.book.accounts)},
            "tbank": {"base_url": f"{urls['tbank']}/openapi", "token": self.tbank_token},
            "modulbank": {"base_url": f"{urls['modulbank']}/v1", "token": self.modulbank_token},
        }

    def save(self, directory: Path) -> None:
        """Keep the CRM and the bank for the next run."""
        _write(directory / "amocrm.json", self.amocrm.dump())
        _write(directory / "bank.json", self.bank.dump())

    def load(self, directory: Path) -> None:
        """Take up what an earlier run kept there, if there was one."""
        for name, standin in (("amocrm", self.amocrm), ("bank", self.bank)):
            state = _read(directory / f"{name}.json")
            if state is not None:
                standin.load(state)


async def serve(
    options: SandboxOptions, out: TextIO = sys.stdout, stop: asyncio.Event | None = None
) -> None:
    """`bot.py sandbox`: listen until SIGTERM, SIGINT or `stop`.

    The first line of `out` is the addresses, the second the directory with `connections.json` and
    `service_account.json`; then come lines for `config.toml` that switch the banks' APIs on. Raises `FaultSpecError` and `OSError` (a port is taken) at once.
    """
    stopped = asyncio.Event() if stop is None else stop
    faults = Faults.parse(options.faults, seeded_chance(options.seed))
    faults.slow_real_s_max = SLOW_REAL_S_MAX
    sandbox = Sandbox(SystemClock(), faults, seed=options.seed)
    ports = {name: options.port + n for n, name in enumerate(NAMES)} if options.port else None
    with _state_directory(options.state) as directory, _signals(stopped):
        sandbox.load(directory)
        account = _read(directory / SERVICE_ACCOUNT_FILE)
        async with sandbox.running(ports, account) as urls:
            _write(directory / SERVICE_ACCOUNT_FILE, sandbox.service_account)
            _write(directory / CONNECTIONS_FILE, sandbox.connections(urls))
            out.write(json.dumps(dict(urls)) + "\n")
            out.write(json.dumps({"state": str(directory)}) + "\n")
            out.write(_feed_settings(sandbox.connections(urls)))
            out.flush()
            await stopped.wait()
        # Saved after the servers have stopped, so that no late call is missing.
        sandbox.save(directory)


def _feed_settings(connections: Json) -> str:
    lines = []
    for name in ("tbank", "modulbank"):
        found = connections[name]
        lines += [f"[{name}]", f'token = "{found["token"]}"', f'api_base = "{found["base_url"]}"']
    return "\n".join([*lines, ""])


def _new_spreadsheet(spreadsheet_id: str) -> Json:
    properties = {"title": SPREADSHEET_TITLE, "locale": "ru_RU", "timeZone": "Europe/Moscow"}
    # What Google calls the only tab of a file made by somebody whose language is Russian.
    tab = {"properties": {"sheetId": 0, "title": "Лист1"}}
    return {
        "spreadsheetId": spreadsheet_id,
        "properties": properties,
        "access": "writer",
        "sheets": [tab],
    }


@contextmanager
def _state_directory(chosen: Path | None) -> Iterator[Path]:
    if chosen is None:
        with tempfile.TemporaryDirectory(prefix="kopeyka-sandbox-") as made:
            yield Path(made)
    else:
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen.resolve()


@contextmanager
def _signals(stopped: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _write(path: Path, tree: Json) -> None:
    # Written beside and moved, so that a kill leaves the old file or the new one.
    beside = path.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)


def _read(path: Path) -> Json | None:
    if not path.exists():
        return None
    tree: Json = json.loads(path.read_text(encoding="utf-8"))
    return tree
