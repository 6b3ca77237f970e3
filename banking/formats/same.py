"""One movement, many sources: which lines of a statement are in the books already.

    books                        statement                     answer
    №128, account …0005, 15 000  №128, account …0005, 15 000   the same line
    №128, account …0005, 15 000  №129, account …0007, 15 000   another payment
    №128, no account,    15 000  no number, …0005,    15 000   doubtful: shown, not merged
    two of 5 000, all alike      three of 5 000, all alike     two are the same, one is new

What both sources give decides (`compare`); equal movements are counted, so that n in the books and
m in the statement make max(n, m). An id of the bank's own never decides alone: T-Bank's changes at
night. The rule in words is docs/spec-formats.md, «One movement, many sources».
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from banking.formats.pairing import pair_up
from banking.formats.values import masks_agree

__all__ = ["Doubt", "Face", "Known", "Likeness", "Merge", "Pair", "compare", "face", "merge"]

# A movement around midnight may stand on neighbouring days in two sources.
DAYS_APART_MAX = 1
# A shorter purpose («перевод») says nothing about which payment it is.
TELLING_CHARS_MIN = 20
PAIRS_COMPARED_MAX = 500_000
CANDIDATES_NAMED_MAX = 20
ACCOUNT_DIGITS = 20
# Accounts of banks themselves stand in one export where the client's stands in another.
_BANK_ACCOUNTS = ("30", "474", "706", "707")
_NOT_WORD = re.compile(r"[\W_]+")
_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED"})


class Likeness(Enum):
    """Whether two faces are of one movement."""

    SAME = auto()
    POSSIBLE = auto()
    DIFFERENT = auto()


@dataclass(frozen=True, slots=True)
class Face:
    """A movement as one source shows it, its words folded; made by `face`.

    `minor` is in the smallest unit of the account's currency; what a source does not give is empty.
    """

    account: str
    incoming: bool
    day: date
    minor: int
    number: str
    counterparty_account: str
    inn: str
    purpose: str
    reference: str

    @property
    def key(self) -> str:
        """Faces with one key look alike in all but the bank's own id."""
        parts = [
            self.account,
            "in" if self.incoming else "out",
            self.day.isoformat(),
            str(self.minor),
            self.number,
            self.counterparty_account,
            self.inn,
            self.purpose,
        ]
        return "|".join(parts)


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the books with every face that sources have shown of it, at least one."""

    id: int
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the statement (by position) that is this line of the books.

    `is_telling`: it is this very line. Otherwise it is one of several that are equally fit, and
    only their number is certain.
    """

    position: int
    known: int
    is_telling: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line of the statement that may be one of these lines of the books, or none."""

    position: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Every position of the statement once: known, new, or doubtful."""

    pairs: tuple[Pair, ...]
    new: tuple[int, ...]
    doubtful: tuple[Doubt, ...]


def face(
    account: str,
    day: date,
    signed_minor: int,
    number: str,
    other: tuple[str, str | None],
    words: tuple[str, str | None],
) -> Face:
    """A face from what a source gives; below zero is outgoing.

    `other` is the counterparty's account and INN, `words` the purpose and the bank's own id.
    """
    assert signed_minor != 0
    reference = (words[1] or "").strip()
    return Face(
        account=account,
        incoming=signed_minor > 0,
        day=day,
        minor=abs(signed_minor),
        number=_fold(number).lstrip("0"),
        counterparty_account=other[0],
        inn=other[1] or "",
        purpose=_fold(words[0].replace("№", "N")),
        reference="" if reference.upper() in _NO_REFERENCE else reference,
    )


