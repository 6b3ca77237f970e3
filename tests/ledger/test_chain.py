"""The hash chain: its bytes are pinned, and whatever is altered is found at its place."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.chain import FIRST_HASH, VERSION, Broken, Sealed, seal, verify
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind
from tests.ledger.reading import day, place, rub

AT = datetime(2026, 1, 15, 9, 30, 0, 5, tzinfo=UTC)
SOLD = Operation(
    key="pay-1",
    kind=OperationKind.PAYMENT,
    article=101,
    entries=(Entry(place("collected:p3"), place("client:a-17"), rub("15000.50")),),
    paid_on=day("2026-01-15"),
    accrued_on=None,
    dimensions=(("city", "Омск"), ("manager", "Анна")),
    deal="a-17",
    contract_no="Д-17",
    counterparty="Пётр",
    comment="аванс «наличными»",
    author="anna",
    original_day=day("2025-12-30"),
    reverses=None,
)
# What version 1 hashes, written by hand: keys in the order of the alphabet, no spaces, plain UTF-8.
SOLD_CONTENT = (
    '{"accrued_on":null,"article":101,"author":"anna","comment":"аванс «наличными»",'
    '"contract_no":"Д-17","counterparty":"Пётр","deal":"a-17",'
    '"dimensions":[["city","Омск"],["manager","Анна"]],'
    '"entries":[["collected:p3","client:a-17",1500050,"RUB"]],'
    '"key":"pay-1","kind":"payment","number":1,"original_day":"2025-12-30",'
    '"paid_on":"2026-01-15","recorded_at":"2026-01-15T09:30:00.000005+00:00","reverses":null}'
)
ALTERED: dict[str, object] = {
    "key": "pay-2",
    "kind": OperationKind.INCOME,
    "article": 102,
    "entries": (Entry(place("collected:p3"), place("client:a-17"), rub("15000.51")),),
    "paid_on": day("2026-01-16"),
    "accrued_on": day("2026-01-15"),
    "dimensions": (("city", "Омск"), ("manager", "Яна")),
    "deal": None,
    "contract_no": "",
    "counterparty": "Петр",
    "comment": "аванс «наличными» ",
    "author": "яна",
    "original_day": None,
    "reverses": "pay-0",
}


def chain_of(count: int) -> list[Sealed]:
    """`count` operations of rising amounts, a minute apart."""
    chain: list[Sealed] = []
    for number in range(1, count + 1):
        entry = Entry(place("desk:main"), place("client:a-17"), Money(number))
        operation = replace(SOLD, key=f"pay-{number}", entries=(entry,))
        previous = chain[-1].hash if chain else FIRST_HASH
        chain.append(seal(previous, number, operation, AT + timedelta(minutes=number)))
    return chain


def test_the_hashed_bytes_of_version_1_never_change() -> None:
    expected = hashlib.sha256(f"1\n{'0' * 64}\n{SOLD_CONTENT}".encode()).hexdigest()

    assert seal(FIRST_HASH, 1, SOLD, AT) == Sealed(1, SOLD, AT, 1, expected)
    assert (VERSION, FIRST_HASH) == (1, "0" * 64)


def test_the_second_hash_covers_the_first() -> None:
    first = seal(FIRST_HASH, 1, SOLD, AT)
    content = json.loads(SOLD_CONTENT) | {"number": 2, "key": "pay-2"}
    bytes_ = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(f"1\n{first.hash}\n{bytes_}".encode()).hexdigest()

    assert seal(first.hash, 2, replace(SOLD, key="pay-2"), AT).hash == expected


def test_an_instant_has_one_hash_whatever_the_zone_it_is_told_in() -> None:
    moscow = AT.astimezone(timezone(timedelta(hours=3)))

    assert seal(FIRST_HASH, 1, SOLD, moscow).hash == seal(FIRST_HASH, 1, SOLD, AT).hash


def test_an_untouched_chain_holds() -> None:
    chain = chain_of(5)

    assert verify(chain) is None
    assert verify([]) is None
    assert verify(chain[3:], previous_hash=chain[2].hash, after=3) is None


@pytest.mark.parametrize("name", sorted(ALTERED))
def test_every_altered_field_of_an_operation_is_found(name: str) -> None:
    sealed = seal(FIRST_HASH, 1, SOLD, AT)
    forged = replace(SOLD, **{name: ALTERED[name]})  # type: ignore[arg-type]  # one of any field

    broken = verify([replace(sealed, operation=forged)])

    assert broken == Broken(1, forged.key, seal(FIRST_HASH, 1, forged, AT).hash, sealed.hash)
    assert broken.expected != broken.found


def test_no_field_of_an_operation_is_left_out_of_the_hash() -> None:
    assert {field.name for field in fields(Operation)} == set(ALTERED)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(place("collected:p4"), place("client:a-17"), rub("15000.50")),
        Entry(place("collected:p3"), place("client:a-18"), rub("15000.50")),
        Entry(place("client:a-17"), place("collected:p3"), rub("15000.50")),
        Entry(place("desk:p3"), place("client:a-17"), rub("15000.50")),
    ],
)
def test_every_altered_side_of_an_entry_is_found(entry: Entry) -> None:
    sealed = seal(FIRST_HASH, 1, SOLD, AT)

    assert verify([replace(sealed, operation=replace(SOLD, entries=(entry,)))])


@pytest.mark.parametrize(
    "forged",
    [
        {"recorded_at": AT + timedelta(microseconds=1)},
        {"version": 2},
        {"hash": "f" * 64},
    ],
    ids=["instant", "version", "hash"],
)
def test_an_altered_seal_is_found(forged: dict[str, object]) -> None:
    sealed = seal(FIRST_HASH, 1, SOLD, AT)

    broken = verify([replace(sealed, **forged)])  # type: ignore[arg-type]  # one of any field

    assert broken is not None
    assert (broken.number, broken.key) == (1, "pay-1")


@given(st.integers(0, 5))
@settings(max_examples=6)
def test_an_edit_is_found_at_its_own_place(at: int) -> None:
    chain = chain_of(6)
    chain[at] = replace(chain[at], operation=replace(chain[at].operation, comment="иначе"))

    broken = verify(chain)

    assert broken is not None
    assert (broken.number, broken.key) == (at + 1, f"pay-{at + 1}")


def test_a_gap_is_found_where_the_number_is_missing() -> None:
    first, _second, third = chain_of(3)

    assert verify([first, third]) == Broken(2, "pay-3", "2", "3")


def test_a_gap_closed_by_renumbering_is_found() -> None:
    first, _second, third = chain_of(3)

    broken = verify([first, replace(third, number=2)])

    assert broken is not None
    assert (broken.number, broken.key, broken.found) == (2, "pay-3", third.hash)


def test_an_operation_put_in_twice_is_found() -> None:
    first, second = chain_of(2)

    assert verify([first, first, second]) == Broken(2, "pay-1", "2", "1")


def test_another_order_is_found() -> None:
    first, second, third = chain_of(3)

    assert verify([first, third, second]) == Broken(2, "pay-3", "2", "3")
    assert verify([first, replace(third, number=2), replace(second, number=3)]) is not None


def test_a_rewritten_chain_holds_but_has_another_head() -> None:
    honest = chain_of(3)
    forged = replace(honest[0].operation, comment="иначе")
    rewritten = [seal(FIRST_HASH, 1, forged, honest[0].recorded_at)]
    rewritten.extend(
        seal(rewritten[0].hash, one.number, one.operation, one.recorded_at) for one in honest[1:2]
    )

    assert verify(rewritten) is None
    assert rewritten[-1].hash != honest[1].hash


def test_a_place_before_the_first_and_an_instant_without_a_zone_are_refused() -> None:
    with pytest.raises(AssertionError):
        seal(FIRST_HASH, 0, SOLD, AT)
    with pytest.raises(AssertionError):
        seal(FIRST_HASH, 1, SOLD, AT.replace(tzinfo=None))
