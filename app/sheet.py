"""The spreadsheet's part of the house: its channel, its heartbeat, and itself as a book."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from app.config import BadConfig, SheetConfig
from sheets.facts import Settings
from sheets.problems import Problem, sentence
from sheets.self_check import CheckReport, self_check
from sheets.transport import SheetsTransport
from sheets.writer import HEARTBEAT, Installed, SheetChannel
from store.database import Store
from usecases.audit import BookCheck, Difference
from usecases.company import Company
from usecases.posting import SHEET, SHEET_LANE
from world.clock import Clock

__all__ = ["SheetBook", "SheetFace", "build_sheet"]

log = structlog.get_logger()
BOOKS = ("ledger", "sheet")
# Сверка turns red after thirty minutes of silence; three beats fit into that.
BEAT_EVERY = timedelta(minutes=9)


class SheetBook:
    """Compares every row and every report cell of the spreadsheet with the ledger."""

    def __init__(self, channel: SheetChannel) -> None:
        """Made by `build_sheet`."""
        self._channel = channel

    async def check(self, _store: Store, /) -> BookCheck:
        """Read the spreadsheet back, changing nothing; one that cannot be read is `unreadable`."""
        report = await self_check(self._channel, heal=False)
        if not isinstance(report, CheckReport):
            unreadable = Difference(BOOKS, "spreadsheet", "unreadable", "", sentence(report))
            return BookCheck("sheet", {}, (unreadable,))
        differences = tuple(
            Difference(
                BOOKS,
                f"{one.tab}!{one.place}" if one.place else one.tab,
                one.reason.value,
                one.expected,
                one.found,
            )
            for one in report.differences
        )
        totals = {"rows": str(report.rows), "cells": str(report.cells)}
        return BookCheck("sheet", totals, differences)


@dataclass(slots=True)
class SheetFace:
    """What the house drives of the spreadsheet."""

    channel: SheetChannel
    book: SheetBook
    store: Store
    clock: Clock
    _beaten_at: datetime | None = field(default=None)

    async def install(self) -> Installed | Problem:
        """Install or upgrade the template; a problem is logged, and met again by every write."""
        outcome = await self.channel.install()
        if not isinstance(outcome, Installed):
            log.warning("the spreadsheet was not prepared", reason=sentence(outcome))
        return outcome

    async def beat_when_due(self) -> int:
        """Queue a heartbeat if it is time, so that Сверка shows a living worker as alive."""
        now = self.clock.now()
        if self._beaten_at is not None and now < self._beaten_at + BEAT_EVERY:
            return 0
        self._beaten_at = now
        async with self.store.write("heartbeat") as unit:
            await unit.outbox.put(SHEET, HEARTBEAT, lane=SHEET_LANE)
        return 1

    def close(self) -> None:
        """Let the connection and its thread go."""
        self.channel.transport.close()


def build_sheet(config: SheetConfig, store: Store, clock: Clock, company: Company) -> SheetFace:
    """The spreadsheet over a store; nothing is asked of Google yet. Raises `BadConfig`."""
    file = config.service_account_file
    try:
        account = json.loads(file.read_text(encoding="utf-8"))
        email = account["client_email"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadConfig(
            (f"Файл ключа сервисного аккаунта {file} не читается: нужен JSON от Google.",)
        ) from error
    log.info("service account", email=email)
    transport = SheetsTransport(
        account, config.spreadsheet_id, clock, base_url=config.api_base or None
    )
    settings = Settings(company.dimensions, company.zone)
    channel = SheetChannel(store, transport, settings)
    return SheetFace(channel, SheetBook(channel), store, clock)
