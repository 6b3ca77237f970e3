"""Which movements of a statement are new, which are in the books, and who decides in a doubt.

A doubtful movement is never merged and never posted on a guess. With the certain lines posted, the
bank's own closing balance decides when it can:

    the books hold what the bank says              the doubtful ones were there already
    they lack exactly the doubtful ones together   those are new and are posted
    anything else, or no balance                   a person decides; the line waits unposted
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from banking.formats.records import Movement, StatementFile, Verdict, movements
from banking.formats.same import Face, Known, Merge, merge
from confirmations.resolution import Ending, Resolution
from ledger.accounts import Account, AccountKind
from store.faces import LineDoubt
from store.unit import UnitOfWork
from usecases.bank_lines import add_face, face_of_move, faces_of, line_of, post_line

__all__ = ["BY_BALANCE", "Merged", "Plan", "carry_out", "fresh", "plan"]

# The author of what the bank's balance decided.
BY_BALANCE = "Остаток банка"
# The detail of a doubt that is in the books for certain, only not as which of several lines.
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with each movement of a statement; nothing is written yet."""

    statement: StatementFile
    moves: tuple[Movement, ...]
    faces: tuple[Face, ...]
    known: dict[int, tuple[Face, ...]]
    merge: Merge


@dataclass(frozen=True, slots=True)
class Merged:
    """What was done: lines posted, lines that were there, doubts that wait, doubts found now."""

    new: int
    known: int
    doubtful: int
    doubts_found: int


async def plan(unit: UnitOfWork, statement: StatementFile) -> Plan:
    """Compare a statement with the books."""
    moves = tuple(movements(statement))
    faces = tuple(face_of_move(move) for move in moves)
    books: list[Known] = []
    for account, (first, last) in _periods(statement, moves).items():
        lines = await unit.statements.of_days(account, first, last)
        further = await unit.faces.of_lines([line.id for line in lines])
        books += [Known(line.id, faces_of(line, further.get(line.id, ()))) for line in lines]
    found = merge(books, faces)
    return Plan(statement, moves, faces, {one.id: one.faces for one in books}, found)


def fresh(made: Plan) -> list[Movement]:
    """The movements that are certainly new."""
    return [made.moves[position] for position in made.merge.new]


async def carry_out(unit: UnitOfWork, made: Plan, author: str, file_id: str) -> Merged:
    """Write what the plan says; the accounts and their openings are in the books already."""
    work = _Work(unit, made, author, file_id, await _Doubts.load(unit, made))
    for position in made.merge.new:
        await work.add(position)
    for pair in made.merge.pairs:
        await work.recognise(pair.position, pair.known if pair.is_telling else None)
    waiting, settled = [], 0
    for doubt in made.merge.doubtful:
        if work.doubts.decided(made.faces[doubt.position]):
            settled += 1
        else:
            waiting.append((doubt.position, doubt.candidates))
    posted = await _by_balance(work, waiting)
    left = [one for one in waiting if one[0] not in work.settled]
    found = 0
    for position, candidates in left:
        found += await work.hold(position, candidates)
    new = len(made.merge.new) + posted
    known = len(made.moves) - new - len(left)
    assert known == len(made.merge.pairs) + settled + len(waiting) - len(left) - posted
    return Merged(new, known, len(left), found)


def _periods(statement: StatementFile, moves: Sequence[Movement]) -> dict[str, tuple[date, date]]:
    """Of each account the days that the statement shows: what lies outside it cannot repeat."""
    days: dict[str, set[date]] = defaultdict(set)
    for move in moves:
        days[move.account].add(move.day)
    for one in statement.accounts:
        if one.account in days:
            days[one.account] |= {day for day in (one.first_day, one.last_day) if day}
    return {account: (min(found), max(found)) for account, found in days.items()}


async def _by_balance(work: "_Work", waiting: list[tuple[int, tuple[int, ...]]]) -> int:
    """Let each account's closing balance decide; how many lines were posted."""
    posted = 0
    statement = work.plan.statement
    if statement.verdict is Verdict.NOT_RECONCILED:
        return 0
    for one in statement.accounts:
        ours = [each for each in waiting if work.plan.moves[each[0]].account == one.account]
        if not ours or one.closing is None or one.last_day is None:
            continue
        place = Account(AccountKind.BANK, one.account)
        booked = await work.unit.reports.balance(place, one.last_day)
        lacking = one.closing.minor - booked
        if lacking == 0:
            for position, candidates in ours:
                await work.settle_as_same(position, candidates)
        elif lacking == sum(work.signed(position) for position, _ in ours):
            posted += await work.settle_as_new([position for position, _ in ours])
    return posted


