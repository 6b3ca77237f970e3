"""The spreadsheets' part of the house: their channel, their heartbeat, and they as a book.

One spreadsheet of the years is the present one: the outbox writes it (`sheets.years`). The others
and people's own follow by their own cursors (`sheets.following`).
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from app.config import BadConfig
from app.config_sheet import SheetConfig, scopes_of
from handlers.digest import SpreadsheetYears
from sheets.check.self_check import CheckReport, self_check
from sheets.facts import Settings
from sheets.following import KEPT_FREE, Follower
from sheets.problems import NotFound, NotShared, Problem, sentence
from sheets.quota import Quotas
from sheets.transport import SheetsTransport
from sheets.writer import HEARTBEAT, Installed, SheetChannel
from sheets.years import YearsChannel
from store.database import Store
from store.scopes import Scope
from usecases.audit import BookCheck, Difference
from usecases.company import Company
from usecases.posting import SHEET, SHEET_LANE
from usecases.troubles import note_trouble
from world.clock import Clock

__all__ = ["Named", "SheetBook", "SheetFace", "build_sheet"]

log = structlog.get_logger()
BOOKS = ("ledger", "sheet")
# Сверка turns red after thirty minutes of silence; three beats fit into that.
BEAT_EVERY = timedelta(minutes=9)
# How often in a row a follower must fail before the owner hears of it; as for the outbox.
TRIES_BEFORE_ALARM = 4
# A write of each follower in so many seconds stays within what the present spreadsheet leaves.
FOLLOW_REST_S, FOLLOWER_REST_S = 10, 2


@dataclass(frozen=True, slots=True)
class Named:
    """One spreadsheet and what people call it: its first year or its value, empty for the first."""

    label: str
    channel: SheetChannel


class SheetBook:
    """Compares every row and every report cell of every spreadsheet with the ledger."""

    def __init__(self, spreadsheets: tuple[Named, ...]) -> None:
        """Made by `build_sheet`."""
        self._spreadsheets = spreadsheets

    async def check(self, _store: Store, /) -> BookCheck:
        """Read them back, changing nothing; one that cannot be read is `unreadable`."""
        differences: list[Difference] = []
        rows = cells = 0
        for one in self._spreadsheets:
            report = await self_check(one.channel, heal=False)
            where = f"{one.label}: " if one.label else ""
            if isinstance(report, CheckReport):
                differences += _differences(report, where)
                rows, cells = rows + report.rows, cells + report.cells
            else:
                thing = f"{where}spreadsheet"
                differences.append(Difference(BOOKS, thing, "unreadable", "", sentence(report)))
        totals = {"rows": str(rows), "cells": str(cells)} if rows or cells else {}
        return BookCheck("sheet", totals, tuple(differences))


@dataclass(slots=True)
class SheetFace:
    """What the house drives of the spreadsheets; `years` is the way of the outbox."""

    years: YearsChannel
    spreadsheets: tuple[Named, ...]
    book: SheetBook
    store: Store
    clock: Clock
    followers: tuple[Follower, ...] = ()
    _beaten_at: datetime | None = field(default=None)
    _rested_at: datetime | None = field(default=None)
    _told: dict[str, str] = field(default_factory=dict)

    @property
    def channel(self) -> SheetChannel:
        """The spreadsheet of the present year."""
        return self.years.present

    @property
    def years_ahead(self) -> SpreadsheetYears:
        """Which years have a spreadsheet of their own."""
        starts = (one.settings.scope.first_year for one in self.years.spreadsheets)
        return SpreadsheetYears(frozenset(filter(None, starts)), self.channel.transport.email)

    async def install(self) -> Installed | Problem:
        """Install or upgrade the present template; a problem is logged, and met by every write."""
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

    async def follow(self) -> int:
        """One step of every spreadsheet but the present one; how many writes were made."""
        present = self.channel
        following = [one for one in self.followers if one.channel is not present]
        for one in self.followers:
            one.channel.follows = one.channel is not present
            one.channel.transport.keep_free = KEPT_FREE if one.channel.follows else 0
        done = await asyncio.gather(*(one.step() for one in following))
        await self._tell(following)
        return sum(done)

    async def follow_when_rested(self) -> int:
        """Follow, but gather what comes meanwhile: their share of the quota is for all of them."""
        now = self.clock.now()
        if self._rested_at is not None and now < self._rested_at:
            return 0
        done = await self.follow()
        if not done:
            rest_s = max(FOLLOW_REST_S, FOLLOWER_REST_S * len(self.followers))
            self._rested_at = self.clock.now() + timedelta(seconds=rest_s)
        return done

    def close(self) -> None:
        """Let the connections and their threads go."""
        for one in self.spreadsheets:
            one.channel.transport.close()

    async def _tell(self, following: list[Follower]) -> None:
        """Note for the owner what keeps failing, once, and that it is over.

        A share that was lost is noticed, and told of, by whoever checks the spreadsheets.
        """
        labels = {id(one.channel): one.label for one in self.spreadsheets}
        failing = {
            f"{SHEET}:{labels[id(one.channel)]}".removesuffix(":"): sentence(one.problem)
            for one in following
            if one.problem is not None
            and one.failures >= TRIES_BEFORE_ALARM
            and not isinstance(one.problem, NotShared | NotFound)
        }
        if failing == self._told:
            return
        async with self.store.write("trouble") as unit:
            for name in self._told.keys() | failing.keys():
                if self._told.get(name) != failing.get(name):
                    await note_trouble(unit, name, failing.get(name))
        self._told = failing


def build_sheet(config: SheetConfig, store: Store, clock: Clock, company: Company) -> SheetFace:
    """The spreadsheets over a store; nothing is asked of Google yet. Raises `BadConfig`."""
    account, quotas = _account(config), Quotas()
    base = config.api_base or None

    def spreadsheet(scope: Scope, spreadsheet_id: str) -> Named:
        transport = SheetsTransport(account, spreadsheet_id, clock, base_url=base, quotas=quotas)
        own = scope.only.dimension if scope.only else None
        dimensions = tuple(one for one in company.dimensions if one.code != own)
        settings = Settings(dimensions, company.zone, scope=scope, locale=config.locale)
        return Named(_label(scope), SheetChannel(store, transport, settings))

    of_years, of_people = scopes_of(config)
    years = [spreadsheet(*one) for one in of_years]
    everything = (*years, *(spreadsheet(*one) for one in of_people))
    followers = tuple(Follower(one.channel, clock) for one in everything)
    return SheetFace(
        YearsChannel([one.channel for one in years], clock, company.zone),
        everything,
        SheetBook(everything),
        store,
        clock,
        followers if len(everything) > 1 else (),
    )


def _account(config: SheetConfig) -> Mapping[str, object]:
    file = config.service_account_file
    try:
        account = json.loads(file.read_text(encoding="utf-8"))
        email = account["client_email"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadConfig(
            (f"Файл ключа сервисного аккаунта {file} не читается: нужен JSON от Google.",)
        ) from error
    log.info("service account", email=email)
    assert isinstance(account, dict)
    return account


def _label(scope: Scope) -> str:
    if scope.only is not None:
        return str(scope.only.value)
    return str(scope.first_year) if scope.first_year else ""


def _differences(report: CheckReport, where: str) -> list[Difference]:
    return [
        Difference(
            BOOKS,
            where + (f"{one.tab}!{one.place}" if one.place else one.tab),
            one.reason.value,
            one.expected,
            one.found,
        )
        for one in report.differences
        if not one.reason.is_look
    ]
