"""CSV and XLSX statements: the table is found, its profile chosen, its own totals checked.

Refused, in this order: too large, damaged workbook, no profile for the headings, nothing inside.
Otherwise every row with a date or a sum is a line or a named problem. Verdict `ok` only where the
file's own balances or turnovers agree; most CSV files have none and are `not-verifiable`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from banking.formats.controls import Checked, check_account, judge
from banking.formats.identity import Identities
from banking.formats.records import (
    Movement,
    Problem,
    ProblemCode,
    StatementFile,
    StatementLine,
    Verdict,
)
from banking.formats.sections import Section
from banking.formats.tables.beside import Beside, account_in, read_beside
from banking.formats.tables.delimited import candidates, head_of, is_text, read_delimited
from banking.formats.tables.grid import ROWS_MAX, Grid, Row
from banking.formats.tables.layout import Layout, find_layout, headings
from banking.formats.tables.lines import Ours, currency_around, read_row
from banking.formats.tables.profile import Fact, Profile, Role, packaged_profiles
from banking.formats.tables.workbook import UNPACKED_BYTES_MAX, read_workbook
from banking.formats.values import clean_account
from banking.formats.wording import problem
from ledger.money import Currency

__all__ = ["CSV", "XLSX", "is_table", "read_csv", "read_xlsx"]

CSV, XLSX = "csv", "xlsx"
_WHY_NOT = {
    ProblemCode.TOO_LARGE: str(UNPACKED_BYTES_MAX // 1024 // 1024),
    ProblemCode.STRUCTURE_DAMAGED: f"таблица не открывается или в ней больше {ROWS_MAX} строк",
}


def is_table(data: bytes, profiles: Sequence[Profile] = ()) -> bool:
    """Whether the text has a row of headings, known to a profile or not."""
    if not is_text(data):
        return False
    heads = [head_of(data, encoding) for encoding in candidates(data)]
    return any(headings(head) or _find(head, profiles) for head in heads)


def read_csv(
    name: str, data: bytes, own_accounts: Collection[str] = (), profiles: Sequence[Profile] = ()
) -> StatementFile:
    """Read delimited text; `profiles` are the user's own and come before the packaged ones."""
    blank = _blank(name, CSV)
    tried = candidates(data)
    fitting = (one for one in tried if _find(head_of(data, one), profiles))
    encoding = next(fitting, None)
    if encoding is None:
        heads = (headings(head_of(data, one)) for one in tried)
        return _no_profile(blank, next((head for head in heads if head), ()))
    grid = read_delimited(data, encoding)
    if grid is None:
        return _refused(blank, ProblemCode.STRUCTURE_DAMAGED, f"строк больше {ROWS_MAX}")
    layout = _find(grid, profiles)
    if layout is None:
        return _no_profile(blank, headings(grid))
    return _Table(replace(blank, encoding=grid.encoding), grid, layout).read(own_accounts)


def read_xlsx(
    name: str, data: bytes, own_accounts: Collection[str] = (), profiles: Sequence[Profile] = ()
) -> StatementFile:
    """Read a workbook: its first sheet that a profile fits."""
    blank = _blank(name, XLSX)
    grids = read_workbook(data)
    if isinstance(grids, ProblemCode):
        return _refused(blank, grids, _WHY_NOT[grids])
    for grid in grids:
        layout = _find(grid, profiles)
        if layout is not None:
            return _Table(blank, grid, layout).read(own_accounts)
    return _no_profile(blank, next((head for grid in grids if (head := headings(grid))), ()))


def _find(grid: Grid, profiles: Sequence[Profile]) -> Layout | None:
    return find_layout(grid, (*profiles, *packaged_profiles()))


def _blank(name: str, form: str) -> StatementFile:
    return StatementFile(
        file=name,
        format=form,
        version=None,
        encoding=None,
        sender=None,
        accounts=(),
        documents=0,
        lines=(),
        controls=(),
        problems=(),
        verdict=Verdict.REFUSED,
    )


def _refused(blank: StatementFile, code: ProblemCode, fact: str = "") -> StatementFile:
    return replace(blank, problems=(problem(0, code, fact),))


def _no_profile(blank: StatementFile, found: Sequence[str]) -> StatementFile:
    names = "; ".join(one[:30] for one in found) or "ни одной"
    return _refused(blank, ProblemCode.NO_PROFILE, names)


