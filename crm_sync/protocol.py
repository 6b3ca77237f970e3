"""What the product needs of a CRM; a second CRM is one folder that provides this.

CrmError
 ├── CrmUnavailable   no answer, or one that cannot be read: it may have been done
 ├── CrmThrottled     too fast; ask again after `after_s` seconds
 ├── CrmUnauthorised  the token is revoked or lapsed; nothing was done
 └── CrmRefused       the CRM says no, with its status; nothing was done
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

__all__ = [
    "Crm",
    "CrmError",
    "CrmRefused",
    "CrmThrottled",
    "CrmUnauthorised",
    "CrmUnavailable",
    "CrmUser",
    "FieldValue",
    "RemoteDeal",
    "RemoteField",
    "RemoteStage",
]


class CrmError(Exception):
    """Something went wrong between us and the CRM."""


class CrmUnavailable(CrmError):
    """No readable answer to a call; a write may have been done."""

    def __init__(self, call: str, cause: str) -> None:
        self.call = call
        self.cause = cause
        super().__init__(f"{call}: {cause}")


class CrmThrottled(CrmError):
    """Too many calls; nothing was done."""

    def __init__(self, after_s: int) -> None:
        self.after_s = after_s
        super().__init__(f"too many calls, again after {after_s} s")


class CrmUnauthorised(CrmError):
    """The token does not open the account any more; nothing was done."""

    def __init__(self, call: str) -> None:
        self.call = call
        super().__init__(f"{call}: the token was refused")


class CrmRefused(CrmError):
    """The CRM answered no; nothing was done."""

    def __init__(self, call: str, status: int, detail: str) -> None:
        self.call = call
        self.status = status
        self.detail = detail
        super().__init__(f"{call}: {status} {detail}")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The first value of a custom field: its text, and the id of the choice if it is a choice."""

    text: str
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class RemoteDeal:
    """A deal as the CRM gives it; ids are text. `price` is the CRM's text of it."""

    id: str
    name: str
    price: str
    pipeline: str
    stage: str
    manager: str
    updated_at: datetime
    fields: Mapping[str, FieldValue]
    client: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class CrmUser:
    """A user of the CRM."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoteField:
    """A custom field with its choices by id."""

    id: str
    name: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RemoteStage:
    """A stage of a pipeline."""

    pipeline: str
    id: str
    name: str


class Crm(Protocol):
    """One account of a CRM. Every method may raise a `CrmError`."""

    @property
    def name(self) -> str:
        """The CRM's name in ids of deals: `amocrm`."""
        ...

    def changed_since(self, instant: datetime | None) -> AsyncIterator[Sequence[RemoteDeal]]:
        """Pages of deals changed at or after an instant, by time of change."""
        ...

    async def deal(self, deal: str) -> RemoteDeal | None:
        """One deal as it is now; None when it is gone."""
        ...

    async def client_name(self, client: str) -> str:
        """The name of a client."""
        ...

    async def users(self) -> Sequence[CrmUser]:
        """Everybody who works in the CRM."""
        ...

    async def fields(self) -> Sequence[RemoteField]:
        """The custom fields of deals."""
        ...

    async def stages(self) -> Sequence[RemoteStage]:
        """All stages of all pipelines."""
        ...

    async def notes(self, deal: str) -> Sequence[str]:
        """The texts of a deal's notes."""
        ...

    async def add_note(self, deal: str, text: str) -> str:
        """Write a note; its id. A CRM has no key for it: look for the marker before a repeat."""
        ...

    async def change(
        self, deal: str, fields: Mapping[str, str], stage: tuple[str, str] | None
    ) -> None:
        """Set number or text fields and, if given, (pipeline, stage); safe to repeat."""
        ...

    def deals_of_webhook(self, body: str) -> Sequence[str]:
        """The ids of the deals that a webhook's body names; never raises, nothing else is trusted."""
        ...
