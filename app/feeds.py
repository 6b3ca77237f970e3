"""The banks that are read by API: from the configuration to what is pulled of them, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from app.config import BankConfig, Config
from banking.feeds.intake import FeedIntake, FeedRules
from banking.feeds.modulbank import BASE_URL as MODULBANK_URL
from banking.feeds.modulbank import Modulbank
from banking.feeds.protocol import Feed
from banking.feeds.tbank import BASE_URL as TBANK_URL
from banking.feeds.tbank import TBank
from store.database import Store
from usecases.company import Company
from world.clock import Clock

__all__ = ["FeedFace", "build_feeds", "feeds_of", "pull_period"]

# Before the day's work begins the accountant finds yesterday whole.
MORNING = time(8, 30)


def pull_period(now: datetime, company: Company) -> str:
    """The period that one pull is for: each hour, and from half past eight a further one."""
    local = now.astimezone(company.zone)
    is_morning = local.hour == MORNING.hour and local.time() >= MORNING
    return local.strftime("%Y-%m-%dT%H") + (":30" if is_morning else "")


@dataclass(slots=True)
class FeedFace:
    """What the house drives of one bank."""

    feed: Feed
    intake: FeedIntake
    company: Company
    clock: Clock
    _pulled_for: str = field(default="")

    @property
    def name(self) -> str:
        """The name of its tick."""
        return f"feed {self.feed.name}"

    async def pull_when_due(self) -> int:
        """Pull once for each period, at once after a start; how many lines are new."""
        period = pull_period(self.clock.now(), self.company)
        if period == self._pulled_for:
            return 0
        self._pulled_for = period
        return await self.intake.pull()


def feeds_of(config: Config, clock: Clock) -> list[tuple[Feed, BankConfig]]:
    """The banks of the configuration; nothing is called yet."""
    known: list[tuple[BankConfig | None, str, Callable[[str, Clock, str], Feed]]] = [
        (config.tbank, TBANK_URL, TBank),
        (config.modulbank, MODULBANK_URL, Modulbank),
    ]
    return [
        (make(given.token.get_secret_value(), clock, given.api_base or url), given)
        for given, url, make in known
        if given is not None
    ]


def build_feeds(config: Config, store: Store, clock: Clock, company: Company) -> list[FeedFace]:
    """The banks over a store; nothing is called yet."""
    return [
        FeedFace(
            feed=feed,
            intake=FeedIntake(store, clock, company, feed, FeedRules(given.accounts, given.since)),
            company=company,
            clock=clock,
        )
        for feed, given in feeds_of(config, clock)
    ]
