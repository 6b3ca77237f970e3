"""What is wrong between us and a bank, as a sentence for the owner: what happened, what to do."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from banking.feeds.protocol import (
    Failure,
    FeedRefused,
    FeedUnavailable,
    LimitReached,
    TokenRefused,
)

__all__ = ["closed_month", "sentence", "silent"]

_SAFE = "Записанное не пострадало"
DETAIL_CHARS_MAX = 120
FORBIDDEN = 403


def sentence(title: str, failure: Failure) -> str:
    """One sentence; the calls and answers behind it are in the log."""
    match failure:
        case TokenRefused(status=status) if status == FORBIDDEN:
            return (
                f"{title} не пускает с этим токеном (403): проверьте в кабинете банка, что токену "
                "открыты счета и выписки и что адрес этого сервера в списке разрешённых. "
                f"{_SAFE}, новые строки пока загружайте файлом."
            )
        case TokenRefused():
            return (
                f"{title} не принимает токен: выпустите новый в кабинете банка, впишите его в "
                f"настройки и перезапустите бота. {_SAFE}, новые строки пока загружайте файлом."
            )
        case LimitReached(after_s=after_s):
            return f"{title} просит обращаться реже, повтор через {after_s} с. {_SAFE}."
        case FeedUnavailable(cause=cause):
            return f"{title} не отвечает ({cause}), попытка повторится сама. {_SAFE}."
        case FeedRefused(status=status, detail=detail):
            return f"{title}: отказ ({status}): {detail[:DETAIL_CHARS_MAX]}. {_SAFE}."
        case _:
            assert_never(failure)


def silent(title: str, hours: int) -> str:
    """A bank that has not been read for hours."""
    return (
        f"{title} не отвечает уже {hours} ч: выписка не обновляется, попытки повторяются сами. "
        f"{_SAFE}."
    )


def closed_month(title: str, account: str, days: Sequence[date]) -> str:
    """New lines of a closed month that were not taken."""
    listed = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(set(days)))
    return (
        f"{title}, счёт {account}: банк показал новые строки закрытого месяца ({listed}), они не "
        "внесены. Откройте месяц, строки придут сами."
    )
