"""The two lists of exceptions in words: expected and not received, received and not explained."""

from collections.abc import Sequence

from handlers.drawn import contract, method_name
from handlers.texts import Html, Texts
from ledger.money import total
from usecases.reports import Unconfirmed, Unexplained

__all__ = ["late_lines", "waiting_lines"]

LISTED_MAX = 10
ACCOUNTS_MAX = 10


def late_lines(rows: Sequence[Unconfirmed], texts: Texts) -> list[Html]:
    """What was expected and has not come: by deal, with its manager and the days it is late."""
    amount = total([one.amount for one in rows])
    lines = [texts.html("unconfirmed-head", count=len(rows), amount=amount)]
    lines += [
        texts.html(
            "unconfirmed-row",
            amount=one.amount,
            who=contract(texts, one.deal),
            method=method_name(texts, one.payment.claim.method),
            manager=one.manager or texts.plain("nobody"),
            days=one.days_late,
        )
        for one in rows[:LISTED_MAX]
    ]
    return [*lines, *_more(len(rows), texts)]


def waiting_lines(rows: Sequence[Unexplained], texts: Texts) -> list[Html]:
    """What came or went and nobody explained: by account, with the days it is old."""
    lines = [texts.html("unexplained-head", count=len(rows))]
    left = LISTED_MAX
    for account in list(dict.fromkeys(one.line.account for one in rows))[:ACCOUNTS_MAX]:
        own = [one for one in rows if one.line.account == account]
        lines.append(texts.html("unexplained-account", account=account, count=len(own)))
        lines += [_waiting(one, texts) for one in own[:left]]
        left = max(left - len(own), 0)
    return [*lines, *_more(len(rows), texts)]


def _waiting(one: Unexplained, texts: Texts) -> Html:
    return texts.html(
        "unexplained-row",
        sign="+" if one.line.incoming else "−",
        amount=one.line.amount,
        name=one.line.counterparty or texts.plain("client-unnamed"),
        day=one.line.day,
        days=one.days_old,
    )


def _more(count: int, texts: Texts) -> list[Html]:
    return [texts.html("and-more", count=count - LISTED_MAX)] if count > LISTED_MAX else []
