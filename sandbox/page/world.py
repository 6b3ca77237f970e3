"""What the page needs of the world it shows; the demo command fills it, tests have a small one.

The page reads and acts on the stand-ins in this process; it never knows the product.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sandbox.servers import Sandbox
from world.clock import Clock

__all__ = ["DemoPerson", "DemoWorld", "StatementFileOffer"]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody with a phone; people of one `role_title` («Менеджер») share a place on the page."""

    user_id: int
    name: str
    role_title: str


@dataclass(frozen=True, slots=True)
class StatementFileOffer:
    """A statement file the bank has made: its name and its bytes."""

    name: str
    bytes: bytes


class DemoWorld(Protocol):
    """A running sandbox with its people."""

    @property
    def sandbox(self) -> Sandbox:
        """The stand-ins, already listening."""
        ...

    @property
    def clock(self) -> Clock:
        """The clock that the sandbox and the product share; the page shows its day and time."""
        ...

    @property
    def people(self) -> Sequence[DemoPerson]:
        """The phones, in the order in which they stand; the accountant's role is «Бухгалтер»."""
        ...

    @property
    def spreadsheet_id(self) -> str:
        """The spreadsheet to show."""
        ...

    async def next_day(self) -> list[StatementFileOffer]:
        """Let the day go on to the next working one; gives the bank's files of that day."""
        ...

    def busy(self) -> str | None:
        """What is going on just now, in a few Russian words, or None; cheap, asked often."""
        ...
