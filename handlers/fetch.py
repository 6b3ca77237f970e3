"""Downloads a dropped document before the transaction begins: no HTTP may happen inside one."""

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from handlers.delivery import Document, TooBig
from world.points import reached

__all__ = ["CutShort", "fetch_document"]

# What getFile gives at most (facts: telegram.md 2.9).
DOCUMENT_BYTES_MAX = 20 * 1024 * 1024


class CutShort(Exception):
    """A download broke off without an error: the file has another size than Telegram said."""

    def __init__(self, name: str, got: int, expected: int) -> None:
        self.name = name
        super().__init__(f"{name}: {got} bytes of {expected}")


async def fetch_document(bot: Bot, update: Mapping[str, Any]) -> Document | TooBig | None:
    """The document of an update's message; None when there is none.

    Raises `CutShort`, and aiogram's and aiohttp's errors when Telegram is not reached; the update
    is tried again.
    """
    found = update.get("message", {}).get("document")
    if found is None:
        return None
    name = str(found.get("file_name") or "file")
    if int(found.get("file_size") or 0) > DOCUMENT_BYTES_MAX:
        return TooBig(name)
    reached("file:before-call")
    try:
        file = await bot.get_file(found["file_id"])
    except TelegramBadRequest:
        return TooBig(name)
    assert file.file_path is not None
    stream = await bot.download_file(file.file_path)
    assert stream is not None
    reached("file:after-call")
    content = stream.read()
    if file.file_size is not None and len(content) != file.file_size:
        raise CutShort(name, len(content), file.file_size)
    chat, message = update["message"]["chat"]["id"], update["message"]["message_id"]
    return Document(f"{chat}-{message}", name, content)
