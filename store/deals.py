"""Deals as the CRM showed them last; the CRM stays the master of a deal, the books of its money."""

from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.money import Currency, Money
from store.records import Deal
from store.tables import metadata
from world.clock import Clock

__all__ = ["Deals"]

_deals = metadata.tables["deals"]


class Deals:
    """Keeps the last seen state of each deal."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def get(self, deal: str) -> Deal | None:
        """By id, `<crm>:<id>`."""
        row = (await self._connection.execute(select(_deals).where(_deals.c.id == deal))).first()
        return _read(row) if row else None

    async def save(self, deal: Deal) -> None:
        """Insert the deal or replace what was known of it."""
        row = _row(deal) | {"seen_at": self._clock.now()}
        changed = await self._connection.execute(
            update(_deals).where(_deals.c.id == deal.id).values(row)
        )
        if not changed.rowcount:
            await self._connection.execute(insert(_deals), row)

    async def all(self) -> list[Deal]:
        """Every deal, by id."""
        rows = await self._connection.execute(select(_deals).order_by(_deals.c.id))
        return [_read(row) for row in rows]


def _row(deal: Deal) -> dict[str, Any]:
    return {
        "id": deal.id,
        "name": deal.name,
        "contract_no": deal.contract_no,
        "contract_date": deal.contract_date,
        "client": deal.client,
        "client_key": deal.client_key,
        "client_inn": deal.client_inn,
        "price": deal.price.minor if deal.price else None,
        "pipeline": deal.pipeline,
        "stage": deal.stage,
        "manager_crm_id": deal.manager_crm_id,
        "dimensions": [list(pair) for pair in deal.dimensions],
        "done_on": deal.done_on,
        "remote_version": deal.remote_version,
    }


def _read(row: Row[Any]) -> Deal:
    return Deal(
        id=row.id,
        name=row.name,
        contract_no=row.contract_no,
        contract_date=row.contract_date,
        client=row.client,
        client_key=row.client_key,
        client_inn=row.client_inn,
        price=None if row.price is None else Money(row.price, Currency.RUB),
        pipeline=row.pipeline,
        stage=row.stage,
        manager_crm_id=row.manager_crm_id,
        dimensions=tuple((name, value) for name, value in row.dimensions),
        done_on=row.done_on,
        remote_version=row.remote_version,
    )
