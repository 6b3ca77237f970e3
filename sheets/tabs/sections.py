"""Numbers by which rows of money movements know sections of the cash flow and its accounts."""

import hashlib

from ledger.accounts import Account
from ledger.articles import Activity, Article

__all__ = ["SECTIONS", "Section", "account_id", "section_of"]


class Section:
    """Numbers of the sections, beside those of the activities; never renumbered."""

    TRANSFER = 4
    OPENING = 5


SECTIONS = {Activity.OPERATING: 1, Activity.INVESTING: 2, Activity.FINANCING: 3}


def account_id(account: Account) -> int:
    """A number for an account of the cash flow: 48 bits of a hash, exact in every spreadsheet."""
    return int.from_bytes(hashlib.sha256(str(account).encode()).digest()[:6])


def section_of(article: Article, *, inside: bool, opening: bool) -> int:
    """Where an entry stands; `inside`: both of its accounts are the cash flow's."""
    if opening:
        return Section.OPENING
    if inside or article.activity is None:
        return Section.TRANSFER
    return SECTIONS[article.activity]
