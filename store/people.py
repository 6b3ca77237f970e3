"""People and their one-time links."""

from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.accounts import Account
from store.records import Link, LinkPurpose, Person, Role
from store.tables import metadata

__all__ = ["People"]

_people = metadata.tables["people"]
_links = metadata.tables["links"]


class People:
    """Finds and keeps people and links."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Made by the unit of work."""
        self._connection = connection

    async def add(self, person: Person) -> None:
        """A new person; their Telegram id and CRM user are theirs alone."""
        await self._connection.execute(insert(_people), _row(person))

    async def save(self, person: Person) -> None:
        """Change what may change of a person."""
        await self._connection.execute(
            update(_people).where(_people.c.id == person.id).values(_row(person))
        )

    async def get(self, person: str) -> Person | None:
        """By id."""
        return await self._one(_people.c.id == person)

    async def by_telegram(self, telegram_id: int) -> Person | None:
        """By the id that Telegram authenticated."""
        return await self._one(_people.c.telegram_id == telegram_id)

    async def by_crm_user(self, crm_user_id: str) -> Person | None:
        """By the CRM's user (`amocrm:7001`)."""
        return await self._one(_people.c.crm_user_id == crm_user_id)

    async def all(self, role: Role | None = None) -> list[Person]:
        """Everybody who is active, or those of one role, by name."""
        query = select(_people).where(_people.c.active).order_by(_people.c.name, _people.c.id)
        if role is not None:
            query = query.where(_people.c.role == role.value)
        return [_person(row) for row in await self._connection.execute(query)]

    async def names(self) -> list[str]:
        """What everybody is called, active or not."""
        return list(await self._connection.scalars(select(_people.c.name).distinct()))

    async def add_link(self, link: Link) -> None:
        """A new link; earlier unused links to the same thing for the same purpose are spent."""
        revoke = update(_links).where(
            _links.c.purpose == link.purpose.value,
            _links.c.thing == link.thing,
            _links.c.used_at.is_(None),
        )
        await self._connection.execute(revoke.values(used_at=link.created_at, used_by="replaced"))
        await self._connection.execute(
            insert(_links).values(
                token_hash=link.token_hash,
                purpose=link.purpose.value,
                thing=link.thing,
                role=link.role.value if link.role else None,
                created_by=link.created_by,
                created_at=link.created_at,
                expires_at=link.expires_at,
            )
        )

    async def link(self, token_hash: str) -> Link | None:
        """The link of a token, used or not."""
        query = select(_links).where(_links.c.token_hash == token_hash)
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        return Link(
            token_hash=row.token_hash,
            purpose=LinkPurpose(row.purpose),
            thing=row.thing,
            role=Role(row.role) if row.role else None,
            created_by=row.created_by,
            created_at=row.created_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            used_by=row.used_by,
        )

    async def spend_link(self, link: Link, by: str, at: Any) -> bool:
        """Use a link up; False when somebody was first."""
        result = await self._connection.execute(
            update(_links)
            .where(_links.c.token_hash == link.token_hash, _links.c.used_at.is_(None))
            .values(used_at=at, used_by=by)
        )
        return bool(result.rowcount)

    async def _one(self, where: Any) -> Person | None:
        row = (await self._connection.execute(select(_people).where(where))).first()
        return _person(row) if row else None


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role.value,
        "telegram_id": person.telegram_id,
        "crm_user_id": person.crm_user_id,
        "account": str(person.account),
        "active": person.active,
        "reachable": person.reachable,
    }


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        telegram_id=row.telegram_id,
        crm_user_id=row.crm_user_id,
        account=Account.parse(row.account),
        active=row.active,
        reachable=row.reachable,
    )
