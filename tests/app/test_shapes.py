"""The JSON shapes of the lists, from records; the shapes of the P&L are tested by the command."""

from datetime import date

from app.shapes import accountable_json, receivables_json, unconfirmed_json, unexplained_json
from ledger.money import Money
from tests.store.books import TODAY, cash_payment, deal, line
from usecases.receivables import Bucket, Receivable
from usecases.reports import Accountable, Unconfirmed, Unexplained


def test_people_who_hold_cash() -> None:
    anna = Accountable("Анна", Money(5), Money(100_00), Money(0), date(2026, 3, 1))
    boris = Accountable("Борис", Money(-1), Money(0), Money(0), None)

    assert accountable_json([anna, boris]) == {
        "people": [
            {
                "person": "Анна",
                "collected": "0.05",
                "pending": "100.00",
                "issued": "0.00",
                "oldest": "2026-03-01",
            },
            {
                "person": "Борис",
                "collected": "-0.01",
                "pending": "0.00",
                "issued": "0.00",
                "oldest": None,
            },
        ]
    }


def test_payments_that_have_not_come() -> None:
    payment = cash_payment()
    row = Unconfirmed(payment, deal(), "Анна", Money(700_00), 3)

    assert unconfirmed_json([row]) == {
        "payments": [
            {
                "deal": "amocrm:1",
                "contract_no": "К-17",
                "slot": payment.slot.name,
                "client": "Иванов",
                "manager": "Анна",
                "method": "cash",
                "amount": "700.00",
                "expected_on": TODAY.isoformat(),
                "days_late": 3,
            }
        ]
    }


def test_lines_that_nobody_explained() -> None:
    assert unexplained_json([Unexplained(line(), 4)]) == {
        "lines": [
            {
                "account": "40702810900000000001",
                "date": TODAY.isoformat(),
                "direction": "in",
                "amount": "5000.00",
                "counterparty": "ООО «Ромашка»",
                "purpose": "Оплата по договору К-17",
                "days_old": 4,
            }
        ]
    }


def test_deals_that_are_not_paid_in_full() -> None:
    row = Receivable(deal(), Money(3), Money(1), Money(2), None, Bucket.UNKNOWN)

    assert receivables_json([row]) == {
        "deals": [
            {
                "deal": "amocrm:1",
                "contract_no": "К-17",
                "client": "Иванов",
                "price": "0.03",
                "confirmed": "0.01",
                "due": "0.02",
                "since": None,
                "bucket": "unknown",
            }
        ]
    }
