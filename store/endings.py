"""Which things are open: never ended, or ended and taken back since (`confirmations.resolution`)."""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, exists, literal, not_, select

from confirmations.resolution import SEPARATOR
from store.tables import metadata

__all__ = ["is_open"]

_resolutions = metadata.tables["resolutions"]
_retractions = metadata.tables["retractions"]
_next = _resolutions.alias("next_resolution")

# Few: what was taken back and has not ended again since.
_reopened = select(_retractions.c.thing).where(
    not_(
        exists().where(
            _next.c.thing
            == _retractions.c.thing + SEPARATOR + cast(_retractions.c.attempt + 1, Text)
        )
    )
)


def is_open(kind: str, name: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether `<kind>:<name>` waits for its ending."""
    thing = literal(f"{kind}:") + cast(name, Text)
    return not_(exists().where(_resolutions.c.thing == thing)) | thing.in_(_reopened)
