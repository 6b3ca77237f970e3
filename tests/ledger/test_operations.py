"""Operations: balanced by construction, corrected by reversal, compared field by field."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest

from ledger.accounts import Account
from ledger.money import Currency, Money
from ledger.operations import Entry, Operation, OperationKind, difference, dimensions, reverse
from tests.ledger.reading import day, place, rows, rub, standing, written

JAN15, JAN20, FEB01 = day("2026-01-15"), day("2026-01-20"), day("2026-02-01")
DESK, BANK, RENT = place("desk:main"), place("bank:4070"), Account.of_article(401)
PAID_RENT = Operation(
    key="rent-1",
    kind=OperationKind.EXPENSE,
    article=401,
    entries=(Entry(RENT, DESK, rub("100")), Entry(RENT, BANK, rub("50"))),
    paid_on=JAN15,
    accrued_on=JAN15,
    dimensions=(("city", "Омск"),),
    deal="a-17",
    contract_no="Д-17",
    counterparty="Хозяин",
    comment="январь",
    author="olga",
)
# One other value for every field that may differ under one key.
ALTERED: dict[str, object] = {
    "kind": OperationKind.INCOME,
    "article": 402,
    "entries": (Entry(RENT, DESK, rub("150")),),
    "paid_on": JAN20,
    "accrued_on": None,
    "dimensions": (("city", "Томск"),),
    "deal": "a-18",
    "contract_no": "Д-18",
    "counterparty": "Сосед",
    "comment": "февраль",
    "author": "anna",
    "original_day": date(2025, 12, 31),
    "reverses": "rent-0",
}


def test_the_amount_of_an_operation_is_the_sum_of_its_entries() -> None:
    assert PAID_RENT.amount == rub("150")


def test_an_operation_changes_reports_on_its_days() -> None:
    assert PAID_RENT.days == (JAN15,)
    assert replace(PAID_RENT, paid_on=FEB01).days == (JAN15, FEB01)
    assert replace(PAID_RENT, paid_on=None).days == (JAN15,)


@pytest.mark.parametrize("name", sorted(ALTERED))
def test_an_altered_retry_is_named_by_its_field(name: str) -> None:
    altered = replace(PAID_RENT, **{name: ALTERED[name]})  # type: ignore[arg-type]  # one of any

    assert difference(PAID_RENT, altered) == name
    assert difference(PAID_RENT, altered, ignore=[name]) is None


def test_every_field_but_the_key_is_compared() -> None:
    assert {field.name for field in fields(Operation)} == {*ALTERED, "key"}


def test_an_equal_retry_differs_in_nothing() -> None:
    assert difference(PAID_RENT, replace(PAID_RENT)) is None


def test_the_first_altered_field_is_named() -> None:
    altered = replace(PAID_RENT, article=402, comment="февраль")

    assert difference(PAID_RENT, altered) == "article"


def test_operations_of_two_keys_are_never_compared() -> None:
    with pytest.raises(AssertionError):
        difference(PAID_RENT, replace(PAID_RENT, key="rent-2"))


def test_a_reversal_swaps_the_sides_and_keeps_what_reports_read() -> None:
    back = reverse(PAID_RENT, "undo-1", JAN20, "anna", "ошибка")

    assert written(back) == rows(
        """
        reversal 401 150.00 bank:4070 <- article:401, desk:main <- article:401 | paid 2026-01-20 accrued 2026-01-20 | 150.00 150.00
        """
    )
    assert (back.key, back.reverses, back.author, back.comment) == (
        "undo-1",
        "rent-1",
        "anna",
        "ошибка",
    )
    assert (back.dimensions, back.deal) == (PAID_RENT.dimensions, PAID_RENT.deal)
    assert standing([PAID_RENT, back]) == {}


@pytest.mark.parametrize(
    ("paid_on", "accrued_on", "dates"),
    [
        (JAN15, None, (JAN20, None)),
        (None, JAN15, (None, JAN20)),
        (JAN15, JAN15, (JAN20, JAN20)),
    ],
)
def test_a_reversal_counts_in_the_bases_of_the_first_one(
    paid_on: date | None, accrued_on: date | None, dates: tuple[date | None, date | None]
) -> None:
    first = replace(PAID_RENT, paid_on=paid_on, accrued_on=accrued_on)
    back = reverse(first, "undo-1", JAN20, "anna", "")

    assert (back.paid_on, back.accrued_on) == dates
    assert first.cash_effect + back.cash_effect == 0
    assert first.accrual_effect + back.accrual_effect == 0


def test_a_reversal_on_another_day_remembers_the_first_day() -> None:
    same_day = reverse(PAID_RENT, "undo-1", JAN15, "anna", "")
    later = reverse(PAID_RENT, "undo-1", JAN20, "anna", "")

    assert (same_day.original_day, later.original_day) == (None, JAN15)


def test_a_reversal_of_a_reversal_brings_the_first_one_back() -> None:
    back = reverse(PAID_RENT, "undo-1", JAN20, "anna", "")
    again = reverse(back, "undo-2", FEB01, "olga", "")

    assert again.entries == PAID_RENT.entries
    assert again.reverses == "undo-1"
    assert standing([PAID_RENT, back, again]) == standing([PAID_RENT])


@pytest.mark.parametrize(
    ("debit", "credit", "cash", "accrual"),
    [
        ("desk:main", "article:101", 100, 100),
        ("article:401", "desk:main", -100, -100),
        ("desk:main", "bank:4070", 0, 0),
        ("article:401", "article:402", 0, 0),
        ("desk:main", "client:a-17", 100, 0),
        ("client:a-17", "article:101", 0, 100),
        ("desk:main", "balance:c-5", 0, 0),
        ("balance:c-5", "client:a-17", 100, 0),
        ("article:401", "issued:p3", -100, -100),
        ("desk:main", "opening:all", 100, 0),
    ],
)
def test_the_effect_follows_from_the_sides(
    debit: str, credit: str, cash: int, accrual: int
) -> None:
    entry = Entry(place(debit), place(credit), Money(100))
    both = replace(PAID_RENT, entries=(entry,))

    assert (both.cash_effect, both.accrual_effect) == (cash, accrual)
    assert replace(both, paid_on=None).cash_effect == 0
    assert replace(both, accrued_on=None).accrual_effect == 0


@pytest.mark.parametrize(
    "altered",
    [
        {"key": ""},
        {"entries": ()},
        {"paid_on": None, "accrued_on": None},
        {"dimensions": (("salon", "Центр"), ("city", "Омск"))},
        {
            "entries": (
                Entry(RENT, DESK, Money(1)),
                Entry(RENT, BANK, Money(1, Currency.USD)),
            )
        },
    ],
    ids=["no key", "no entries", "no date", "unsorted dimensions", "two currencies"],
)
def test_an_operation_that_no_report_could_read_is_refused(altered: dict[str, object]) -> None:
    with pytest.raises(AssertionError):
        replace(PAID_RENT, **altered)  # type: ignore[arg-type]  # one of any field


@pytest.mark.parametrize("minor", [0, -1])
def test_an_entry_of_nothing_or_less_is_refused(minor: int) -> None:
    with pytest.raises(AssertionError):
        Entry(RENT, DESK, Money(minor))


def test_an_entry_from_a_place_to_itself_is_refused() -> None:
    with pytest.raises(AssertionError):
        Entry(DESK, DESK, Money(1))


def test_a_posted_operation_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PAID_RENT.comment = "иначе"  # type: ignore[misc]  # forbidden on purpose


def test_dimensions_are_sorted_trimmed_and_blanks_left_out() -> None:
    frozen = dimensions(
        {"salon": "  Центр  на\u00a0Ленина ", "city": "Омск", "manager": " ", "product": ""}
    )

    assert frozen == (("city", "Омск"), ("salon", "Центр на Ленина"))
    assert dimensions({}) == ()
