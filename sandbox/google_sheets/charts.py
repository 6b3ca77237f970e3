"""Where a chart takes its figures from: its source ranges, found, moved and lost."""

from collections.abc import Callable
from typing import Any

from sandbox.google_sheets.model import Json

__all__ = ["sources", "with_sources", "without_lost_sources"]


def sources(value: Any) -> list[Json]:
    """Every `GridRange` that a chart, or a part of one, reads."""
    if isinstance(value, list):
        return [found for item in value for found in sources(item)]
    if not isinstance(value, dict):
        return []
    own = (value.get("sourceRange") or {}).get("sources") or []
    return [*own, *(found for item in value.values() for found in sources(item))]


def with_sources(value: Any, change: Callable[[Json], Json | None]) -> Any:
    """A copy with every source range changed; None takes it out."""
    if isinstance(value, list):
        return [with_sources(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: with_sources(item, change) for key, item in value.items()}
    if "sourceRange" in value:
        changed = [change(one) for one in value["sourceRange"].get("sources") or []]
        result["sourceRange"] = {"sources": [one for one in changed if one is not None]}
    return result


def without_lost_sources(chart: Json) -> Json:
    """The chart without the series and domains that have nothing to show; it stays itself."""
    spec = dict(chart["spec"])
    basic = spec.get("basicChart")
    if basic is not None:
        kept = {
            name: [one for one in basic[name] if sources(one)]
            for name in ("domains", "series")
            if name in basic
        }
        spec["basicChart"] = {**basic, **kept}
    return {**chart, "spec": spec}
