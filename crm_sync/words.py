"""What is wrong between us and the CRM, as a sentence for the owner: what happened, what to do."""

from crm_sync.protocol import (
    CrmError,
    CrmRefused,
    CrmThrottled,
    CrmUnauthorised,
    CrmUnavailable,
)

__all__ = ["sentence"]

_SAFE = "Записанное не пострадало"
DETAIL_CHARS_MAX = 120


def sentence(error: CrmError) -> str:
    """One sentence; the calls and answers behind it are in the log."""
    match error:
        case CrmUnauthorised():
            return (
                "CRM не принимает токен: создайте новый долгосрочный токен, впишите его в "
                f"настройки и перезапустите бота. {_SAFE}, сделки пока не читаются."
            )
        case CrmThrottled(after_s=after_s):
            return f"CRM просит обращаться реже, повтор через {after_s} с. {_SAFE}."
        case CrmUnavailable(cause=cause):
            return f"CRM не ответила ({cause}), попытка повторится сама. {_SAFE}."
        case CrmRefused(status=0):
            return f"Нет связи с CRM, попытка повторится сама. {_SAFE}."
        case CrmRefused(status=status, detail=detail):
            return f"CRM отказала ({status}): {detail[:DETAIL_CHARS_MAX]}. {_SAFE}."
        case _:
            return f"CRM ответила неожиданно: {error}. {_SAFE}."