def compare(left: Face, right: Face) -> Likeness:
    """Compare two faces of one account, direction and amount.

    Two of number, counterparty and purpose agree and nothing contradicts: the same. Two
    contradict, or two clients' accounts differ: different. All between is only possible.
    """
    apart = abs((left.day - right.day).days)
    if apart > DAYS_APART_MAX or _two_clients(left, right):
        return Likeness.DIFFERENT
    number = _agree(left.number, right.number)
    party = _party(left, right)
    purpose = _purposes(left.purpose, right.purpose)
    has_reference = _agree(left.reference, right.reference) is True
    contradicted = number is False or party is False
    if has_reference and not contradicted:
        return Likeness.SAME
    if apart:
        whole = number is True and party is True
        return Likeness.POSSIBLE if whole else Likeness.DIFFERENT
    if contradicted:
        return _contradicted((number, party, purpose))
    agreeing = [number, party, purpose].count(True)
    telling = purpose is True and len(left.purpose) >= TELLING_CHARS_MIN
    return Likeness.SAME if agreeing > 1 or telling else Likeness.POSSIBLE


def merge(books: Sequence[Known], statement: Sequence[Face]) -> Merge:
    """Find the statement's lines in the books.

    `books` are the lines that the statement could show: of its accounts and its days. The order of
    either changes nothing but which of equal lines is which.
    """
    groups: dict[tuple[str, bool, int], _Group] = defaultdict(_Group)
    for known in books:
        first = known.faces[0]
        groups[first.account, first.incoming, first.minor].known.append(known)
    for position, one in enumerate(statement):
        groups[one.account, one.incoming, one.minor].shown.append((position, one))
    merges = [_merge_group(group) for group in groups.values() if group.shown]
    return Merge(
        pairs=tuple(sorted((pair for one in merges for pair in one.pairs), key=_position)),
        new=tuple(sorted(position for one in merges for position in one.new)),
        doubtful=tuple(sorted((doubt for one in merges for doubt in one.doubtful), key=_position)),
    )


class _Group:
    """Lines of one account, direction and amount."""

    def __init__(self) -> None:
        self.known: list[Known] = []
        self.shown: list[tuple[int, Face]] = []

    def without(self, paired: dict[int, int]) -> "_Group":
        """What is left when these shown and known lines found each other."""
        left, taken = _Group(), set(paired.values())
        left.shown = [one for index, one in enumerate(self.shown) if index not in paired]
        left.known = [one for index, one in enumerate(self.known) if index not in taken]
        return left

    def by_number(self) -> dict[int, int]:
        """Pairs with the same day, number and account: the same by any rule, found at once."""
        asked = [_numbered(one) or f"{index}" for index, (_, one) in enumerate(self.shown)]
        return pair_up(asked, [frozenset(map(_numbered, one.faces)) - {""} for one in self.known])

    def counted(self, paired: dict[int, int]) -> list[Pair]:
        """These pairs; they tell which line it is where only one has that number."""
        shown = Counter(_numbered(one) for _, one in self.shown)
        known = Counter(key for one in self.known for key in set(map(_numbered, one.faces)))
        result = []
        for s, k in paired.items():
            position, one = self.shown[s]
            key = _numbered(one)
            is_telling = shown[key] == known[key] == 1
            result.append(Pair(position, self.known[k].id, is_telling=is_telling))
        return result


def _numbered(one: Face) -> str:
    if not one.number or not one.counterparty_account:
        return ""
    return f"{one.day}|{one.number}|{one.counterparty_account}"


def _position(one: Pair | Doubt) -> int:
    return one.position


def _merge_group(group: _Group) -> Merge:
    alike = pair_up([one.key for _, one in group.shown], [_keys(one) for one in group.known])
    pairs = [Pair(group.shown[s][0], group.known[k].id, is_telling=True) for s, k in alike.items()]
    rest = group.without(alike)
    numbered = rest.by_number()
    pairs += rest.counted(numbered)
    rest = rest.without(numbered)
    if not rest.shown or not rest.known:
        return Merge(tuple(pairs), tuple(position for position, _ in rest.shown), ())
    return _compared(pairs, rest)