@dataclass(slots=True)
class _Found:
    """What the rows gave."""

    lines: list[StatementLine] = field(default_factory=list)
    moves: list[Movement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    around: list[Row] = field(default_factory=list)
    documents: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid with its layout, being read into `blank`."""

    blank: StatementFile
    grid: Grid
    layout: Layout

    def read(self, own_accounts: Collection[str]) -> StatementFile:
        configured = frozenset(map(clean_account, own_accounts)) - {""}
        ours, said = self._ours(configured)
        found = self._rows(ours)
        if (
            not found.documents
            and not read_beside(self.layout.profile, self._around(found), Currency.RUB).sums
        ):
            return _refused(self._named(), ProblemCode.NOTHING_INSIDE)
        beside = read_beside(self.layout.profile, self._around(found), self._currency(ours))
        said += beside.problems + _about_count(ours.account, beside, found)
        if self.grid.letters_lost:
            lost = str(self.grid.letters_lost)
            said.append(problem(0, ProblemCode.DAMAGED_TEXT, lost))
        return self._judged(found, self._checked(ours, found, beside), said)

    def _named(self) -> StatementFile:
        return replace(self.blank, sender=self.layout.profile.name)

    def _ours(self, configured: frozenset[str]) -> tuple[Ours, list[Problem]]:
        """The account of the rows that name none: of the file, or the only one we have."""
        layout, rows = self.layout, self.grid.rows
        given = read_beside(layout.profile, rows[: layout.header], Currency.RUB).account
        account = given or account_in(self.grid.title)
        accounts = {clean_account(layout.cell(row, Role.ACCOUNT)) for row in rows[layout.start :]}
        listed = {one for one in map(account_in, accounts) if one}
        said: list[Problem] = []
        if not account and len(listed) == 1:
            account = next(iter(listed))
        if not account and not listed:
            if len(configured) == 1:
                account = next(iter(configured))
                said.append(problem(0, ProblemCode.ACCOUNT_ASSUMED, account))
            else:
                said.append(problem(0, ProblemCode.ACCOUNT_UNKNOWN))
        return Ours(account, configured | listed | ({account} - {""})), said

    def _rows(self, ours: Ours) -> _Found:
        found, identities = _Found(), Identities()
        for row in self.grid.rows[self.layout.start :]:
            read = read_row(self.grid, self.layout, row, found.documents + 1, ours, identities)
            if not read.is_document:
                found.around.append(row)
                continue
            found.documents += 1
            found.problems += read.problems
            if read.line is None or read.move is None:
                found.left_out += 1
                continue
            found.lines.append(read.line)
            found.moves.append(read.move)
        return found

    def _around(self, found: _Found) -> list[Row]:
        return [*self.grid.rows[: self.layout.header], *found.around]

    def _currency(self, ours: Ours) -> Currency:
        """That of the only account; the balances beside the table are in it."""
        known = list(ours.currencies.values())
        named = currency_around(self.layout.profile, ours.account)
        return known[0] if len(known) == 1 else named or Currency.RUB

    def _checked(self, ours: Ours, found: _Found, beside: Beside) -> list[Checked]:
        moves_of: dict[str, list[Movement]] = {}
        for move in found.moves:
            moves_of.setdefault(move.account, []).append(move)
        if not moves_of:
            moves_of[ours.account] = []
        section = _section(next(iter(moves_of)), beside, found)
        # Balances beside a table of several accounts belong to none of them for certain.
        sections = [section] if len(moves_of) == 1 else []
        return [check_account(account, sections, moves) for account, moves in moves_of.items()]

    def _judged(self, found: _Found, checked: list[Checked], said: list[Problem]) -> StatementFile:
        for one in checked:
            if one.misses_documents and not found.problems:
                account = one.summary.account
                said.append(problem(0, ProblemCode.DOCUMENTS_MISSING, account))
            if not one.is_verifiable:
                said.append(
                    problem(0, ProblemCode.NO_CONTROL, one.summary.account or "без номера")
                )
        statement = replace(
            self._named(),
            accounts=tuple(one.summary for one in checked),
            documents=found.documents,
            lines=tuple(found.lines),
            controls=tuple(control for one in checked for control in one.controls),
            problems=(*said, *found.problems),
            # Movements are what the books post: without an account there is nothing to post on.
            moves=tuple(move for move in found.moves if move.account),
        )
        is_verifiable = all(one.is_verifiable for one in checked)
        return replace(statement, verdict=judge(statement, is_verifiable=is_verifiable))


def _section(account: str, beside: Beside, found: _Found) -> Section:
    days = [move.day for move in found.moves]
    return Section(
        account=account,
        start=beside.start or min(days, default=None),
        end=beside.end or max(days, default=None),
        opening=beside.sums.get(Fact.OPENING),
        credited=beside.sums.get(Fact.CREDITED),
        debited=beside.sums.get(Fact.DEBITED),
        closing=beside.sums.get(Fact.CLOSING),
    )


def _about_count(account: str, beside: Beside, found: _Found) -> list[Problem]:
    """The bank says how many documents there are: fewer or more is said."""
    if beside.count is None or beside.count == found.documents:
        return []
    counted = f"{beside.count}, а в файле их {found.documents}"
    return [problem(0, ProblemCode.COUNT_DIFFERS, account or "без номера", counted)]
