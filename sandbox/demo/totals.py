"""What the standard ninety days come to, written down once more as plain numbers.

The tables of the scenario add up to the same; a slip in a table shows here. `MINIMUM` says how
much must have happened at least, so that an empty demo never passes.
"""

from sandbox.demo.effects import Basis

__all__ = ["GRAND_TOTALS", "MINIMUM"]

# Kopecks by line of the ladder, added up by hand from the tables.
GRAND_TOTALS = {
    Basis.CASH: {
        "revenue": 2_799_942_33,
        "production": 752_991_15,
        "selling": 431_200_25,
        "administrative": 657_831_25,
        "bank_fees": 40_186_67,
        "other_income": 2_535_68,
        "other_expense": 10_230_00,
        "before_net_profit": 24_300_00,
        "after_net_profit": 50_000_00,
    },
    Basis.ACCRUAL: {
        "revenue": 2_729_983_33,
        "production": 752_991_15,
        "selling": 431_200_25,
        "administrative": 657_831_25,
        "bank_fees": 40_186_67,
        "other_income": 2_535_68,
        "other_expense": 10_230_00,
        "before_net_profit": 24_300_00,
        "after_net_profit": 50_000_00,
    },
}

MINIMUM = {
    "updates": 500,
    "operations": 400,
    "deals": 81,
    "payments": 100,
    "handovers": 31,
    "refunds": 6,
    "notes": 110,
    "lines": 80,
    "statements": 38,
    "cards": 250,
    "rows": 400,
}
