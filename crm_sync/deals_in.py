"""Deals come in: by sweep over what changed, and by webhooks, which only say what to read again.

The sweep's cursor is the newest time of change seen, less an overlap; seeing a state twice changes
nothing. A webhook is kept in the inbox first and worked in the transaction of its effect.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import structlog

from confirmations.payments import Slot
from crm_sync.mapping import Known, read_deal
from crm_sync.protocol import Crm, CrmError, RemoteDeal
from crm_sync.settings import CrmMapping
from store.database import Store
from store.records import InboxRow
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.deals import see_deal

__all__ = ["DealIntake"]

log = structlog.get_logger()

HOOK_BATCH = 20
HOOK_TRIES_MAX = 8
HOOK_WAIT_S = 15


class DealIntake:
    """Reads deals of one CRM into the books."""

    def __init__(self, store: Store, crm: Crm, mapping: CrmMapping, company: Company) -> None:
        """Made by the composition root."""
        self._store = store
        self._crm = crm
        self._mapping = mapping
        self._company = company
        self._users: Mapping[str, str] = {}
        self._clients: dict[str, str] = {}
        self._lock = asyncio.Lock()

    async def sweep(self) -> int:
        """Take in every deal that changed since the last sweep; how many. Raises `CrmError`.

        The cursor moves page by page, so a sweep that breaks off goes on where it was.
        """
        async with self._lock:
            cursor_name = f"crm:{self._crm.name}:cursor"
            async with self._store.read() as unit:
                kept = await unit.upkeep.setting(cursor_name)
            since = datetime.fromisoformat(kept) - self._mapping.overlap if kept else None
            seen = 0
            newest = datetime.fromisoformat(kept) if kept else datetime.fromtimestamp(0, UTC)
            async for page in self._crm.changed_since(since):
                for remote in page:
                    seen += await self._take(remote, None)
                    newest = max(newest, remote.updated_at)
                async with self._store.write("crm:cursor") as unit:
                    await unit.upkeep.set_setting(cursor_name, newest.isoformat())
            return seen

    async def work_webhooks(self) -> int:
        """Work what webhooks brought; how many rows were taken."""
        async with self._store.read() as unit:
            rows = await unit.inbox.next(self._crm.name, HOOK_BATCH)
        for row in rows:
            try:
                await self._work(row)
            except CrmError as error:
                await self._postpone(row, error)
        return len(rows)

    async def _work(self, row: InboxRow) -> None:
        deals = self._crm.deals_of_webhook(row.body)
        for deal in deals[:-1]:
            await self._take_again(deal, None)
        if deals:
            await self._take_again(deals[-1], row)
            return
        async with self._store.write("crm:webhook") as unit:
            await unit.inbox.done(row)

    async def _take_again(self, deal: str, row: InboxRow | None) -> None:
        remote = await self._crm.deal(deal)
        if remote is None:
            # Gone from the CRM: its slots claim nothing any more.
            async with self._store.read() as unit:
                known = await unit.deals.get(f"{self._crm.name}:{deal}")
            if known is not None:
                await self._take_deleted(known.id, row)
                return
        if remote is not None:
            await self._take(remote, row)
        elif row is not None:
            async with self._store.write("crm:webhook") as unit:
                await unit.inbox.done(row)

    async def _take(self, remote: RemoteDeal, row: InboxRow | None) -> int:
        client = await self._client_name(remote)
        await self._know_user(remote.manager)
        async with self._store.write("crm:deal") as unit:
            if row is not None:
                await unit.inbox.done(row)
            stored = await unit.deals.get(f"{self._crm.name}:{remote.id}")
            version = remote.updated_at.isoformat()
            if stored is not None and stored.remote_version > version:
                # A page that was read before a newer webhook was worked.
                return 0
            known = await self._known(unit, remote, client)
            seen, misread = read_deal(remote, self._mapping, known)
            await see_deal(unit, self._company, seen)
            for one in misread:
                await self._report(unit, seen.deal.id, one.field, one.text)
            return 1

    async def _take_deleted(self, deal: str, row: InboxRow | None) -> None:
        async with self._store.write("crm:deal") as unit:
            if row is not None:
                await unit.inbox.done(row)
            known = await unit.deals.get(deal)
            assert known is not None
            remote = RemoteDeal(
                id=deal.partition(":")[2],
                name=known.name,
                price=known.price.plain if known.price else "",
                pipeline=known.pipeline,
                stage=known.stage,
                manager=known.manager_crm_id.partition(":")[2],
                updated_at=unit.now(),
                fields={},
                client=known.client_key.partition(":")[2],
                is_deleted=True,
            )
            seen, _ = read_deal(
                remote, self._mapping, await self._known(unit, remote, known.client)
            )
            claims = dict.fromkeys((slot.name for slot in self._mapping.slots), None)
            await see_deal(unit, self._company, type(seen)(known, claims, done=False))

    async def _known(self, unit: UnitOfWork, remote: RemoteDeal, client: str) -> Known:
        crm = self._crm.name
        person = await unit.people.by_crm_user(f"{crm}:{remote.manager}")
        first_seen: dict[str, date] = {}
        for slot in self._mapping.slots:
            newest = await unit.pending.newest_payment(Slot(f"{crm}:{remote.id}", slot.name))
            if newest is not None:
                first_seen[slot.name] = newest.claim.expected_on
        return Known(
            crm=crm,
            user_names=self._users,
            holders={remote.manager: person.id} if person else {},
            first_seen=first_seen,
            client_name=client,
            today=self._company.today(unit.now()),
        )

    async def _know_user(self, user: str) -> None:
        if user not in self._users:
            self._users = {one.id: one.name for one in await self._crm.users()}

    async def _client_name(self, remote: RemoteDeal) -> str:
        if remote.client is None:
            return ""
        if remote.client not in self._clients:
            self._clients[remote.client] = await self._crm.client_name(remote.client)
        return self._clients[remote.client]

    async def _report(self, unit: UnitOfWork, deal: str, field: str, text: str) -> None:
        name = f"misread:{deal}:{field}"
        if await unit.upkeep.setting(name) != text:
            await unit.upkeep.set_setting(name, text)
            await unit.upkeep.audit("CRM", "misread", f"deal:{deal}", {"field": field})
            log.warning("field of a deal could not be read", deal=deal, field=field)

    async def _postpone(self, row: InboxRow, error: CrmError) -> None:
        last = row.tries + 1 >= HOOK_TRIES_MAX
        wait = None if last else timedelta(seconds=HOOK_WAIT_S * 2**row.tries)
        async with self._store.write("crm:webhook-failed") as unit:
            await unit.inbox.failed(row, str(error), wait)
