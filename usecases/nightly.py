"""What is done every night: the chain's head is published, old queue rows are forgotten."""

from store.unit import UnitOfWork

__all__ = ["forget_old", "publish_head"]


async def publish_head(unit: UnitOfWork) -> tuple[int, str] | None:
    """Keep the chain's head as published: number and hash; None while the books are empty.

    A rewrite of the whole chain by somebody with access to the database shows, because the head
    stands elsewhere too (DESIGN 3).
    """
    head = await unit.journal.head()
    if head is not None:
        day = unit.now().date().isoformat()
        value = {"number": head[0], "hash": head[1], "day": day}
        await unit.upkeep.set_setting("published-head", value)
    return head


async def forget_old(unit: UnitOfWork) -> None:
    """Forget rows of the inbox and the outbox that were done more than a week ago."""
    await unit.inbox.purge()
    await unit.outbox.purge()
