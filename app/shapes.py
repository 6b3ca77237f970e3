"""The JSON shapes of the reports (CLI.md): keys may be added, never renamed or removed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.accounts import Account
from ledger.articles import BeforeNet
from ledger.cash_flow import AccountFlow, CashFlow
from ledger.money import Money
from ledger.months import Month
from ledger.overheads import Shares
from ledger.pnl import Pnl, Report
from store.reports import Basis
from usecases.receivables import Receivable
from usecases.reports import Accountable, Unconfirmed, Unexplained

__all__ = [
    "accountable_json",
    "cash_flow_json",
    "pnl_json",
    "receivables_json",
    "unconfirmed_json",
    "unexplained_json",
]

Json = dict[str, Any]


def pnl_json(
    report: Report,
    basis: Basis,
    months: tuple[Month, Month],
    by: str | None = None,
    only: Mapping[str, str] | None = None,
    shares: Shares | None = None,
) -> Json:
    """`report pnl`: rows + common = total in every column; `by` is null for rows by month.

    The filters and the shares of the common costs are there only when they were asked for.
    """
    rows = [
        {
            "value": value,
            **_ladder(pnl, basis),
            **_with_share(pnl, shares, shares.of[value] if shares else 0),
        }
        for value, pnl in report.rows
    ]
    given = -shares.given if shares else 0
    return {
        "basis": basis.value,
        "from": str(months[0]),
        "to": str(months[1]),
        "by": by,
        **({"only": dict(only)} if only else {}),
        **({"overheads": shares.base.value} if shares else {}),
        "rows": rows,
        "common": {**_ladder(report.common, basis), **_with_share(report.common, shares, given)},
        "total": {**_ladder(report.total, basis), **_with_share(report.total, shares, 0)},
    }


def cash_flow_json(
    statement: CashFlow, months: tuple[Month, Month], names: Mapping[Account, str]
) -> Json:
    """`report cash-flow`; an account without a name is shown by its code."""
    return {
        "from": str(months[0]),
        "to": str(months[1]),
        "opening": _plain(statement.opening),
        "closing": _plain(statement.closing),
        "activities": {
            activity.value: {
                "in": _plain(flow.came),
                "out": _plain(flow.went),
                "articles": [
                    {"article": one.article, "in": _plain(one.came), "out": _plain(one.went)}
                    for one in flow.articles
                ],
            }
            for activity, flow in statement.activities.items()
        },
        "accounts": [_account(flow, names) for flow in statement.accounts],
    }


def accountable_json(people: Sequence[Accountable]) -> Json:
    """`report accountable`: who holds or is expected to hold cash."""
    return {
        "people": [
            {
                "person": one.person,
                "collected": one.collected.plain,
                "pending": one.pending.plain,
                "issued": one.issued.plain,
                "oldest": _day(one.oldest),
            }
            for one in people
        ]
    }


def unconfirmed_json(payments: Sequence[Unconfirmed]) -> Json:
    """`report unconfirmed`: payments that are expected and have not come."""
    return {
        "payments": [
            {
                "deal": one.deal.id,
                "contract_no": one.deal.contract_no,
                "slot": one.payment.slot.name,
                "client": one.deal.client,
                "manager": one.manager,
                "method": one.payment.claim.method.value,
                "amount": one.amount.plain,
                "expected_on": _day(one.payment.claim.expected_on),
                "days_late": one.days_late,
            }
            for one in payments
        ]
    }


def unexplained_json(lines: Sequence[Unexplained]) -> Json:
    """`report unexplained`: statement lines that nobody explained."""
    return {
        "lines": [
            {
                "account": one.line.account,
                "date": _day(one.line.day),
                "direction": "in" if one.line.incoming else "out",
                "amount": one.line.amount.plain,
                "counterparty": one.line.counterparty,
                "purpose": one.line.purpose,
                "days_old": one.days_old,
            }
            for one in lines
        ]
    }


def receivables_json(deals: Sequence[Receivable]) -> Json:
    """`report receivables`: deals whose price is not paid in full."""
    return {
        "deals": [
            {
                "deal": one.deal.id,
                "contract_no": one.deal.contract_no,
                "client": one.deal.client,
                "price": one.price.plain,
                "confirmed": one.confirmed.plain,
                "due": one.due.plain,
                "since": _day(one.since),
                "bucket": one.bucket.value,
            }
            for one in deals
        ]
    }


def _with_share(pnl: Pnl, shares: Shares | None, share: int) -> Json:
    if shares is None:
        return {}
    net = pnl.net_profit - share
    return {"common_share": Money(share).plain, "net_with_share": Money(net).plain}


def _ladder(pnl: Pnl, basis: Basis) -> Json:
    figures: Json = {name: _plain(minor) for name, minor in pnl.lines().items()}
    if basis is Basis.ACCRUAL:
        parts = {part.value: _plain(pnl.before_net.get(part, 0)) for part in BeforeNet}
        figures["before_net"] = parts
    return figures


def _account(flow: AccountFlow, names: Mapping[Account, str]) -> Json:
    return {
        "account": names.get(flow.account, str(flow.account)),
        "code": str(flow.account),
        "opening": _plain(flow.opening),
        "in": _plain(flow.came),
        "out": _plain(flow.went),
        "transfers": _plain(flow.transfers),
        "closing": _plain(flow.closing),
    }


def _plain(minor: int) -> str:
    return Money(minor).plain


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
