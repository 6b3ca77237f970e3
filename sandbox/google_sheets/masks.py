"""Field masks: `a(b,c/d),e.f` as a tree, picking by it and writing by it.

A tree maps a name to the tree below it; an empty tree means everything below.
"""

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["Mask", "MaskSyntaxError", "merge", "paths", "pick", "read_mask"]

Mask = dict[str, "Mask"]


class MaskSyntaxError(ValueError):
    """A mask nobody can read."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def read_mask(text: str) -> Mask:
    """The tree of a mask; raises `MaskSyntaxError`."""
    root: Mask = {}
    for path in paths(text):
        node = root
        for index, name in enumerate(path):
            known = node.get(name)
            if known is not None and not known:
                break
            last = index == len(path) - 1
            node[name] = {} if last or known is None else known
            node = node[name]
    return root


def paths(text: str) -> list[list[str]]:
    """The paths of a mask: `a(b,c/d),e.f` gives a.b, a.c.d, e.f; raises `MaskSyntaxError`."""
    tokens = re.findall(r"[A-Za-z_*][\w*]*|\S", text)
    found, position = _group(tokens, 0, [], text)
    if position != len(tokens):
        raise MaskSyntaxError(text)
    return found


def _group(
    tokens: list[str], position: int, prefix: list[str], text: str
) -> tuple[list[list[str]], int]:
    found: list[list[str]] = []
    while True:
        path, position = _path(tokens, position, prefix, text)
        if tokens[position : position + 1] == ["("]:
            inner, position = _group(tokens, position + 1, path, text)
            if tokens[position : position + 1] != [")"]:
                raise MaskSyntaxError(text)
            position += 1
            found += inner
        else:
            found.append(path)
        if tokens[position : position + 1] != [","]:
            return found, position
        position += 1


def _path(tokens: list[str], position: int, prefix: list[str], text: str) -> tuple[list[str], int]:
    path = list(prefix)
    while True:
        if position >= len(tokens) or not re.match(r"[A-Za-z_*]", tokens[position]):
            raise MaskSyntaxError(text)
        path.append(tokens[position])
        position += 1
        if position >= len(tokens) or tokens[position] not in "./":
            return path, position
        position += 1


def pick(value: Any, mask: Mask) -> Any:
    """What of a reply the mask shows; objects on the way stay, even when nothing is left."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [pick(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: pick(item, mask[key]) for key, item in value.items() if key in mask}


def merge(old: Mapping[str, Any], new: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    """The old object with the masked members taken from the new one; what is absent is cleared."""
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old)
    for name, below in mask.items():
        value = new.get(name)
        if below and isinstance(value if value is not None else old.get(name), dict):
            value = merge(result.get(name) or {}, value or {}, below)
        if value is None or value == {}:
            result.pop(name, None)
        else:
            result[name] = value
    return result
