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
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from banking.formats.pairing import pair_up
from banking.formats.values import masks_agree

__all__ = ["Doubt", "Face", "Known", "Likeness", "Merge", "Pair", "compare", "face", "merge"]

# A movement around midnight may stand on neighbouring days in two sources.
DAYS_APART_MAX = 1
# A shorter purpose («перевод») says nothing about which payment it is.
TELLING_CHARS_MIN = 20
PAIRS_COMPARED_MAX = 250_000
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


def _position(one: Pair | Doubt) -> int:
    return one.position


def _merge_group(group: _Group) -> Merge:
    alike = pair_up([one.key for _, one in group.shown], [_keys(one) for one in group.known])
    pairs = [Pair(group.shown[s][0], group.known[k].id, is_telling=True) for s, k in alike.items()]
    shown = [one for index, one in enumerate(group.shown) if index not in alike]
    taken = set(alike.values())
    known = [one for index, one in enumerate(group.known) if index not in taken]
    if not shown or not known:
        return Merge(tuple(pairs), tuple(position for position, _ in shown), ())
    if len(shown) * len(known) > PAIRS_COMPARED_MAX:
        return _counted(pairs, shown, known)
    likes = [[_likeness(one, other) for other in known] for _, one in shown]
    same = pair_up(list(range(len(shown))), _columns(likes, len(known)))
    for s, k in same.items():
        pairs.append(Pair(shown[s][0], known[k].id, is_telling=_is_only(likes, s, k)))
    taken = set(same.values())
    new, doubtful = [], []
    for s, (position, _) in enumerate(shown):
        if s in same:
            continue
        maybe = [
            known[k].id
            for k, like in enumerate(likes[s])
            if k not in taken and like is not Likeness.DIFFERENT
        ]
        if maybe:
            doubtful.append(Doubt(position, tuple(sorted(maybe))))
        else:
            new.append(position)
    return Merge(tuple(pairs), tuple(new), tuple(doubtful))


def _counted(pairs: list[Pair], shown: list[tuple[int, Face]], known: list[Known]) -> Merge:
    """Too many of one sum to compare: day by day they are only counted."""
    days = [one.day for _, one in shown]
    found = pair_up(days, [frozenset(each.day for each in one.faces) for one in known])
    counted = [Pair(shown[s][0], known[k].id, is_telling=False) for s, k in found.items()]
    rest = tuple(position for s, (position, _) in enumerate(shown) if s not in found)
    return Merge((*pairs, *counted), rest, ())


def _keys(known: Known) -> frozenset[str]:
    return frozenset(one.key for one in known.faces)


def _likeness(one: Face, known: Known) -> Likeness:
    found = {compare(one, other) for other in known.faces}
    return next(like for like in Likeness if like in found)


def _columns(likes: list[list[Likeness]], width: int) -> list[frozenset[int]]:
    return [
        frozenset(s for s, row in enumerate(likes) if row[k] is Likeness.SAME)
        for k in range(width)
    ]


def _is_only(likes: list[list[Likeness]], s: int, k: int) -> bool:
    row = likes[s].count(Likeness.SAME)
    column = sum(line[k] is Likeness.SAME for line in likes)
    return row == 1 and column == 1


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
