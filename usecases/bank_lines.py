"""A bank's line enters the books: posted once on its day, with every face that it has shown."""

from collections.abc import Iterable
from dataclasses import replace

from banking.formats.records import Direction, Movement
from banking.formats.same import Face, face
from ledger.posting import About, statement_line
from store.faces import LineFace
from store.journal import Posted
from store.records import BankLine
from store.unit import UnitOfWork
from usecases.posting import post

__all__ = ["add_face", "face_of_line", "face_of_move", "faces_of", "line_of", "post_line"]


def line_of(move: Movement, file_id: str) -> BankLine:
    """The line that a movement would be in the books; it has no id yet."""
    source = move.source
    return BankLine(
        id=0,
        identity=move.identity,
        identity_version=move.identity_version,
        account=move.account,
        incoming=move.direction is Direction.IN,
        own_transfer=move.own_transfer,
        day=move.day,
        amount=move.amount,
        number=source.number,
        counterparty=source.counterparty,
        inn=source.inn,
        counterparty_account=move.counterparty_account,
        purpose=source.purpose,
        file=file_id,
    )


def face_of_move(move: Movement) -> Face:
    """The movement as its statement shows it."""
    return face_of_line(line_of(move, ""), move.source.bank_reference)


def face_of_line(line: BankLine, bank_reference: str | None = None) -> Face:
    """The line as it stands in the books."""
    return _face(line, _own_face(line, bank_reference))


def faces_of(line: BankLine, further: Iterable[LineFace]) -> tuple[Face, ...]:
    """Every face of a line, its own first."""
    return (face_of_line(line), *(_face(line, one) for one in further))


async def post_line(
    unit: UnitOfWork, line: BankLine, bank_reference: str | None, author: str
) -> BankLine:
    """Put a new line into the books and post it against suspense, or in transit."""
    added = await unit.statements.add_line(replace(line, identity=await _free(unit, line)))
    if bank_reference:
        await add_face(unit, added.id, line, bank_reference)
    about = About(
        added.operation_key, author, comment=added.purpose, counterparty=added.counterparty
    )
    operation = statement_line(
        about,
        added.account,
        added.amount,
        added.day,
        incoming=added.incoming,
        own_transfer=added.own_transfer,
    )
    outcome = await post(unit, operation)
    assert isinstance(outcome, Posted), outcome
    return added


async def add_face(
    unit: UnitOfWork, line_id: int, shown: BankLine, bank_reference: str | None
) -> None:
    """Remember that a line was also shown like this."""
    await unit.faces.add(line_id, _own_face(shown, bank_reference))


async def _free(unit: UnitOfWork, line: BankLine) -> str:
    """The line's identity, counted on past those that equal lines bear already."""
    identity, number = line.identity, 1
    base, _, count = identity.rpartition("|")
    while await unit.statements.known([identity]):
        number = max(number, int(count) if count.isdecimal() else 1) + 1
        identity = f"{base}|{number}"
    return identity


def _own_face(line: BankLine, bank_reference: str | None) -> LineFace:
    return LineFace(
        day=line.day,
        number=line.number,
        inn=line.inn,
        counterparty_account=line.counterparty_account,
        purpose=line.purpose,
        bank_reference=bank_reference,
        file=line.file,
    )


def _face(line: BankLine, shown: LineFace) -> Face:
    return face(
        line.account,
        shown.day,
        line.amount.minor if line.incoming else -line.amount.minor,
        shown.number,
        (shown.counterparty_account, shown.inn),
        (shown.purpose, shown.bank_reference),
    )
