"""What can be wrong with the spreadsheet, as records with facts, and the sentence for the owner.

Every sentence says what happened, what did not change, and what to do (in Russian: people read it).
"""

from dataclasses import dataclass
from typing import assert_never

from usecases.dispatch import Ambiguous, Delivered, DeliveryOutcome, Refused, Throttled

__all__ = [
    "BadKey",
    "Busy",
    "HoldsOthers",
    "NotFound",
    "NotShared",
    "Problem",
    "RefusedByGoogle",
    "Unanswered",
    "Unreachable",
    "outcome_of",
    "sentence",
]


@dataclass(frozen=True, slots=True)
class NotShared:
    """403: the service account may not write there."""

    email: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """404: there is no such spreadsheet (any more)."""

    email: str
    spreadsheet: str


@dataclass(frozen=True, slots=True)
class BadKey:
    """Google does not take the service account's key."""

    email: str
    detail: str


@dataclass(frozen=True, slots=True)
class Busy:
    """429: too many requests; nothing was written."""

    after_s: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The request never left: no network, no name, connection refused, no token."""

    detail: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The request went out and no usable answer came: it may have been done."""

    detail: str


@dataclass(frozen=True, slots=True)
class RefusedByGoogle:
    """Another refusal, with Google's words; nothing was written."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class HoldsOthers:
    """An own spreadsheet is to be made where the company's figures, or another's, stood before."""

    spreadsheet: str


# How long rows wait for a spreadsheet that is not shared with the bot.
UNSHARED_S = 60

Problem = (
    NotShared | NotFound | BadKey | Busy | Unreachable | Unanswered | RefusedByGoogle | HoldsOthers
)

_SAFE = "Учёт не пострадал: записи допишутся сами"


def sentence(problem: Problem) -> str:
    """What to tell the owner."""
    match problem:
        case NotShared(email):
            return (
                "Google не пускает бота в таблицу. Откройте её, нажмите «Настройки доступа» и "
                f"дайте права редактора адресу {email}. {_SAFE}."
            )
        case NotFound(email, spreadsheet):
            return (
                f"Таблицы {spreadsheet} нет или она удалена. Верните её из корзины Google Диска "
                "или создайте новую, укажите её адрес в настройках и дайте права редактора "
                f"адресу {email}. {_SAFE}."
            )
        case BadKey(email, detail):
            return (
                f"Google не принимает ключ сервисного аккаунта {email} ({detail}). Создайте "
                f"новый ключ и укажите его файл в настройках. {_SAFE}."
            )
        case Busy(after_s):
            return f"Google просит писать реже, повтор через {after_s} с. {_SAFE}."
        case Unreachable(detail):
            return f"Нет связи с Google ({detail}). Проверьте интернет на сервере. {_SAFE}."
        case Unanswered(detail):
            return f"Google не ответил ({detail}). Та же запись будет повторена. {_SAFE}."
        case RefusedByGoogle(status, message):
            return (
                f"Google отказал в записи ({status}: {message}). Бот проверит вкладки и повторит. "
                f"{_SAFE}."
            )
        case HoldsOthers(spreadsheet):
            return (
                f"Личная таблица {spreadsheet} раньше показывала другие цифры: они остались в истории "
                "её версий. Создайте для личной таблицы новую и укажите её код в настройках. "
                "В эту бот ничего не пишет."
            )
        case _:
            assert_never(problem)


def outcome_of(problem: Problem | None) -> DeliveryOutcome:
    """What became of rows that a problem kept from the spreadsheet, or that nothing did."""
    match problem:
        case None:
            return Delivered()
        case Busy(after_s):
            return Throttled(after_s)
        case NotShared() | NotFound():
            # People take a share away for an hour or a week: what waits for it is never given up.
            return Throttled(UNSHARED_S)
        case Unanswered():
            return Ambiguous(sentence(problem))
        case _:
            return Refused(sentence(problem))
