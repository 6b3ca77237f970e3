"""Cell formats in Google's JSON: colours told twice, masks that reach into them."""

from typing import Any

from sandbox.google_sheets.masks import Mask, merge
from sandbox.google_sheets.model import Json

__all__ = ["merge_format", "with_styles"]

_TWINS = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "color": "colorStyle",
    "headerColor": "headerColorStyle",
    "firstBandColor": "firstBandColorStyle",
    "secondBandColor": "secondBandColorStyle",
    "footerColor": "footerColorStyle",
}


def with_styles(value: Any) -> Any:
    """A copy where every colour stands beside its style, the way Google keeps them."""
    if isinstance(value, list):
        return [with_styles(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: with_styles(item) for key, item in value.items()}
    for colour, style in _TWINS.items():
        if colour in result and style not in result:
            result[style] = {"rgbColor": result[colour]}
        elif style in result and "rgbColor" in result[style]:
            result[colour] = result[style]["rgbColor"]
    return result


def merge_format(old: Json | None, new: Json | None, mask: Mask) -> Json | None:
    """The old format with the masked members of the new one; None when nothing is left."""
    result = merge(old or {}, with_styles(new or {}), _with_twins(mask))
    return result or None


def _with_twins(mask: Mask) -> Mask:
    result = {name: _with_twins(below) for name, below in mask.items()}
    for colour, style in _TWINS.items():
        if colour in result or style in result:
            result[colour] = {}
            result[style] = {}
    return result
