"""How wide a text is, in pixels at ten points: a guess, since Google measures its own fonts."""

__all__ = ["text_width"]

PIXELS_PER_CHARACTER = 7
PADDING = 6


def text_width(text: str) -> int:
    """Pixels of the longest line, the cell's padding included."""
    return (
        max((len(line) for line in text.split("\n")), default=0) * PIXELS_PER_CHARACTER + PADDING
    )
