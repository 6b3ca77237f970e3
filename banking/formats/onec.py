"""The 1C client-bank exchange format in all its dialects: bytes in, a StatementFile out.

Refused, in this order: encoding destroyed, structure damaged, several files in one, outgoing
payment orders, truncated, nothing inside. Otherwise every document is a line or a named problem.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from banking.formats.controls import Checked, check_account, judge
from banking.formats.decoding import Decoded, Undecodable, decode
from banking.formats.documents import Own, read_document
from banking.formats.grammar import Block, Skeleton, parse_skeleton
from banking.formats.identity import Identities, Key
from banking.formats.records import (
    Direction,
    Movement,
    Problem,
    ProblemCode,
    StatementFile,
    StatementLine,
    Verdict,
)
from banking.formats.sections import Section, read_sections
from banking.formats.values import clean_account, clean_text, currency_of
from banking.formats.wording import problem

__all__ = ["FORMAT", "read_onec"]

FORMAT = "1c"
_PLAIN = re.compile(r"[0-9A-Za-z*./-]{5,40}")
_MOVEMENT_DATES = ("ДатаСписано", "ДатаПоступило", "ДатаОперации")


def read_onec(name: str, data: bytes, own_accounts: Collection[str] = ()) -> StatementFile:
    """Read one file that starts like 1C; `own_accounts` are those the program is configured with.

    Never raises: what cannot be read is a problem in the result.
    """
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return _refused(_Frame(name), problem(1, ProblemCode.ENCODING_DESTROYED))
    skeleton = parse_skeleton(decoded.text)
    # The skeleton has all of it: a text of a hundred megabytes is not kept twice.
    frame = _Frame(name, replace(decoded, text=""), skeleton)
    refusal = _refusal(skeleton)
    if refusal:
        return _refused(frame, refusal)
    return _statement(frame, own_accounts)


@dataclass(frozen=True, slots=True)
class _Frame:
    name: str
    decoded: Decoded | None = None
    skeleton: Skeleton | None = None

    def header(self, key: str) -> str | None:
        value = self.skeleton.header.get(key) if self.skeleton else ""
        return clean_text(value) or None

    def file(self) -> StatementFile:
        """The file before anything inside it is believed."""
        return StatementFile(
            file=self.name,
            format=FORMAT,
            version=self.header("ВерсияФормата"),
            encoding=self.decoded.encoding if self.decoded else None,
            sender=self.header("Отправитель"),
            accounts=(),
            documents=len(self.skeleton.documents) if self.skeleton else 0,
            lines=(),
            controls=(),
            problems=(),
            verdict=Verdict.REFUSED,
        )


def _refusal(skeleton: Skeleton) -> Problem | None:
    if skeleton.keys_lost:
        return problem(1, ProblemCode.ENCODING_DESTROYED)
    if skeleton.damage:
        damage = skeleton.damage
        return problem(damage.line, ProblemCode.STRUCTURE_DAMAGED, damage.what)
    if skeleton.starts > 1:
        return problem(1, ProblemCode.SEVERAL_FILES)
    documents = skeleton.documents
    if documents and not skeleton.sections and not any(map(_moved, documents)):
        return problem(documents[0].line, ProblemCode.OUTGOING_ORDERS)
    if not skeleton.ended:
        return problem(0, ProblemCode.TRUNCATED, "последней строки «КонецФайла»")
    if not documents and not skeleton.sections:
        return problem(0, ProblemCode.NOTHING_INSIDE)
    return None


def _moved(block: Block) -> bool:
    return bool(block.get(*_MOVEMENT_DATES))


def _refused(frame: _Frame, refusal: Problem) -> StatementFile:
    """No lines; the balances of a truncated file are still shown, because they were read whole."""
    file = replace(frame.file(), problems=(refusal,))
    if frame.skeleton is None or refusal.code is not ProblemCode.TRUNCATED:
        return file
    sections, _ = read_sections(frame.skeleton)
    checked = _check_all(_accounts(frame.skeleton, sections), sections, [])
    return replace(file, accounts=tuple(one.summary for one in checked))


def _accounts(skeleton: Skeleton, sections: list[Section]) -> list[str]:
    header = [clean_account(account) for account in skeleton.own_accounts]
    stated = [section.account for section in sections]
    # An account of the header alone must look like one: a damaged number is no account of ours.
    found = dict.fromkeys([*filter(_PLAIN.fullmatch, header), *stated])
    return [account for account in found if account and currency_of(account) is not None]


def _statement(frame: _Frame, own_accounts: Collection[str]) -> StatementFile:
    skeleton = frame.skeleton
    assert skeleton is not None
    sections, problems = read_sections(skeleton)
    of_file = _accounts(skeleton, sections)
    configured = {clean_account(account) for account in own_accounts}
    own = Own(frozenset([*of_file, *configured]) - {""}, tuple(of_file))
    lines, said = _lines(skeleton, own)
    moves = _moves(lines, own)
    accounts = list(dict.fromkeys([*of_file, *(move.account for move in moves)]))
    checked = _check_all(accounts, sections, moves)
    statement = replace(
        frame.file(),
        accounts=tuple(one.summary for one in checked),
        lines=tuple(lines),
        controls=tuple(control for one in checked for control in one.controls),
        problems=(
            *problems,
            *said,
            *_about_file(frame),
            *_about_accounts(checked, is_whole=not said),
        ),
        moves=tuple(moves),
    )
    is_verifiable = all(one.is_verifiable for one in checked if _is_used(one))
    return replace(statement, verdict=judge(statement, is_verifiable=is_verifiable))


def _check_all(
    accounts: list[str], sections: list[Section], moves: list[Movement]
) -> list[Checked]:
    sections_of: dict[str, list[Section]] = {account: [] for account in accounts}
    moves_of: dict[str, list[Movement]] = {account: [] for account in accounts}
    for section in sections:
        sections_of[section.account].append(section)
    for move in moves:
        moves_of[move.account].append(move)
    return [check_account(one, sections_of[one], moves_of[one]) for one in accounts]


def _is_used(checked: Checked) -> bool:
    summary = checked.summary
    counted = summary.documents_in.minor or summary.documents_out.minor
    return bool(counted) or summary.opening is not None or summary.closing is not None


def _lines(skeleton: Skeleton, own: Own) -> tuple[list[StatementLine], list[Problem]]:
    identities = Identities()
    lines: list[StatementLine] = []
    problems: list[Problem] = []
    twice = _listed_twice(skeleton.documents)
    for position, block in enumerate(skeleton.documents, start=1):
        if position in twice:
            label = block.get("Номер", "НомерДокумента")
            problems.append(problem(block.line, ProblemCode.LISTED_TWICE, document=label))
            continue
        read = read_document(block, position, own, identities)
        problems.extend(read.problems)
        if read.line:
            lines.append(read.line)
    return lines, problems


def _listed_twice(documents: list[Block]) -> set[int]:
    """Positions of source documents that the same file also lists as «Выписка» (Kazakhstan)."""
    extracts = Counter(_twin_key(block) for block in documents if _is_extract(block))
    twice: set[int] = set()
    for position, block in enumerate(documents, start=1):
        key = _twin_key(block)
        if not _is_extract(block) and extracts[key] > 0:
            extracts[key] -= 1
            twice.add(position)
    return twice


def _is_extract(block: Block) -> bool:
    return block.kind.strip("'\" ").casefold() == "выписка"


def _twin_key(block: Block) -> tuple[str, str, str]:
    return (
        block.get("Номер", "НомерДокумента"),
        block.get("Сумма", "СуммаПриход", "СуммаРасход"),
        block.get("ДатаДокумента", "Дата", "ДатаОперации"),
    )


def _moves(lines: list[StatementLine], own: Own) -> list[Movement]:
    if all(line.direction is not Direction.OWN for line in lines):
        # Counted together with own transfers, equal movements may get other numbers than lines.
        return [_moved_as(line) for line in lines]
    identities = Identities()
    moves: list[Movement] = []
    for line in lines:
        if line.direction is not Direction.OWN:
            moves.append(_move(line, identities))
            continue
        payer, payee = line.account, line.counterparty_account
        is_first = payer in own.of_file or payee not in own.of_file
        if is_first:
            moves.append(_move(line, identities, Direction.OUT))
        if payee in own.of_file and currency_of(payee) is line.amount.currency:
            moves.append(_move(line, identities, Direction.IN))
    return moves


def _moved_as(line: StatementLine) -> Movement:
    return Movement(
        line=line.line,
        account=line.account,
        direction=line.direction,
        day=line.day,
        amount=line.amount,
        counterparty_account=line.counterparty_account,
        own_transfer=False,
        identity=line.identity,
        identity_version=line.identity_version,
        source=line,
    )


def _move(
    line: StatementLine, identities: Identities, own_way: Direction | None = None
) -> Movement:
    ours, theirs, day = line.account, line.counterparty_account, line.day
    if own_way is Direction.IN:
        ours, theirs, day = theirs, ours, line.arrived_on or line.day
    direction = own_way or line.direction
    key = Key(ours, direction, day, line.amount, line.number, theirs, line.purpose)
    return Movement(
        line=line.line,
        account=ours,
        direction=direction,
        day=day,
        amount=line.amount,
        counterparty_account=theirs,
        own_transfer=own_way is not None,
        identity=identities.next(key),
        identity_version=line.identity_version,
        source=line,
    )


def _about_file(frame: _Frame) -> list[Problem]:
    assert frame.skeleton is not None
    assert frame.decoded is not None
    said = [
        problem(number, ProblemCode.TEXT_OUTSIDE, text)
        for number, text in frame.skeleton.stray[:10]
    ]
    if frame.skeleton.text_after_end:
        said.append(problem(frame.skeleton.text_after_end, ProblemCode.TEXT_AFTER_END))
    if frame.decoded.letters_lost:
        lost = str(frame.decoded.letters_lost)
        said.append(problem(0, ProblemCode.DAMAGED_TEXT, lost))
    return said


def _about_accounts(checked: list[Checked], *, is_whole: bool) -> list[Problem]:
    said: list[Problem] = []
    for one in checked:
        if one.misses_documents and is_whole:
            said.append(problem(0, ProblemCode.DOCUMENTS_MISSING, one.summary.account))
        if not one.is_verifiable and _is_used(one):
            said.append(problem(0, ProblemCode.NO_CONTROL, one.summary.account))
    return said
