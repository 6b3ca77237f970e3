"""Sections: keys in any order, values missing or bad, accounts missing."""

import pytest

from banking.formats.grammar import parse_skeleton
from banking.formats.records import ProblemCode
from banking.formats.sections import read_sections
from tests.banking.samples import OURS, money, section, statement


def read(block, accounts=(OURS,)):
    return read_sections(parse_skeleton(statement(block, accounts=accounts)))


def test_the_order_of_keys_is_free():
    block = section()
    turned = [block[0], *reversed(block[1:-1]), block[-1]]
    assert read(turned) == read(block)


def test_a_section_without_an_account_belongs_to_the_only_one_of_the_header():
    block = [line for line in section() if not line.startswith("РасчСчет")]
    (one,), problems = read(block)
    assert (one.account, problems) == (OURS, [])


def test_a_section_without_an_account_in_a_file_of_two_is_left_out_by_name():
    block = [line for line in section() if not line.startswith("РасчСчет")]
    sections, problems = read(block, accounts=(OURS, OURS[:-1] + "9"))
    assert sections == []
    assert [problem.code for problem in problems] == [ProblemCode.SECTION_WITHOUT_ACCOUNT]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (section(sums=("0", "12..5", "0", "1")), ProblemCode.BAD_BALANCE),
        (section(start="31.02.2026"), ProblemCode.BAD_SECTION_DATE),
        (section(account="40702826900000000101"), ProblemCode.CURRENCY_UNKNOWN),
    ],
)
def test_what_cannot_be_read_is_named(block, code):
    _, problems = read(block)
    assert [problem.code for problem in problems] == [code]


def test_the_older_names_of_the_dates_are_known():
    block = [
        line.replace("ДатаНачала", "Дата1").replace("ДатаКонца", "Дата2") for line in section()
    ]
    (one,), _ = read(block)
    assert (one.start.day, one.end.day) == (1, 31)
    assert one.opening == money("0")
