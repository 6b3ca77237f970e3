"""What other systems may post, and what they may not."""

import io
from collections.abc import AsyncIterator

import aiohttp
import pytest

from cabinet.webhooks import HookSettings, build_webhooks
from handlers.intake import arrival_of
from sandbox.servers import run_standins
from store.database import Store

TELEGRAM = "telegram-secret-0123456789"
CRM = "crm-secret-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}}}


class Doorbell:
    def __init__(self) -> None:
        self.rung = 0

    def __call__(self) -> None:
        self.rung += 1


@pytest.fixture
def bell() -> Doorbell:
    return Doorbell()


@pytest.fixture
async def url(sqlite_store: Store, bell: Doorbell) -> AsyncIterator[str]:
    app = build_webhooks(sqlite_store, HookSettings(TELEGRAM, CRM), arrival_of, bell)
    async with run_standins({"hooks": app}) as urls:
        yield urls["hooks"]


async def kept(store: Store) -> list[tuple[str, str]]:
    async with store.read() as unit:
        rows = [*await unit.inbox.next("telegram", 9), *await unit.inbox.next("amocrm", 9)]
    return [(row.source, row.lane) for row in rows]


async def test_an_update_is_stored_before_it_is_answered_and_once(
    url: str, sqlite_store: Store, bell: Doorbell
) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            headers = {HEADER: TELEGRAM}
            async with session.post(f"{url}/hooks/telegram", json=UPDATE, headers=headers) as got:
                assert got.status == 200
                assert await got.read() == b""

    assert await kept(sqlite_store) == [("telegram", "5")]
    assert bell.rung == 2


@pytest.mark.parametrize("secret", ["", "wrong", "секрет", TELEGRAM + "x"])
async def test_without_the_secret_nothing_is_stored(
    url: str, sqlite_store: Store, secret: str
) -> None:
    headers = {HEADER: secret.encode().decode("latin-1")} if secret else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/hooks/telegram", json=UPDATE, headers=headers) as got,
    ):
        assert got.status == 404

    assert await kept(sqlite_store) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "7"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(url: str, sqlite_store: Store, body: bytes) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/hooks/telegram", data=body, headers={HEADER: TELEGRAM}) as got,
    ):
        assert got.status == 400
        assert got.headers["X-Content-Type-Options"] == "nosniff"

    assert await kept(sqlite_store) == []


async def test_the_crms_webhook_needs_its_secret_path(url: str, sqlite_store: Store) -> None:
    async with aiohttp.ClientSession() as session:
        for path, status in ((f"/hooks/crm/{CRM}", 200), ("/hooks/crm/guess", 404)):
            form = {"leads[update][0][id]": "5"}
            async with session.post(f"{url}{path}", data=form) as got:
                assert got.status == status
        async with session.get(f"{url}/hooks/crm/{CRM}") as got:
            assert got.status == 405

    assert await kept(sqlite_store) == [("amocrm", "webhooks")]


async def test_a_huge_body_is_refused(url: str, sqlite_store: Store) -> None:
    async with aiohttp.ClientSession() as session:
        huge = io.BytesIO(b"x" * (1024 * 1024 + 1))
        async with session.post(f"{url}/hooks/crm/{CRM}", data=huge) as got:
            assert got.status == 413

    assert await kept(sqlite_store) == []


def test_short_secrets_are_refused() -> None:
    with pytest.raises(AssertionError):
        HookSettings(telegram_secret="short")
