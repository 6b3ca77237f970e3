"""Buttons: what stands on them and what a press carries.

A press carries `1:<act>:<argument>|<argument>…`, at most 64 bytes, the version first, so that a
year-old button is recognised and answered. Long ids travel as a `mark`. What a press may do is
decided by the use case, every time: keyboards stay clickable for ever.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = [
    "DATA_BYTES_MAX",
    "Act",
    "Key",
    "Keyboard",
    "Menu",
    "Press",
    "Style",
    "inline_markup",
    "mark",
    "read_press",
    "reply_markup",
    "rows_of",
]

VERSION = "1"
DATA_BYTES_MAX = 64
LABEL_CHARS_MAX = 60
MARK_CHARS = 12


class Act(StrEnum):
    """What a press asks for; the values are part of buttons in people's chats and never change."""

    CANCEL = "no"
    EXPENSE_UNDO = "xu"
    EXPENSE_ARTICLES = "xl"
    EXPENSE_ARTICLE = "xa"
    EXPENSE_YESTERDAY = "xy"
    EXPENSE_AGAIN = "xr"
    CASH_ALL = "ca"
    CASH_CHOOSE = "cc"
    CASH_TOGGLE = "ct"
    CASH_CHOSEN = "cd"
    HANDOVER_ACCEPT = "ha"
    HANDOVER_OTHER = "ho"
    HANDOVER_REJECT = "hr"
    HANDOVER_LINK = "hl"
    HANDOVER_WITHDRAW = "hw"
    LINES = "ll"
    LINE_OPTION = "lo"
    LINE_ARTICLES = "la"
    LINE_ARTICLE = "ls"
    LINE_REFUND = "lr"
    LINE_LEAVE = "ln"
    LINE_CHOOSE = "lk"
    LINE_REJECT = "lx"
    LINE_UNDO = "lu"
    LINE_TEACH = "lt"
    LINE_SPLIT = "lp"
    SPLIT_PAYMENT = "sp"
    SPLIT_ARTICLES = "sl"
    SPLIT_ARTICLE = "sa"
    SPLIT_REST = "sr"
    SPLIT_DONE = "sd"
    AUTOMATIC = "au"
    DOUBTS = "dl"
    DOUBT_SAME = "ds"
    DOUBT_OTHER = "do"
    RULES = "rl"
    RULE = "ru"
    RULE_SWITCH = "rw"
    RULE_DELETE = "rx"
    UNCONFIRMED = "eu"
    CARD_CONFIRM = "pc"
    REFUND_PAYMENT = "rp"
    REFUND_PAID = "rd"
    BALANCE_APPLY = "ba"
    INVITE_ROLE = "ir"
    INVITE_USER = "iu"
    REVIVE = "dr"


class Style(StrEnum):
    """The colour of a button (Bot API 9.4)."""

    SUCCESS = "success"
    DANGER = "danger"
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Press:
    """One press: the act and what it is about."""

    act: Act
    args: tuple[str, ...] = ()

    @property
    def data(self) -> str:
        """The callback data."""
        data = f"{VERSION}:{self.act.value}:{'|'.join(self.args)}"
        assert len(data.encode()) <= DATA_BYTES_MAX, data
        return data


@dataclass(frozen=True, slots=True)
class Key:
    """One inline button."""

    label: str
    press: Press
    style: Style | None = None


Keyboard = Sequence[Sequence[Key]]


@dataclass(frozen=True, slots=True)
class Menu:
    """The keys under the input field."""

    rows: tuple[tuple[str, ...], ...] = field(default=())
    placeholder: str = ""


def read_press(data: str) -> Press | None:
    """The press of callback data; None for what this version never made."""
    version, _, rest = data.partition(":")
    act, _, args = rest.partition(":")
    if version != VERSION or act not in set(Act):
        return None
    return Press(Act(act), tuple(args.split("|")) if args else ())


def mark(text: str) -> str:
    """A short stand-in for a long id; the holder looks for the thing that has it."""
    return hashlib.sha256(text.encode()).hexdigest()[:MARK_CHARS]


def rows_of(keys: Sequence[Key], width: int) -> list[list[Key]]:
    """Lay keys out, so many a row."""
    return [list(keys[start : start + width]) for start in range(0, len(keys), width)]


def inline_markup(keyboard: Keyboard) -> list[list[dict[str, str]]]:
    """The rows of an `InlineKeyboardMarkup`, as the outbox keeps them."""
    return [[_button(key) for key in row] for row in keyboard if row]


def reply_markup(menu: Menu) -> Mapping[str, Any]:
    """A `ReplyKeyboardMarkup`, or its removal when the menu has no keys."""
    if not menu.rows:
        return {"remove_keyboard": True}
    keys = [[{"text": label} for label in row] for row in menu.rows]
    markup: dict[str, Any] = {"keyboard": keys, "resize_keyboard": True, "is_persistent": True}
    if menu.placeholder:
        markup["input_field_placeholder"] = menu.placeholder
    return markup


def _button(key: Key) -> dict[str, str]:
    label = key.label if len(key.label) <= LABEL_CHARS_MAX else key.label[:59] + "…"
    button = {"text": label, "callback_data": key.press.data}
    return button if key.style is None else button | {"style": key.style.value}
