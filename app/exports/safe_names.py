"""Names of people's own choosing as hledger takes them: no two names become one.

«Реклама; SEO»  -> Реклама%3B SEO        two spaces, tabs, a leading bracket  -> %20, %09, %28

Whatever could end an account name, open a comment, a tag or another level of accounts is written
as `%XX` of its UTF-8 bytes, and so is `%` itself: the writing can be undone, so it is unique.
"""

__all__ = ["safe_name", "safe_tag", "safe_words"]

# What means something in an account name.
_NAME_MARKS = frozenset("%:;|()[]{}*!=@\"'")
# A description may begin with a status or a code in brackets.
_WORD_MARKS = frozenset("%;|()*!=")
# In a tag a comma ends the value.
_TAG_MARKS = frozenset("%:;,")


def safe_name(name: str) -> str:
    """One level of an account name; single spaces inside stay as they are."""
    return _escaped(name, _NAME_MARKS)


def safe_words(text: str) -> str:
    """A description."""
    return _escaped(text, _WORD_MARKS)


def safe_tag(value: str) -> str:
    """The value of a tag."""
    return _escaped(value, _TAG_MARKS)


def _escaped(text: str, marks: frozenset[str]) -> str:
    last = len(text) - 1
    written: list[str] = []
    for position, char in enumerate(text):
        inner = 0 < position < last and text[position - 1] != " "
        if (char == " " and inner) or (char.isprintable() and char != " " and char not in marks):
            written.append(char)
        else:
            written.append("".join(f"%{byte:02X}" for byte in char.encode("utf-8")))
    return "".join(written)
