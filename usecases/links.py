"""One-time links: an opaque token of 128 bits, of which only the hash is kept."""

import hashlib
from dataclasses import dataclass

from store.records import Link, LinkPurpose, Person, Role
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = ["LinkDead", "find_link", "make_link"]


@dataclass(frozen=True, slots=True)
class LinkDead:
    """There is no such link, or it lapsed, or it was used up or replaced (`used_by`)."""

    used_by: str | None = None


async def make_link(
    unit: UnitOfWork,
    company: Company,
    purpose: LinkPurpose,
    thing: str,
    creator: Person | None,
    role: Role | None = None,
) -> str:
    """Make a link to a thing and return its token; an earlier link to the same thing dies."""
    token = unit.ids.token()
    now = unit.now()
    await unit.people.add_link(
        Link(
            token_hash=_hash(token),
            purpose=purpose,
            thing=thing,
            role=role,
            created_by=creator.id if creator else "console",
            created_at=now,
            expires_at=now + company.link_lifetimes[purpose],
        )
    )
    return token


async def find_link(unit: UnitOfWork, purpose: LinkPurpose, token: str) -> Link | LinkDead:
    """The link of a token. A used handover link is still found: it shows who confirmed."""
    link = await unit.people.link(_hash(token))
    if link is None or link.purpose is not purpose:
        return LinkDead()
    if link.purpose is LinkPurpose.HANDOVER and link.used_by != "replaced":
        return link
    if link.used_at is not None:
        return LinkDead(link.used_by)
    if unit.now() >= link.expires_at:
        return LinkDead()
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
