"""Formatted text as Telegram reads it: HTML to plain text with entities, refusals word for word.

    <b>Итого</b> 5 &lt; 6      text `Итого 5 < 6`, entity bold at 0, length 5
    Кафе <Ромашка>             can't parse entities: Unsupported start tag "Ромашка" at byte offset 9

The rules copy `td/telegram/MessageEntity.cpp parse_html` (source); offsets and lengths are UTF-16
units, offsets in refusals are bytes. Python's `html.parser` forgives what Telegram refuses.
"""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from sandbox.telegram.wire import JsonObject, RefusedError

__all__ = ["Formatted", "is_web_link", "parse_html", "parse_text", "render_html", "utf16_length"]

# source: parse_html; other tags are refused.
_ENTITY_OF_TAG = {
    b"b": "bold", b"strong": "bold",
    b"i": "italic", b"em": "italic",
    b"u": "underline", b"ins": "underline",
    b"s": "strikethrough", b"strike": "strikethrough", b"del": "strikethrough",
    b"tg-spoiler": "spoiler", b"span": "spoiler",
    b"tg-emoji": "custom_emoji",
    b"a": "text_link", b"pre": "pre", b"code": "code", b"blockquote": "blockquote",
}  # fmt: skip
_HTML_OF_ENTITY = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
# source: decode_html_entity; anything else stays as it is written.
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,7})|([a-zA-Z]+));?")
_ATTRIBUTE_NAME = re.compile(rb"[^\s=>]*")
_NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
_SPACES = re.compile(rb"\s*")
_TAG_NAME = re.compile(rb"[^\s>]*")
_LINK_ATTRIBUTES = {(b"a", b"href"), (b"tg-emoji", b"emoji-id")}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities, in the shape of `MessageEntity`."""

    text: str
    entities: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: bytes
    argument: str
    offset: int
    text_at: int


def parse_text(text: str, parse_mode: str | None, entities: list[JsonObject] | None) -> Formatted:
    """A message's text as it will be stored, trimmed at both ends; raises `RefusedError`."""
    match (parse_mode or "").lower():
        case "":
            formatted = Formatted(text, tuple(entities or ()))
        case "html":
            formatted = parse_html(text)
        case "markdown" | "markdownv2":
            raise RefusedError(501, "the stand-in does not model Markdown")
        case _:
            raise RefusedError(400, "unsupported parse_mode")  # source: get_formatted_text
    return _trimmed(formatted)


def parse_html(source: str) -> Formatted:
    """Read Telegram's HTML; raises `RefusedError` in Telegram's words."""
    return _Parser(source.encode()).run()


def utf16_length(text: str) -> int:
    """How long Telegram counts a text: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def is_web_link(url: str) -> bool:
    """Whether Telegram makes a link of it: http(s) with a dot in the host, or tg://.

    `http://localhost` is none (source: td LinkManager::check_link).
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "tg":
        return True
    return parts.scheme in {"http", "https"} and "." in host and not re.search(r"\s", url)


