"""Checks the spreadsheets when that is wanted: at night, on command, after a surprise.

A surprise is what Google refuses: a tab that is gone, a share that was taken away. While it is away,
the check itself asks again; when it is given back, everything is checked and healed at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from app.sheet import Named, SheetFace
from handlers.digest import tell_troubles
from handlers.sheet_check import CheckWords, tell_check
from handlers.texts import Texts
from sheets.check.meddling import Finding
from sheets.check.self_check import CheckReport, self_check
from sheets.problems import NotFound, NotShared, Problem, RefusedByGoogle, sentence
from store.unit import UnitOfWork
from usecases.posting import SHEET
from usecases.sheet_watch import Wanted, check_done, fresh_findings, want_check, wanted_check
from usecases.troubles import note_trouble, troubles

__all__ = ["SheetWatch"]

log = structlog.get_logger()
# Rows that are on their way are let through first, but not for ever.
PATIENCE = timedelta(seconds=30)
# How long after a check that could not be made the next one is tried: one that only asks whether
# the share is back, and one that read everything and was refused.
RETRY = timedelta(seconds=50)
RETRY_MAX = timedelta(minutes=30)
_GIVEN_BACK = "Доступ к таблице снова есть: она проверена целиком и дописана."

Outcome = tuple[Named, CheckReport | Problem]


@dataclass(slots=True)
class SheetWatch:
    """Drives the self-check; without `texts` nobody is told anything."""

    face: SheetFace
    texts: Texts | None
    _after: datetime | None = field(default=None)
    _refused: int = 0

    async def step(self) -> int:
        """Check every spreadsheet if that is wanted and it is time; how many were checked."""
        now = self.face.clock.now()
        await self._note_surprises()
        async with self.face.store.read() as unit:
            wanted = await wanted_check(unit)
            waiting = await unit.outbox.open_count(SHEET)
        if self._after is not None and now < self._after and not (wanted and wanted.chats):
            return 0
        if wanted is None or (waiting and now < wanted.since + PATIENCE and not self._lost):
            return 0
        outcomes = [(one, await self_check(one.channel, heal=True)) for one in self._spreadsheets]
        async with self.face.store.write("sheet-check") as unit:
            await self._settle(unit, wanted, outcomes)
        return len(outcomes)

    @property
    def _spreadsheets(self) -> tuple[Named, ...]:
        return self.face.spreadsheets

    @property
    def _lost(self) -> bool:
        return any(one.channel.surprises.last is not None for one in self._spreadsheets)

    async def _note_surprises(self) -> None:
        """Whoever met one asks for a check; so does a trouble that an earlier process noted."""
        async with self.face.store.read() as unit:
            if await wanted_check(unit) is not None:
                return
            known = await troubles(unit)
        if self._lost or any(_trouble(one) in known for one in self._spreadsheets):
            async with self.face.store.write("sheet-check") as unit:
                await want_check(unit)

    async def _settle(self, unit: UnitOfWork, wanted: Wanted, outcomes: list[Outcome]) -> None:
        failed = [one for one in outcomes if not isinstance(one[1], CheckReport)]
        words = [await self._words(unit, *one) for one in outcomes]
        # A report that was asked for comes once, whether the spreadsheet could be read or not.
        await check_done(unit, wanted)
        self._after = None
        refused = [one for _, one in failed if not isinstance(one, NotShared | NotFound)]
        self._refused = self._refused + 1 if refused else 0
        if failed:
            wait = RETRY * 2 ** min(self._refused, 10) if refused else RETRY
            self._after = unit.now() + min(wait, RETRY_MAX)
            await want_check(unit)
        if self.texts is not None:
            await tell_check(unit, self.texts, words, wanted.chats)
            if failed:
                await tell_troubles(unit, self.texts)

    async def _words(
        self, unit: UnitOfWork, named: Named, outcome: CheckReport | Problem
    ) -> CheckWords:
        trouble, lost = _trouble(named), _trouble(named) in await troubles(unit)
        if not isinstance(outcome, CheckReport):
            words = sentence(outcome)
            if isinstance(outcome, NotShared | NotFound | RefusedByGoogle):
                await note_trouble(unit, trouble, words)
            log.warning("the spreadsheet was not checked", label=named.label, reason=words)
            return CheckWords(named.label, 0, 0, (words,), ())
        findings = outcome.findings
        if lost:
            await note_trouble(unit, trouble, None)
        fresh = await self._fresh(unit, named, findings)
        sentences = outcome.sentences
        if lost:
            sentences = (_GIVEN_BACK, *sentences)
            fresh = {_GIVEN_BACK, *fresh}
        return CheckWords(named.label, outcome.rows, outcome.cells, sentences, fresh)

    async def _fresh(
        self, unit: UnitOfWork, named: Named, findings: tuple[Finding, ...]
    ) -> Collection[str]:
        spreadsheet = named.channel.transport.spreadsheet_id
        known = {one.identity: one.sentence for one in findings}
        return {known[one] for one in await fresh_findings(unit, spreadsheet, list(known))}


def _trouble(named: Named) -> str:
    """Under what name its trouble is noted; that of the followers is the same."""
    return f"{SHEET}:{named.label}" if named.label else SHEET
