"""A bank's line in the books: posted once, every face remembered."""

from dataclasses import replace
from datetime import date

from ledger.money import Money
from store.database import Store
from store.records import BankLine
from tests.usecases.company_room import ACCOUNT, held
from usecases.bank_lines import add_face, face_of_line, faces_of, post_line

DAY = date(2026, 3, 2)
LINE = BankLine(
    id=0,
    identity="key|1",
    identity_version=1,
    account=ACCOUNT,
    incoming=False,
    own_transfer=False,
    day=DAY,
    amount=Money(1_500),
    number="0012",
    counterparty="Иванов",
    inn=None,
    counterparty_account="40817",
    purpose="Оплата № 5",
    file="f1",
)


def test_a_face_is_folded_and_knows_its_way() -> None:
    shown = face_of_line(LINE, "NONREF")

    assert (shown.incoming, shown.minor, shown.number) == (False, 1_500, "12")
    assert (shown.purpose, shown.reference, shown.inn) == ("оплатаn5", "", "")


async def test_a_line_is_posted_and_its_faces_are_remembered(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.statements.add_file("f1", "f1", b"")
        first = await post_line(unit, LINE, "b5a", "Мария")
        await add_face(unit, first.id, replace(LINE, number=""), None)

        kept = faces_of(first, (await unit.faces.of_lines([first.id]))[first.id])
        assert [(one.number, one.reference) for one in kept] == [
            ("12", ""),
            ("12", "b5a"),
            ("", ""),
        ]
        assert await held(unit, f"bank:{ACCOUNT}") == "-15.00"


async def test_an_identity_that_is_taken_is_counted_on(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.statements.add_file("f1", "f1", b"")
        lines = [await post_line(unit, LINE, None, "Мария") for _ in range(3)]

        assert [one.identity for one in lines] == ["key|1", "key|2", "key|3"]
        assert await held(unit, f"bank:{ACCOUNT}") == "-45.00"
