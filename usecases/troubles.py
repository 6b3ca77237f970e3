"""Troubles with the outside that no queued row shows: a CRM that is not read any more, for one.

A trouble is noted under a name with a sentence for the owner, and cleared when it is over.
"""

from store.unit import UnitOfWork

__all__ = ["note_trouble", "troubles"]

NAME = "troubles"


async def note_trouble(unit: UnitOfWork, name: str, sentence: str | None) -> None:
    """Note the trouble called `name`; None says that it is over. The same again writes nothing."""
    known = await troubles(unit)
    wanted = {key: value for key, value in known.items() if key != name}
    if sentence is not None:
        wanted[name] = sentence
    if wanted != known:
        await unit.upkeep.set_setting(NAME, wanted)


async def troubles(unit: UnitOfWork) -> dict[str, str]:
    """The present troubles by name."""
    return dict(await unit.upkeep.setting(NAME) or {})
