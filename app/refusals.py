"""How a command ends early: one plain sentence for a person and an exit status for a program."""

from enum import IntEnum

__all__ = ["Refused", "Status"]


class Status(IntEnum):
    """Exit statuses of every command (CLI.md)."""

    DONE = 0
    ANSWER_IS_NO = 1
    UNUSABLE = 2


class Refused(Exception):
    """The command cannot go on; `sentences` (usually one) say what to do."""

    def __init__(self, *sentences: str, status: Status = Status.UNUSABLE) -> None:
        """One sentence, or one for each thing that is wrong."""
        super().__init__(*sentences)
        self.sentences = sentences
        self.status = status