class _Doubts:
    """Doubts of earlier imports, by what their movement looked like."""

    def __init__(self, found: list[LineDoubt]) -> None:
        self.keys = {one.key for one in found}
        self._waiting: dict[str, list[LineDoubt]] = defaultdict(list)
        self._counted: Counter[str] = Counter()

    @staticmethod
    async def load(unit: UnitOfWork, made: Plan) -> "_Doubts":
        found = await unit.faces.doubts_of({move.account for move in made.moves})
        doubts = _Doubts(found)
        waiting = {one.id for one in await unit.faces.open_doubts()} if found else set()
        asked = {made.faces[one.position].key for one in made.merge.doubtful}
        for one in found:
            look = one.key.rpartition("|")[0]
            if one.id in waiting:
                doubts._waiting[look].append(one)
            elif look in asked:
                ended = await unit.pending.resolution(one.thing)
                doubts._counted[look] += ended is not None and ended.detail == COUNTED
        return doubts

    def decided(self, look: Face) -> bool:
        """Take one such movement that is known to be in the books, if not as which line."""
        self._counted[look.key] -= 1
        return self._counted[look.key] >= 0

    def take(self, look: Face) -> LineDoubt | None:
        """Take one doubt about such a movement that waits."""
        waiting = self._waiting[look.key]
        return waiting.pop(0) if waiting else None


class _Work:
    """One plan under way."""

    def __init__(
        self, unit: UnitOfWork, made: Plan, author: str, file_id: str, doubts: _Doubts
    ) -> None:
        self.unit = unit
        self.plan = made
        self.doubts = doubts
        self.settled: set[int] = set()
        self._author = author
        self._file = file_id
        self._claimed: set[int] = set()

    def signed(self, position: int) -> int:
        """What a movement does to its account's balance."""
        one = self.plan.faces[position]
        return one.minor if one.incoming else -one.minor

    async def add(self, position: int) -> None:
        """Post a new line; a doubt about it is over."""
        move = self.plan.moves[position]
        reference = move.source.bank_reference
        await post_line(self.unit, line_of(move, self._file), reference, self._author)
        await self._end(position, Ending.REJECTED)

    async def recognise(self, position: int, line: int | None) -> None:
        """A movement that is in the books: its face is new at most."""
        look = self.plan.faces[position]
        known = self.plan.known[line] if line is not None else ()
        is_new = look.key not in {one.key for one in known} or (
            look.reference and look.reference not in {one.reference for one in known}
        )
        if line is not None and is_new:
            move = self.plan.moves[position]
            shown = line_of(move, self._file)
            await add_face(self.unit, line, shown, move.source.bank_reference)
        await self._end(position, Ending.CONFIRMED)

    async def settle_as_same(self, position: int, candidates: tuple[int, ...]) -> None:
        """The balance has room for no further line."""
        self.settled.add(position)
        if len(candidates) == 1 and candidates[0] not in self._claimed:
            self._claimed.add(candidates[0])
            await self.recognise(position, candidates[0])
            return
        look = self.plan.faces[position]
        doubt = self.doubts.take(look) or await self._doubt(position, candidates)
        await self._resolve(doubt, Ending.CONFIRMED, COUNTED)

    async def settle_as_new(self, positions: list[int]) -> int:
        """The balance lacks exactly these; none is posted when one lies in a closed month."""
        periods = await self.unit.upkeep.periods()
        days = [self.plan.moves[position].day for position in positions]
        if any(periods.is_closed(day, self.unit.now()) for day in days):
            return 0
        for position in positions:
            self.settled.add(position)
            await self.add(position)
        return len(positions)

    async def hold(self, position: int, candidates: tuple[int, ...]) -> bool:
        """Keep a doubt for a person; whether it is a new one."""
        if self.doubts.take(self.plan.faces[position]) is not None:
            return False
        await self._doubt(position, candidates)
        return True

    async def _doubt(self, position: int, candidates: tuple[int, ...]) -> LineDoubt:
        move = self.plan.moves[position]
        line, reference = line_of(move, self._file), move.source.bank_reference
        key = self._key(self.plan.faces[position])
        return await self.unit.faces.add_doubt(key, candidates, line, reference)

    def _key(self, look: Face) -> str:
        number = 1
        while f"{look.key}|{number}" in self.doubts.keys:
            number += 1
        self.doubts.keys.add(f"{look.key}|{number}")
        return f"{look.key}|{number}"

    async def _end(self, position: int, ending: Ending) -> None:
        doubt = self.doubts.take(self.plan.faces[position])
        if doubt is not None:
            await self._resolve(doubt, ending)

    async def _resolve(self, doubt: LineDoubt, ending: Ending, detail: str = "") -> None:
        await self.unit.pending.resolve(
            Resolution(doubt.thing, ending, BY_BALANCE, self.unit.now(), detail)
        )
