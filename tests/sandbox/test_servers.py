import asyncio
import io
import json
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.amocrm.company import ANNA_ID
from sandbox.bank.company import MAIN_ACCOUNT, person
from sandbox.bank.records import Order
from sandbox.faults import Faults, FaultSpecError
from sandbox.servers import NotLoopbackError, Sandbox, SandboxOptions, run_standins, serve
from world.clock import VirtualClock

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def hello(text: str) -> web.Application:
    async def handle(_request: web.Request) -> web.Response:
        return web.Response(text=text)

    app = web.Application()
    app.router.add_get("/", handle)
    return app


async def get(url: str, **headers: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        is_json = "json" in answer.content_type
        return answer.status, await (answer.json(content_type=None) if is_json else answer.text())


async def test_each_stand_in_gets_its_own_address_and_closes_with_the_block() -> None:
    async with run_standins({"one": hello("1"), "two": hello("2")}) as urls:
        texts = [(await get(urls[name]))[1] for name in ("one", "two")]
        assert all(url.startswith("http://127.0.0.1:") for url in urls.values())

    assert texts == ["1", "2"]
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(urls["one"])


async def test_a_chosen_port_is_kept_and_a_taken_one_is_an_error() -> None:
    async with run_standins({"one": hello("1")}) as urls:
        port = int(urls["one"].rsplit(":", 1)[1])
        with pytest.raises(OSError, match="address already in use"):
            async with run_standins({"two": hello("2")}, ports={"two": port}):
                pass
    async with run_standins({"two": hello("2")}, ports={"two": port}) as again:
        assert again["two"] == urls["one"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
async def test_nothing_listens_where_others_could_reach_it(host: str) -> None:
    with pytest.raises(NotLoopbackError):
        async with run_standins({"one": hello("1")}, host=host):
            pass


async def test_the_sandbox_answers_with_the_tokens_it_tells() -> None:
    sandbox = Sandbox(VirtualClock(START), Faults())
    async with sandbox.running() as urls:
        told = sandbox.connections(urls)
        telegram, amocrm = told["telegram"], told["amocrm"]
        me = await get(f"{telegram['base_url']}/bot{telegram['token']}/getMe")
        account = await get(
            f"{amocrm['base_url']}/api/v4/account", Authorization=f"Bearer {amocrm['token']}"
        )
        bank = await get(f"{told['bank']['base_url']}/_people/bank/accounts")
        books = await get(f"{told['google_sheets']['base_url']}/_standin/spreadsheets")

    assert me[1]["result"]["username"] == telegram["bot_username"]
    assert account[1]["subdomain"] == amocrm["subdomain"]
    assert [one["account"] for one in bank[1]["accounts"]] == told["bank"]["accounts"]
    (book,) = books[1]["spreadsheets"]
    assert book["spreadsheetId"] == told["google_sheets"]["spreadsheet_id"]
    assert book["access"] == "writer"
    assert sandbox.service_account["token_uri"] == f"{urls['google_sheets']}/token"


async def test_faults_are_set_at_any_stand_in_and_count_over_all() -> None:
    sandbox = Sandbox(VirtualClock(START), Faults())
    async with sandbox.running() as urls, aiohttp.ClientSession() as session:
        async with session.post(f"{urls['bank']}/_faults", data="telegram:429@1") as answer:
            assert answer.status == 200
        path = f"/bot{sandbox.telegram_token}/getMe"
        statuses = [(await get(urls["telegram"] + path))[0] for _ in range(2)]
        counts = [(await get(f"{url}/_faults"))[1]["count"] for url in urls.values()]

    assert statuses == [429, 200]
    assert counts == [2] * len(urls)


async def served(options: SandboxOptions) -> tuple[dict[str, str], Path]:
    """Start the command, read its two lines, stop it."""
    out, stop = io.StringIO(), asyncio.Event()
    task = asyncio.create_task(serve(options, out, stop))
    async with asyncio.timeout(10):
        while out.getvalue().count("\n") < 2:
            assert not task.done() or task.result() is None
            await asyncio.wait({task}, timeout=0.02)
    stop.set()
    await task
    first, second = out.getvalue().splitlines()[:2]
    return json.loads(first), Path(json.loads(second)["state"])


async def test_the_command_tells_addresses_and_writes_credentials(tmp_path: Path) -> None:
    options = SandboxOptions(port=0, state=tmp_path / "new")
    urls, directory = await served(options)
    key = json.loads((directory / "service_account.json").read_text())["private_key"]
    again, _ = await served(options)

    told = json.loads((directory / "connections.json").read_text())
    account = json.loads((directory / "service_account.json").read_text())
    assert list(urls) == ["telegram", "google_sheets", "amocrm", "bank", "tbank", "modulbank"]
    assert told["amocrm"]["base_url"] == again["amocrm"]
    # The key of the first run is kept, only its address follows the new port.
    assert account["private_key"] == key
    assert account["token_uri"] == f"{again['google_sheets']}/token"
    assert (directory / "service_account.json").stat().st_mode & 0o077 == 0


async def test_without_a_directory_nothing_is_left_behind() -> None:
    _, directory = await served(SandboxOptions(port=0))

    assert not directory.exists()


async def test_unreadable_faults_stop_the_command_at_once() -> None:
    with pytest.raises(FaultSpecError):
        await serve(SandboxOptions(port=0, faults="telegram:strange"), io.StringIO())


def test_the_crm_and_the_bank_live_on_from_run_to_run(tmp_path: Path) -> None:
    first = Sandbox(VirtualClock(START), Faults())
    lead_id = first.amocrm.add_lead("Кухня", responsible_user_id=ANNA_ID, price=20000)
    first.bank.client_pays(MAIN_ACCOUNT, person("Петрова О. С."), Order(15_000_00, "Договор 17"))
    first.save(tmp_path)
    second = Sandbox(VirtualClock(START), Faults())

    second.load(tmp_path)

    assert second.amocrm.lead(lead_id) == first.amocrm.lead(lead_id)
    day = date(2026, 3, 2)
    assert second.bank.statement(MAIN_ACCOUNT, day, day) == first.bank.statement(
        MAIN_ACCOUNT, day, day
    )


def test_sigterm_ends_the_command_with_its_state_saved(tmp_path: Path) -> None:
    program = (
        "import asyncio, pathlib, sys\n"
        "from sandbox.servers import SandboxOptions, serve\n"
        "asyncio.run(serve(SandboxOptions(port=0, state=pathlib.Path(sys.argv[1]))))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        urls = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=20)

    assert set(urls) == {"telegram", "google_sheets", "amocrm", "bank", "tbank", "modulbank"}
    assert status == 0
    assert (tmp_path / "amocrm.json").exists()
    assert (tmp_path / "bank.json").exists()
