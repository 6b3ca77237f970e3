"""What the owner decided once about the company: zone, dimensions, lifetimes, article of each fee."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from banking.formats.tables.profile import Profile
from banking.matching.records import ALL_RULES, AutoRule
from banking.matching.words import Words, packaged_words
from confirmations.payments import Method
from ledger.accounts import Account, AccountKind
from ledger.money import Currency
from ledger.seed import SystemArticle
from store.records import LinkPurpose
from world.clock import business_day

__all__ = ["STANDARD_DIMENSIONS", "Company", "Dimension"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something profit is broken down by: a code for programs, titles for people."""

    code: str
    title: str
    tab: str


STANDARD_DIMENSIONS = (
    Dimension("manager", "Менеджер", "Менеджеры"),
    Dimension("product", "Продукт", "Продукты"),
    Dimension("salon", "Салон", "Салоны"),
    Dimension("city", "Город", "Города"),
)

_MOSCOW = ZoneInfo("Europe/Moscow")
_DESK = Account(AccountKind.DESK, "main")
_CLEARING = Account(AccountKind.CLEARING, "acquirer")
_CARD = Account(AccountKind.CARD, "main")
_LIFETIMES = {
    LinkPurpose.INVITE: timedelta(hours=24),
    LinkPurpose.HANDOVER: timedelta(hours=72),
    LinkPurpose.OWNER: timedelta(hours=24),
}


@dataclass(frozen=True, slots=True)
class Company:
    """The company's own rules, read from the configuration.

    `merchants` maps the terminal numbers that acquirers write into purposes to salons;
    `automatic` names the rules by which a statement line is booked without a person; `profiles`
    are the company's own for tables that banks export, `words` what the matcher knows of wordings.
    """

    zone: ZoneInfo = _MOSCOW
    currency: Currency = Currency.RUB
    dimensions: tuple[Dimension, ...] = STANDARD_DIMENSIONS
    desk: Account = _DESK
    clearing: Account = _CLEARING
    card: Account = _CARD
    own_inn: str = ""
    merchants: Mapping[str, str] = field(default_factory=dict)
    automatic: frozenset[AutoRule] = ALL_RULES
    profiles: tuple[Profile, ...] = ()
    words: Words = field(default_factory=packaged_words)
    link_lifetimes: Mapping[LinkPurpose, timedelta] = field(default_factory=lambda: _LIFETIMES)

    def today(self, now: datetime) -> date:
        """The business's calendar day at an instant."""
        return business_day(now, self.zone)

    def fee_article(self, method: Method) -> int:
        """The article of the fee that a settlement of this payment method withholds."""
        if method is Method.CREDIT_AGREEMENT:
            return SystemArticle.LOAN_COMMISSION
        return SystemArticle.ACQUIRING