def render_html(formatted: Formatted) -> str:
    """Safe HTML of a formatted text, for a page that shows it."""
    units = formatted.text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in sorted(formatted.entities, key=lambda e: (e["offset"], -e["length"])):
        before, after = _tags(entity)
        opens.setdefault(entity["offset"], []).append(before)
        closes.setdefault(entity["offset"] + entity["length"], []).insert(0, after)
    marks = sorted({0, len(units) // 2, *opens, *closes})
    parts = []
    for start, end in zip(marks, [*marks[1:], marks[-1]], strict=True):
        parts += closes.get(start, []) + opens.get(start, [])
        parts.append(escape(units[2 * start : 2 * end].decode("utf-16-le", "replace")))
    return "".join(parts)


class _Parser:
    """One pass over the bytes; `_at` is where it reads, `_text` what it has read."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def run(self) -> Formatted:
        while self._at < len(self._source):
            if self._source[self._at] == ord("<"):
                self._tag()
            else:
                self._plain()
        if self._open:
            raise _unparsable(
                f"Can't find end tag corresponding to start tag {self._open[-1].tag.decode()}"
            )
        entities = sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))
        for entity in entities:
            if entity["type"] == "code":  # only a `pre` around it keeps the language
                entity.pop("language", None)
        return Formatted(self._text, tuple(entities))

    def _plain(self) -> None:
        end = self._source.find(b"<", self._at)
        end = len(self._source) if end < 0 else end
        self._text += _decoded(self._source[self._at : end])
        self._at = end

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._source[self._at : self._at + 1] == b"/":
            self._at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._take(_TAG_NAME).lower()
        if self._done:
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        if tag not in _ENTITY_OF_TAG:
            shown = tag.decode(errors="replace")
            raise _unparsable(f'Unsupported start tag "{shown}" at byte offset {begin}')
        argument = ""
        while self._next_is_attribute():
            argument = self._attribute(tag, begin) or argument
        self._at += 1
        if tag == b"span" and argument != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._open.append(_Open(tag, argument, utf16_length(self._text), len(self._text)))

    def _next_is_attribute(self) -> bool:
        self._take(_SPACES)
        return self._source[self._at : self._at + 1] != b">"

    def _attribute(self, tag: bytes, begin: int) -> str:
        shown = tag.decode()
        name = self._take(_ATTRIBUTE_NAME)
        if not name:
            raise _unparsable(
                f'Empty attribute name in the tag "{shown}" at byte offset {begin}'
                if not self._done
                else f"Unclosed start tag at byte offset {begin}"
            )
        if (tag, name) == (b"blockquote", b"expandable"):  # docs: HTML style
            return "expandable"
        self._take(_SPACES)
        if self._source[self._at : self._at + 1] != b"=":
            raise _unparsable(
                f'Expected equal sign in declaration of an attribute of the tag "{shown}" '
                f"at byte offset {begin}"
            )
        self._at += 1
        self._take(_SPACES)
        value = self._value(begin, shown)
        return _argument(tag, name, value)

    def _value(self, begin: int, shown: str) -> str:
        if self._done:
            raise _unparsable(f'Unclosed start tag "{shown}" at byte offset {begin}')
        quote = self._source[self._at : self._at + 1]
        if quote not in {b"'", b'"'}:
            token_at = self._at
            token = self._take(_NAME_TOKEN).lower().decode()
            if self._source[self._at : self._at + 1].strip() not in {b"", b">"}:
                raise _unparsable(f"Unexpected end of name token at byte offset {token_at}")
        else:
            end = self._source.find(quote, self._at + 1)
            end = len(self._source) if end < 0 else end
            token = _decoded(self._source[self._at + 1 : end])
            self._at = min(end + 1, len(self._source))
        if self._done:
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        return token

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {begin}")
        tag = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._source[self._at : self._at + 1] != b">":
            raise _unparsable(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        expected = self._open[-1].tag
        if tag not in {b"", expected}:
            raise _unparsable(
                f'Unmatched end tag at byte offset {begin}, expected "</{expected.decode()}>", '
                f'found "</{tag.decode(errors="replace")}>"'
            )
        self._close(self._open.pop())

    def _close(self, opened: _Open) -> None:
        length = utf16_length(self._text) - opened.offset
        if length <= 0:
            return
        entity: JsonObject = {
            "type": _ENTITY_OF_TAG[opened.tag],
            "offset": opened.offset,
            "length": length,
        }
        if opened.tag == b"a":
            url = opened.argument or self._text[opened.text_at :]
            if is_web_link(url):
                entity["url"] = url if "://" in url else f"http://{url}/"
                self._entities.append(entity)
        elif opened.tag in {b"pre", b"code"}:
            self._close_code(opened, entity)
        else:
            self._entities.append(entity | _detail(opened))

    def _close_code(self, opened: _Open, entity: JsonObject) -> None:
        """`pre` and `code` around the same text are one entity with the code's language."""
        other = "pre" if opened.tag == b"code" else "code"
        language = opened.argument
        if _same_span(self._entities, entity, other):
            inner = self._entities.pop()
            entity["type"] = "pre"
            language = language or inner.get("language", "")
        if language:
            entity["language"] = language
        self._entities.append(entity)

    def _take(self, pattern: re.Pattern[bytes]) -> bytes:
        found = pattern.match(self._source, self._at)
        assert found is not None
        self._at = found.end()
        return found[0]

    @property
    def _done(self) -> bool:
        return self._at >= len(self._source)


def _unparsable(words: str) -> RefusedError:
    return RefusedError(400, f"can't parse entities: {words}")


def _detail(opened: _Open) -> JsonObject:
    if opened.tag == b"blockquote" and opened.argument:
        return {"type": "expandable_blockquote"}
    if opened.tag == b"tg-emoji":
        if not opened.argument.isdigit():
            raise _unparsable("Invalid custom emoji identifier specified")
        return {"custom_emoji_id": opened.argument}
    return {}


def _argument(tag: bytes, name: bytes, value: str) -> str:
    """What of an attribute matters to its tag; other attributes are read and dropped."""
    if (tag, name) in _LINK_ATTRIBUTES:
        return value
    if (tag, name) == (b"code", b"class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == (b"span", b"class"):
        return value
    return ""


def _decoded(raw: bytes) -> str:
    return _REFERENCE.sub(_character, raw).decode()


def _character(found: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED[name].encode() if name in _NAMED else found[0]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    # Lone surrogates are refused by Telegram after decoding; here they stay as written.
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return found[0]
    return chr(code).encode()


def _same_span(entities: list[JsonObject], entity: JsonObject, kind: str) -> bool:
    if not entities or entities[-1]["type"] != kind:
        return False
    last = entities[-1]
    return (last["offset"], last["length"]) == (entity["offset"], entity["length"])


def _trimmed(formatted: Formatted) -> Formatted:
    """Spaces at both ends go, entities follow (assumed: td fix_formatted_text)."""
    text = formatted.text.strip()
    cut = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip())
    end = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        start = min(max(entity["offset"] - cut, 0), end)
        stop = min(max(entity["offset"] + entity["length"] - cut, 0), end)
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return Formatted(text, tuple(entities))


def _tags(entity: JsonObject) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}" rel="noreferrer">', "</a>"
    tag = _HTML_OF_ENTITY.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
