"""Which lines of a statement are in the books already: by table, and for any sources."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banking.formats.same import Doubt, Face, Known, Likeness, Pair, compare, face, merge

DAY = date(2026, 3, 2)
OURS = "40702810900000000001"
IVAN, PETR = "40817810900000000005", "40817810900000000007"
TRANSIT = "47422810900000000009"
LONG = "Оплата по договору 17-02 от 01.02.2026"


def a_face(text: str) -> Face:
    """`number, account, INN, purpose[, days later][, reference]`; `-` where nothing is given."""
    parts = [("" if part == "-" else part) for part in map(str.strip, text.split(","))]
    number, account, inn, purpose, later, reference = [*parts, "", "", ""][:6]
    day = DAY + timedelta(days=int(later or 0))
    account = {"Иван": IVAN, "Пётр": PETR, "банк": TRANSIT}.get(account, account)
    return face(OURS, day, 1_500_000, number, (account, inn or None), (purpose, reference))


TABLE = """
128, Иван, 77, перевод | 128, Иван, 77, другие слова          | same
128, Иван, -, -        | 00128, Иван, -, -                    | same
128, -, 77, -          | 128, Иван, 77, перевод               | same
128, -, -, -           | 128, Иван, 77, перевод               | possible
-, Иван, -, -          | 128, Иван, 77, перевод               | possible
-, -, -, перевод       | 128, Иван, 77, перевод               | possible
-, Иван, -, перевод    | 128, Иван, 77, перевод               | same
-, -, -, Оплата по договору №17-02 от 01.02.2026 | 128, Иван, 77, Оплата по договору N 17/02 от 01.02.2026 | same
-, -, -, Оплата по договору 17-02 от 01 | 128, Иван, 77, Оплата по договору 17-02 от 01.02.2026 | same
-, -, -, -             | 128, Иван, 77, перевод               | possible
128, Иван, -, перевод  | 128, Пётр, -, перевод                | different
128, Иван, 77, перевод | 129, Иван, 77, перевод               | possible
128, Иван, 77, за март | 129, Иван, 77, за апрель             | different
128, Иван, 77, -       | 129, Иван, 77, перевод               | possible
128, -, 77, перевод    | 129, -, 78, перевод                  | different
128, -, 77, перевод    | 128, -, 78, перевод                  | possible
128, Иван, -, перевод  | 128, банк, -, перевод                | possible
128, Иван, 77, перевод | 128, банк, 77, перевод               | same
-, Иван, -, за март    | 128, банк, -, за апрель              | different
128, 4081781090000****005, -, - | 128, Иван, -, -             | same
128, Иван, 77, перевод | 128, Иван, 77, перевод, 1            | possible
128, Иван, 77, перевод | 129, Иван, 77, перевод, 1            | different
128, Иван, 77, перевод | 128, Иван, 77, перевод, 2            | different
128, Иван, -, -, 0, b5a | 128, Иван, -, -, 1, b5a             | same
-, -, -, -, 0, b5a     | 128, Иван, 77, перевод, 0, b5a       | same
128, Иван, -, -, 0, b5a | 129, Иван, -, перевод, 0, b5a       | possible
-, -, -, -, 0, NONREF  | 128, Иван, 77, перевод, 0, NONREF    | possible
"""


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_what_both_sources_give_decides(row: str) -> None:
    left, right, expected = (part.strip() for part in row.split("|"))

    assert compare(a_face(left), a_face(right)) is Likeness[expected.upper()]
    assert compare(a_face(right), a_face(left)) is Likeness[expected.upper()]


def books(*texts: str) -> list[Known]:
    return [Known(number, (a_face(text),)) for number, text in enumerate(texts, start=1)]


def test_equal_payments_are_counted() -> None:
    twins = books("-, -, -, перевод", "-, -, -, перевод")

    found = merge(twins, [a_face("-, -, -, перевод")] * 3)

    assert {pair.known for pair in found.pairs} == {1, 2}
    assert found.new == (2,)
    assert found.doubtful == ()


def test_a_doubt_names_every_line_it_may_be() -> None:
    found = merge(books("128, -, -, -", "129, -, -, -"), [a_face("-, -, -, перевод")])

    assert found.doubtful == (Doubt(0, (1, 2)),)
    assert found.new == ()


def test_one_of_several_equally_fit_is_known_but_tells_nothing() -> None:
    found = merge(
        books("128, Иван, -, перевод", "129, Иван, -, перевод"), [a_face("-, Иван, -, перевод")]
    )

    assert [(pair.position, pair.is_telling) for pair in found.pairs] == [(0, False)]


def test_a_second_face_makes_a_line_known_to_a_third_source() -> None:
    line = Known(1, (a_face("128, -, 77, -"), a_face("128, Иван, 77, перевод")))

    found = merge([line], [a_face("-, Иван, -, перевод")])

    assert found.pairs == (Pair(0, 1, is_telling=True),)


def test_other_sums_and_directions_are_never_compared() -> None:
    known = a_face("128, Иван, 77, перевод")
    others = [replace(known, minor=known.minor + 1), replace(known, incoming=False)]

    assert merge([Known(1, (known,))], others).new == (0, 1)


def test_a_crowd_that_cannot_be_compared_is_doubtful_not_guessed() -> None:
    crowd = [Known(number, (a_face(f"{number}, Иван, -, -"),)) for number in range(1, 801)]

    found = merge(crowd, [a_face("-, -, -, -")] * 800)

    assert (found.pairs, found.new, len(found.doubtful)) == ((), (), 800)


def test_years_of_one_sum_are_compared_day_by_day() -> None:
    books = [Known(number, (a_face(f"{number}, Иван, -, -, {number}"),)) for number in range(1000)]
    shown = [a_face(f"{number}, Иван, 77, перевод, {number}") for number in range(500, 1500)]

    found = merge(books, shown)

    assert (len(found.pairs), found.new, found.doubtful) == (500, tuple(range(500, 1000)), ())


# What a source leaves out; the truth has everything.
SILENCES = (
    {},
    {"purpose": ""},
    {"inn": "", "reference": ""},
    {"number": ""},
    {"counterparty_account": "", "inn": ""},
    {"number": "", "purpose": ""},
    {"number": "", "counterparty_account": "", "inn": ""},
)


@dataclass
class Ledger:
    """The books as the use case keeps them: lines with faces, and what is in doubt."""

    lines: list[list[Face]]
    doubts: int = 0

    def take(self, source: list[Face]) -> None:
        known = [Known(n, tuple(faces)) for n, faces in enumerate(self.lines)]
        found = merge(known, source)
        for pair in found.pairs:
            one = source[pair.position]
            faces = self.lines[pair.known]
            if pair.is_telling and one.key not in {other.key for other in faces}:
                faces.append(one)
        self.lines += [[source[position]] for position in found.new]
        self.doubts = len(found.doubtful)


TRUTH = st.lists(
    st.builds(
        lambda number, who, words, later: a_face(
            f"{number}, {who}, {'77' if who == 'Иван' else '78'}, {words}, {later}"
        ),
        st.integers(1, 4),
        st.sampled_from(["Иван", "Пётр"]),
        st.sampled_from(["перевод", LONG]),
        st.integers(0, 1),
    ),
    max_size=6,
)


def shown(truth: list[Face], silence: dict[str, str]) -> list[Face]:
    return [replace(one, **silence) for one in truth]


@settings(max_examples=300)
@given(TRUTH, st.lists(st.sampled_from(SILENCES), min_size=1, max_size=4))
def test_whole_sources_in_any_order_never_double_a_line(
    truth: list[Face], silences: list[dict[str, str]]
) -> None:
    ledger = Ledger([])

    for silence in [*silences, *silences]:
        ledger.take(shown(truth, silence))

    assert len(ledger.lines) == len(truth)


@settings(max_examples=300)
@given(TRUTH, st.sampled_from(SILENCES), st.integers(0, 6))
def test_a_morning_and_an_evening_export_are_exact(
    truth: list[Face], silence: dict[str, str], cut: int
) -> None:
    ledger = Ledger([])
    evening = shown(truth, silence)

    for export in (evening[:cut], evening, evening):
        ledger.take(export)
        assert ledger.doubts == 0

    assert len(ledger.lines) == len(truth)


@settings(max_examples=300)
@given(TRUTH, st.lists(st.tuples(st.sampled_from(SILENCES[:3]), st.sampled_from([0, 1, 2]))))
def test_sources_with_number_and_payer_agree_in_any_order_of_overlapping_days(
    truth: list[Face], exports: list[tuple[dict[str, str], int]]
) -> None:
    ledger = Ledger([])
    whole = [(SILENCES[1], 2)]

    for silence, days in [*exports, *whole]:
        ledger.take([one for one in shown(truth, silence) if days in (2, (one.day - DAY).days)])

    assert (len(ledger.lines), ledger.doubts) == (len(truth), 0)
