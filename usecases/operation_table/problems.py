"""What may be wrong with a row of the table; the wording belongs to whoever tells it."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ProblemCode", "RowProblem"]


class ProblemCode(StrEnum):
    """Why a row cannot be brought in."""

    # The heading.
    UNKNOWN_COLUMN = "unknown-column"
    COLUMN_TWICE = "column-twice"
    COLUMN_MISSING = "column-missing"
    NO_ROWS = "no-rows"
    # One cell.
    EXTRA_CELL = "extra-cell"
    FORMULA_WITHOUT_VALUE = "formula-without-value"
    ERROR_VALUE = "error-value"
    BAD_TEXT = "bad-text"
    TOO_LONG = "too-long"
    EMPTY = "empty"
    NOT_EMPTY = "not-empty"
    BAD_KIND = "bad-kind"
    BAD_DATE = "bad-date"
    NO_DATE = "no-date"
    BAD_AMOUNT = "bad-amount"
    BAD_TYPE = "bad-type"
    BAD_ACTIVITY = "bad-activity"
    # Against the books.
    UNKNOWN_ARTICLE = "unknown-article"
    TYPE_DOES_NOT_FIT = "type-does-not-fit"
    WRONG_DIRECTION = "wrong-direction"
    ARTICLE_OFF = "article-off"
    NOT_MONEY = "not-money"
    SAME_ACCOUNT = "same-account"
    MONTH_CLOSED = "month-closed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A bad cell: the row's number in the file, the column's name, the reason, and a fact of it."""

    row: int
    column: str
    code: ProblemCode
    fact: str = ""
