"""From a raw update to an arrival of the inbox; the poller and the webhook's route both use it."""

import json
from collections.abc import Mapping
from typing import Any

from store.inbox import Arrival

__all__ = ["ALLOWED_UPDATES", "SOURCE", "arrival_of"]

SOURCE = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


def arrival_of(update: object) -> Arrival | None:
    """The arrival of a raw update, in the lane of its chat (a press: of its person).

    The body is kept as it came, so that an old row survives an upgrade of the library. None for
    what is not an update: it has no number.
    """
    if not isinstance(update, Mapping) or not isinstance(update.get("update_id"), int):
        return None
    body = json.dumps(update, ensure_ascii=False)
    return Arrival(SOURCE, str(update["update_id"]), _lane(update), body)


def _lane(update: Mapping[str, Any]) -> str:
    for name in ALLOWED_UPDATES:
        event = update.get(name)
        if isinstance(event, Mapping):
            # A person's id is the id of their private chat, so presses keep order with messages.
            place = event.get("chat") or event.get("from")
            if isinstance(place, Mapping):
                return str(place.get("id", 0))
    return "0"