def _compared(pairs: list[Pair], rest: _Group) -> Merge:
    """What is neither alike nor has one number: pair by pair."""
    shown, known = rest.shown, rest.known
    near = _near(rest)
    crowd = sum(len(near[one.day]) for _, one in shown)
    if crowd > PAIRS_COMPARED_MAX:
        return _crowd(pairs, rest, near)
    likes: list[dict[int, Likeness]] = []
    for _, one in shown:
        found = {k: _likeness(one, known[k]) for k in near[one.day]}
        likes.append({k: like for k, like in found.items() if like is not Likeness.DIFFERENT})
    columns = _columns(likes, len(known))
    same = pair_up(list(range(len(shown))), columns)
    for s, k in same.items():
        is_only = len(columns[k]) == list(likes[s].values()).count(Likeness.SAME) == 1
        pairs.append(Pair(shown[s][0], known[k].id, is_telling=is_only))
    taken = set(same.values())
    new, doubtful = [], []
    for s, (position, _) in enumerate(shown):
        maybe = [known[k].id for k in likes[s] if k not in taken]
        if s not in same and maybe:
            doubtful.append(Doubt(position, tuple(sorted(maybe))))
        elif s not in same:
            new.append(position)
    return Merge(tuple(pairs), tuple(new), tuple(doubtful))


def _near(rest: _Group) -> dict[date, list[int]]:
    """For each day of the shown lines the known ones of nearly that day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for k, known in enumerate(rest.known):
        for day in {one.day for one in known.faces}:
            by_day[day].append(k)
    around = [timedelta(days=step) for step in range(-DAYS_APART_MAX, DAYS_APART_MAX + 1)]
    nothing: list[int] = []
    return {
        day: sorted({k for step in around for k in by_day.get(day + step, nothing)})
        for day in {one.day for _, one in rest.shown}
    }


def _crowd(pairs: list[Pair], rest: _Group, near: dict[date, list[int]]) -> Merge:
    """Too many of one sum to compare: all that has a neighbour is doubtful, the rest is new."""
    named = {
        day: tuple(rest.known[k].id for k in found[:CANDIDATES_NAMED_MAX])
        for day, found in near.items()
    }
    doubtful = [Doubt(position, named[one.day]) for position, one in rest.shown if named[one.day]]
    new = tuple(position for position, one in rest.shown if not named[one.day])
    return Merge(tuple(pairs), new, tuple(doubtful))


def _keys(known: Known) -> frozenset[str]:
    return frozenset(one.key for one in known.faces)


def _likeness(one: Face, known: Known) -> Likeness:
    found = {compare(one, other) for other in known.faces}
    return next(like for like in Likeness if like in found)


def _columns(likes: list[dict[int, Likeness]], width: int) -> list[frozenset[int]]:
    columns: list[set[int]] = [set() for _ in range(width)]
    for s, row in enumerate(likes):
        for k, like in row.items():
            if like is Likeness.SAME:
                columns[k].add(s)
    return [frozenset(column) for column in columns]


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _agree(left: str, right: str) -> bool | None:
    """None when one of them is silent."""
    return left == right if left and right else None


def _is_client_account(number: str) -> bool:
    whole = len(number) == ACCOUNT_DIGITS and number.isascii() and number.isdigit()
    return whole and not number.startswith(_BANK_ACCOUNTS)


def _two_clients(left: Face, right: Face) -> bool:
    ours, theirs = left.counterparty_account, right.counterparty_account
    return ours != theirs and _is_client_account(ours) and _is_client_account(theirs)


def _party(left: Face, right: Face) -> bool | None:
    ours, theirs = left.counterparty_account, right.counterparty_account
    if ours and theirs and (ours == theirs or masks_agree(ours, theirs)):
        return True
    if ours and masks_agree(theirs, ours):
        return True
    inn = _agree(left.inn, right.inn)
    return inn if inn is not None or not (ours and theirs) else False


def _purposes(left: str, right: str) -> bool | None:
    if not left or not right:
        return None
    short, long = sorted((left, right), key=len)
    is_cut = len(short) >= TELLING_CHARS_MIN and long.startswith(short)
    return is_cut or left == right


def _contradicted(said: tuple[bool | None, bool | None, bool | None]) -> Likeness:
    number, party, purpose = said
    if number is False and party is False:
        return Likeness.DIFFERENT
    if number is False:
        close = purpose is True or (party is True and purpose is None)
        return Likeness.POSSIBLE if close else Likeness.DIFFERENT
    close = number is True or purpose is True
    return Likeness.POSSIBLE if close else Likeness.DIFFERENT
