"""Reply markup: what Telegram refuses and what becomes of the keyboard a person sees."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.chats import Chat, Rows
from sandbox.telegram.markup import is_web_link
from sandbox.telegram.wire import JsonObject, RefusedError

__all__ = ["Markup", "button_breaches", "read_markup"]

_BUTTONS_MAX = 100  # reported: REPLY_MARKUP_TOO_LONG above 100 buttons
_DATA_BYTES_MAX = 64  # docs: InlineKeyboardButton.callback_data
_STYLES = {"danger", "success", "primary", "link"}  # docs: 9.4, 10.3
_LOOKS = {"text", "icon_custom_emoji_id", "style"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked reply markup: inline rows, or what happens to the keyboard under the input field."""

    inline: Rows = ()
    keyboard: Rows | None = None
    placeholder: str | None = None
    is_other: bool = False

    def show(self, chat: Chat) -> None:
        """Keep the reply keyboard until another one or its removal comes."""
        if self.keyboard is not None:
            chat.keyboard = self.keyboard
            chat.placeholder = self.placeholder


def read_markup(value: Any) -> Markup:
    """Check a reply markup; raises `RefusedError` in Telegram's words."""
    match value:
        case None:
            return Markup()
        case {"inline_keyboard": list(rows)}:
            return Markup(inline=_inline_rows(rows))
        case {"keyboard": list(rows)}:
            kept = tuple(tuple(_key(key) for key in row) for row in rows if row)
            placeholder = value.get("input_field_placeholder")
            return Markup(keyboard=kept or None, placeholder=placeholder, is_other=bool(kept))
        case {"remove_keyboard": True}:
            return Markup(keyboard=(), is_other=True)
        case {"force_reply": True}:
            return Markup(is_other=True)
        case _:
            raise RefusedError(400, "object expected as reply markup")  # source: get_reply_markup


def button_breaches(value: object) -> list[str]:
    """What the prose of the documentation says about buttons and the schema cannot."""
    rows = value.get("inline_keyboard", []) if isinstance(value, dict) else []
    buttons = [b for row in rows if isinstance(row, list) for b in row if isinstance(b, dict)]
    found = [
        f"button {button.get('text')!r}: exactly one action expected, found {sorted(actions)}"
        for button in buttons
        for actions in [set(button) - _LOOKS]
        if len(actions) != 1
    ]
    found += [
        f"button {button.get('text')!r}: style {button['style']!r} is not one of {sorted(_STYLES)}"
        for button in buttons
        if button.get("style") not in {None, *_STYLES}
    ]
    return found


def _inline_rows(rows: list[list[JsonObject]]) -> Rows:
    kept = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(len(row) for row in kept) > _BUTTONS_MAX:
        raise RefusedError(400, "reply markup is too long")  # source: REPLY_MARKUP_TOO_LONG
    return kept


def _button(button: JsonObject) -> JsonObject:
    label = str(button.get("text", "")).strip()
    if not label:
        raise RefusedError(
            400, "can't parse inline keyboard button: Button text is empty"
        )  # assumed
    if not set(button) - _LOOKS:
        raise RefusedError(
            400,
            "can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",  # source: get_inline_keyboard_button
        )
    if "callback_data" in button and not _fits(str(button["callback_data"])):
        raise RefusedError(400, "BUTTON_DATA_INVALID")  # facts: telegram.md 7.3
    if "url" in button and not is_web_link(str(button["url"])):
        raise RefusedError(
            400,
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL",  # reported
        )
    app_url = str(button.get("web_app", {}).get("url", "https://"))
    if not app_url.startswith("https://"):
        raise RefusedError(
            400,
            f"inline keyboard button Web App URL '{app_url}' is invalid: "
            "Only HTTPS links are allowed",  # reported
        )
    return {**button, "text": label}


def _fits(data: str) -> bool:
    return 1 <= len(data.encode()) <= _DATA_BYTES_MAX


def _key(key: JsonObject | str) -> JsonObject:
    # docs: a plain string may stand for a button
    return {"text": key} if isinstance(key, str) else key
