"""What the program says when a copy of the books could not be made or put back."""

from typing import assert_never

from app.refusals import Refused, Status
from store.copies import (
    Damaged,
    InUse,
    NotABackup,
    NotEmpty,
    ToolFailed,
    ToolMissing,
    TooNew,
)

__all__ = ["refusal_of"]


def refusal_of(
    outcome: Damaged | InUse | NotABackup | NotEmpty | TooNew | ToolFailed | ToolMissing,
) -> Refused:
    """The sentence for an outcome that changed nothing."""
    match outcome:
        case Damaged(problems, flaws):
            found = "; ".join([*problems, *map(str, flaws)])
            return Refused(f"Книги повреждены, ничего не сделано: {found}.", status=_NO)
        case InUse():
            return Refused("Книги заняты: остановите бота и повторите.")
        case NotABackup(file):
            return Refused(f"{file} — не копия книг этого вида базы.")
        case NotEmpty(operations):
            return Refused(
                f"В книгах уже {operations} операций; чтобы заменить их копией, добавьте --replace."
            )
        case TooNew(file):
            return Refused(f"{file} сделана более новой версией программы; обновите программу.")
        case ToolFailed(tool, message):
            return Refused(f"{tool} не справилась: {message}")
        case ToolMissing(tool, package):
            return Refused(f"Нет программы {tool}; установите пакет {package}.")
        case _:
            assert_never(outcome)


_NO = Status.ANSWER_IS_NO
