"""A check of the spreadsheets that is wanted, and which findings of the last one were told already.

at night, after a surprise, /check    -> one check is wanted; who asked is answered
the same finding the next night       -> told before, not again
gone, and there once more             -> told
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.records import Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal

__all__ = [
    "CheckAsked",
    "Wanted",
    "ask_check",
    "check_done",
    "fresh_findings",
    "want_check",
    "wanted_check",
]

_WANTED = "sheet-check"
_TOLD = "sheet-findings"
_NAME_CHARS = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A check that is wanted since an instant; `chats` wait for its report."""

    since: datetime
    chats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """The report will come to the chat."""


async def ask_check(unit: UnitOfWork, actor: Person, chat: int) -> CheckAsked | NotAllowed:
    """Somebody wants to know now whether the spreadsheets are true."""
    refused = refusal(actor, Verb.CHECK_SHEET)
    if refused is not None:
        return refused
    await want_check(unit, chat)
    return CheckAsked()


async def want_check(unit: UnitOfWork, chat: int | None = None) -> None:
    """Have the spreadsheets checked soon; wanting it twice is one check."""
    known = await wanted_check(unit)
    chats = {*(known.chats if known else ()), *([chat] if chat is not None else [])}
    since = known.since if known else unit.now()
    await _set(unit, Wanted(since, tuple(sorted(chats))))


async def wanted_check(unit: UnitOfWork) -> Wanted | None:
    """The check that is wanted."""
    value = await unit.upkeep.setting(_WANTED)
    if not value:
        return None
    return Wanted(datetime.fromisoformat(value["since"]), tuple(value["chats"]))


async def check_done(unit: UnitOfWork, done: Wanted) -> None:
    """The check was made; who asked while it was being made waits for the next one."""
    known = await wanted_check(unit)
    chats = set(known.chats) - set(done.chats) if known else set()
    if chats:
        await _set(unit, Wanted(unit.now(), tuple(sorted(chats))))
    else:
        await unit.upkeep.set_setting(_WANTED, None)


async def fresh_findings(
    unit: UnitOfWork, spreadsheet: str, identities: Sequence[str]
) -> Collection[str]:
    """Those that the last check of the spreadsheet did not find; from now on they are known."""
    name = f"{_TOLD}:{spreadsheet}"
    told = set(await unit.upkeep.setting(name) or ())
    short = {one: hashlib.sha256(one.encode()).hexdigest()[:_NAME_CHARS] for one in identities}
    now = sorted(set(short.values()))
    if now != sorted(told):
        await unit.upkeep.set_setting(name, now)
    return {one for one, hashed in short.items() if hashed not in told}


async def _set(unit: UnitOfWork, wanted: Wanted) -> None:
    value = {"since": wanted.since.isoformat(), "chats": list(wanted.chats)}
    if await unit.upkeep.setting(_WANTED) != value:
        await unit.upkeep.set_setting(_WANTED, value)
