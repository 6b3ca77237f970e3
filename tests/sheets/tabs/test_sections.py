"""Numbers of sections and accounts, which rows of money movements keep for ever."""

import pytest

from ledger.accounts import Account
from ledger.articles import Activity
from ledger.seed import SEEDED_ARTICLES
from sheets.tabs.sections import SECTIONS, Section, account_id, section_of

ARTICLES = {one.id: one for one in SEEDED_ARTICLES}


@pytest.mark.parametrize(
    ("article", "inside", "opening", "section"),
    [
        (401, False, False, SECTIONS[Activity.OPERATING]),
        (401, True, False, Section.TRANSFER),
        (401, True, True, Section.OPENING),
        (951, False, False, Section.TRANSFER),
        (954, False, True, Section.OPENING),
    ],
)
def test_an_entry_stands_in_one_section(
    article: int, section: int, *, inside: bool, opening: bool
) -> None:
    assert section_of(ARTICLES[article], inside=inside, opening=opening) == section


def test_numbers_of_accounts_differ_and_are_exact_in_a_double() -> None:
    accounts = [Account.parse(f"desk:{number}") for number in range(1000)]
    numbers = {account_id(one) for one in accounts}
    assert len(numbers) == len(accounts)
    assert all(0 < one < 2**48 and int(float(one)) == one for one in numbers)
