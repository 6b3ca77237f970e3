"""What a life leaves behind when it is killed: the last named point, and how often each came.

A small file mapped into memory: a write is there for the others at once, and no SIGKILL can take
it back. One life writes at a time.
"""

import mmap
import struct
from pathlib import Path

__all__ = ["Marks"]

SLOTS_MAX = 200
_SLOT = struct.Struct("<80sQ")
_HEAD = struct.Struct("<Q")


class Marks:
    """The mapped file; `last` is a point's name, `counts` how often points were reached."""

    def __init__(self, path: Path) -> None:
        size = _HEAD.size + SLOTS_MAX * _SLOT.size
        if not path.exists():
            path.write_bytes(bytes(size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), size)
        self._slots = {name: index for index, (name, _) in enumerate(self._filled())}

    def reach(self, name: str) -> None:
        """The life stands at this point now."""
        index = self._slots.get(name)
        if index is None:
            index = self._slots[name] = len(self._slots)
            assert index < SLOTS_MAX
        raw, count = _SLOT.unpack_from(self._map, _place(index))
        _SLOT.pack_into(self._map, _place(index), raw if count else name.encode(), count + 1)
        _HEAD.pack_into(self._map, 0, index + 1)

    def forget_last(self) -> None:
        """A new life begins and has reached nothing."""
        _HEAD.pack_into(self._map, 0, 0)

    @property
    def last(self) -> str | None:
        """The last point of the present or latest life; None: it reached none."""
        (index,) = _HEAD.unpack_from(self._map, 0)
        return self._filled()[index - 1][0] if index else None

    @property
    def counts(self) -> dict[str, int]:
        """How often each point was reached in all lives."""
        return dict(self._filled())

    def close(self) -> None:
        """Let the mapping go."""
        self._map.close()

    def _filled(self) -> list[tuple[str, int]]:
        found = []
        for index in range(SLOTS_MAX):
            raw, count = _SLOT.unpack_from(self._map, _place(index))
            if not count:
                break
            found.append((raw.rstrip(b"\0").decode(), count))
        return found


def _place(index: int) -> int:
    return _HEAD.size + index * _SLOT.size
