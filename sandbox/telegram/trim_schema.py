"""Trims a machine-readable Bot API to the methods the product calls and the types they need.

    python -m sandbox.telegram.trim_schema path/to/bot_api_10.3.json

writes `bot_api.json` beside this file. Descriptions are dropped; the names of all methods stay, so
that the stand-in tells a method it does not model from one that does not exist.
"""

import hashlib
import json
import pathlib
import re
import sys
from typing import Any

__all__ = ["METHODS", "TRIMMED", "trim"]

TRIMMED = pathlib.Path(__file__).with_name("bot_api.json")
METHODS = (
    "answerCallbackQuery",
    "deleteMessage",
    "deleteMessages",
    "deleteMyCommands",
    "deleteWebhook",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getChatMenuButton",
    "getFile",
    "getMe",
    "getMyCommands",
    "getUpdates",
    "getWebhookInfo",
    "sendChatAction",
    "sendDocument",
    "sendMessage",
    "sendPhoto",
    "setChatMenuButton",
    "setMessageReaction",
    "setMyCommands",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
    "setWebhook",
)
_SCALARS = {"Array", "String", "Integer", "Float", "Boolean", "True"}


def trim(raw: bytes) -> str:
    """The committed text for the bytes of a full schema, its digest inside."""
    full = json.loads(raw)
    methods = {name: full["methods"][name] for name in METHODS}
    types = _closure(full["types"], {"Update", *_types_of_methods(methods)})
    trimmed = {
        "bot_api": full["bot_api"],
        "release_date": full["release_date"],
        "source_sha256": hashlib.sha256(raw).hexdigest(),
        "source": full["source"],
        "all_methods": sorted(full["methods"]),
        "methods": _without_descriptions(methods),
        "types": _without_descriptions({name: full["types"][name] for name in sorted(types)}),
    }
    return json.dumps(trimmed, ensure_ascii=False, indent=1) + "\n"


def _types_of_methods(methods: dict[str, Any]) -> set[str]:
    texts = [method["returns"] for method in methods.values()]
    texts += [f["type"] for method in methods.values() for f in method["parameters"].values()]
    return {name for text in texts for name in _names(text)}


def _closure(types: dict[str, Any], wanted: set[str]) -> set[str]:
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        found.add(name)
        texts = list(types[name].get("any_of", []))
        texts += [f["type"] for f in types[name].get("fields", {}).values()]
        inside = {inner for text in texts for inner in _names(text)}
        wanted |= inside - found
    return found


def _names(type_text: str) -> set[str]:
    return set(re.findall(r"[A-Z]\w+", type_text)) - _SCALARS


def _without_descriptions(node: Any) -> Any:
    """A field may be named `description` too: only the texts go."""
    if not isinstance(node, dict):
        return node
    return {
        key: _without_descriptions(value)
        for key, value in node.items()
        if not (key == "description" and isinstance(value, str))
    }


if __name__ == "__main__":
    TRIMMED.write_text(trim(pathlib.Path(sys.argv[1]).read_bytes()), encoding="utf-8")
