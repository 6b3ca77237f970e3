"""What is done every night: the chain's head is published, old queue rows are forgotten."""

from store.database import Store

__all__ = ["forget_old", "publish_head"]


async def publish_head(store: Store) -> None:
    """Keep the chain's head as published; the spreadsheet shows it, the audit compares it.

    A rewrite of the whole chain by somebody with access to the database shows, because the head
    stands elsewhere too (DESIGN 3).
    """
    async with store.write("publish-head") as unit:
        head = await unit.journal.head()
        if head is not None:
            day = unit.now().date().isoformat()
            value = {"number": head[0], "hash": head[1], "day": day}
            await unit.upkeep.set_setting("published-head", value)


async def forget_old(store: Store) -> None:
    """Forget rows of the inbox and the outbox that were done more than a week ago."""
    async with store.write("forget-old") as unit:
        await unit.inbox.purge()
        await unit.outbox.purge()
