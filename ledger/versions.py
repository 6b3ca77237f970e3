"""Versions of an operation: what corrects it bears its key and a number, so each finds the others.

payment:a#1:card            the first version
payment:a#1:card@2          what it was corrected to
payment:a#1:card@3          and then to
expense:7-1#1  expense:7-1#2  an expense counts its versions from its first one

A correction reverses one version and posts the next; a reversal without a next version is an end.
"""

__all__ = ["first_version", "next_version"]

_EXPENSE = "expense:"


def next_version(key: str) -> str:
    """The key of the operation that corrects the one of this key."""
    mark = _mark(key)
    stem, _, number = key.rpartition(mark)
    return f"{stem}{mark}{int(number) + 1}" if stem and _counts(number) else f"{key}{mark}2"


def first_version(key: str) -> str:
    """The key of the operation as it was posted first."""
    mark = _mark(key)
    stem, _, number = key.rpartition(mark)
    if not stem or not _counts(number):
        return key
    return f"{stem}{mark}1" if mark == "#" else stem


def _mark(key: str) -> str:
    return "#" if key.startswith(_EXPENSE) else "@"


def _counts(number: str) -> bool:
    return number.isascii() and number.isdigit() and not number.startswith("0")
