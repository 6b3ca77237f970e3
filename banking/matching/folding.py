"""Texts brought to one form before they are compared: letters that look alike, dashes, blanks.

«К—1111», «K-1111», «к – 1111»   one number          «Алёна» = «АЛЕНА»   one name
"""

import re

__all__ = ["fold_number", "fold_words", "lower", "upper"]

_LOOK_ALIKE = str.maketrans("АВЕЁКМНОРСТУХІ", "ABEEKMHOPCTYXI")
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒―", "-") | {"\\": "/", "\u00a0": " ", "\u202f": " "})
_BLANKS = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9A-ZА-Я]+")


def upper(text: str) -> str:
    """Upper case, ё as е, dashes alike; every letter stays in its place."""
    alike = text.translate(_DASHES)
    raised = alike.upper()
    if len(raised) != len(alike):  # a letter such as ß becomes two; it is no part of a number
        raised = "".join(new if len(new := old.upper()) == 1 else old for old in alike)
    return raised.replace("Ё", "Е")


def lower(text: str) -> str:
    """Lower case, ё as е, single blanks: the form of `Words`."""
    return _BLANKS.sub(" ", text.translate(_DASHES)).casefold().replace("ё", "е")


def fold_number(text: str) -> str:
    """Upper case with Cyrillic letters that look Latin made Latin; places are kept."""
    return upper(text).translate(_LOOK_ALIKE)


def fold_words(text: str) -> list[str]:
    """The words of a name in upper case, without quotes, dots and dashes."""
    return _NOT_WORD.sub(" ", upper(text)).split()
