"""Plays a conversation written as a transcript, on phones, and compares what people receive.

    anna> сдать 12500                     says (`/start h_1` opens the bot with a payload)
    bot > Сдача кассы: 12 500 ₽           whoever acted last receives; so does `anna< …`
          [Отправить кассиру] [Отмена]    its buttons, row by row
    anna: Отправить кассиру               taps an inline button or a key
    olga< Анна сдаёт 12 500 ₽ за …        `…` stands for anything
          [Принял] [Отклонить]
    olga> (link from anna)                opens the latest link to the bot that anna was sent
    olga! Уже принято                     is shown a toast
    anna~ ✓ Принято                       an earlier message changes (`<` accepts that too)
    anna> (edit) сдать 12600              edits her latest message

Between two acts every new message and every toast must be written down, in order for each person;
changes of earlier messages may be left out. A button that has just gone can still be tapped: that
is the second of two quick taps. Two spaces and `# ` begin a comment.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from sandbox.telegram.journal import Line, Mark, format_line, format_lines
from sandbox.telegram.people import Phone, PhoneError

__all__ = ["ScriptError", "play"]

_HEAD = re.compile(r"(?P<name>[^\s<>:~!]+)\s*(?P<mark>[>:<~!])(?:\s+(?P<text>.*))?")
_COMMENT = re.compile(r"(?:^|\s\s)\s*# .*$")
_BUTTONS = re.compile(r"\s*\[.*\]\s*")
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_LINK_FROM = re.compile(r"\(link from (\S+)\)")
_EDIT = "(edit) "
_BOT = "bot"
_ANYTHING = "…"


class ScriptError(ValueError):
    """A line of a script that nobody can read."""

    def __init__(self, number: int, line: str, reason: str) -> None:
        self.number = number
        super().__init__(f"line {number} of the script, {line!r}: {reason}")


@dataclass(slots=True)
class _Entry:
    """One head line with what is indented under it."""

    number: int
    name: str
    mark: Mark
    texts: list[str]
    labels: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def is_act(self) -> bool:
        return self.mark in {Mark.SAYS, Mark.TAPS}

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


async def play(
    script: str, phones: Mapping[str, Phone], settle: Callable[[], Awaitable[None]]
) -> None:
    """Act, settle, compare, to the end; raises `AssertionError` with the real transcript.

    `settle` returns when the bot has done everything the act led to.
    """
    assert phones
    blocks: list[tuple[_Entry | None, list[_Entry]]] = [(None, [])]
    for entry in _parse(script, phones):
        if entry.is_act:
            blocks.append((entry, []))
        else:
            blocks[-1][1].append(entry)
    for act, expected in blocks:
        before = len(_journal(phones))
        if act is not None:
            await _do(act, phones)
        elif not expected:
            continue
        await settle()
        _compare(_journal(phones)[before:], expected, phones)


def _parse(script: str, phones: Mapping[str, Phone]) -> list[_Entry]:
    entries: list[_Entry] = []
    actor = ""
    for number, raw in enumerate(inspect.cleandoc(script).splitlines(), 1):
        line = _COMMENT.sub("", raw).rstrip()
        if not line:
            continue
        if line[0].isspace():
            _continue(entries, number, line)
            continue
        found = _HEAD.fullmatch(line)
        if found is None:
            raise ScriptError(number, raw, "expected name> name: name< name~ or name!")
        name, mark = found["name"], Mark(found["mark"])
        if name == _BOT and mark is Mark.SAYS:
            name, mark = actor, Mark.RECEIVES
        if name not in phones:
            raise ScriptError(number, raw, f"nobody is called {name!r}")
        entry = _Entry(number, name, mark, [])
        _add(entry, found["text"] or "")
        actor = name if entry.is_act else actor
        entries.append(entry)
    return entries


def _continue(entries: list[_Entry], number: int, line: str) -> None:
    if not entries:
        raise ScriptError(number, line, "the first line is indented")
    _add(entries[-1], line)


def _add(entry: _Entry, line: str) -> None:
    if not entry.is_act and _BUTTONS.fullmatch(line):
        entry.labels.append(tuple(_LABEL.findall(line)))
    elif line.strip():
        entry.texts.append(line.strip())


def _journal(phones: Mapping[str, Phone]) -> list[Line]:
    return next(iter(phones.values())).journal


async def _do(act: _Entry, phones: Mapping[str, Phone]) -> None:
    phone = phones[act.name]
    try:
        if act.mark is Mark.TAPS:
            await _tap(phone, act.text)
        else:
            await _say(phone, act.text, phones)
    except PhoneError as error:
        raise AssertionError(_story(f"line {act.number}: {error}", phones)) from error


async def _tap(phone: Phone, label: str) -> None:
    try:
        await phone.press(label)
    except PhoneError:
        await phone.press_former(label)


async def _say(phone: Phone, text: str, phones: Mapping[str, Phone]) -> None:
    link_from = _LINK_FROM.fullmatch(text)
    if link_from is not None:
        links = phones[link_from[1]].links
        if not links:
            raise PhoneError(f"{link_from[1]} was sent no link")
        await phone.open_link(links[-1])
    elif text == "/start" or text.startswith("/start "):
        await phone.open_bot(text.removeprefix("/start").strip() or None)
    elif text.startswith(_EDIT):
        own = [message.message_id for message in phone.messages if not message.from_bot]
        await phone.edit(own[-1] if own else 0, text.removeprefix(_EDIT))
    else:
        await phone.say(text)


def _compare(happened: list[Line], expected: list[_Entry], phones: Mapping[str, Phone]) -> None:
    # What the act itself wrote into the log is not received by anybody.
    left = [line for line in happened if line.mark not in {Mark.SAYS, Mark.TAPS}]
    for entry in expected:
        user_id = phones[entry.name].user_id
        mine = [line for line in left if line.user_id == user_id]
        found = next((line for line in mine if _fits(entry, line)), None)
        if found is None:
            seen = "\n".join(format_line(line, {user_id: entry.name}) for line in mine)
            words = (
                f"line {entry.number}: {_shown(entry)}\nis not what came:\n{seen or '(nothing)'}"
            )
            raise AssertionError(_story(words, phones))
        # Changes that nobody mentions may come before; messages and toasts may not be jumped over.
        passed = mine[: mine.index(found)]
        _nothing_missed(passed, phones)
        for line in [*passed, found]:
            left.remove(line)
    _nothing_missed([line for line in left if _is_known(line, phones)], phones)


def _is_known(line: Line, phones: Mapping[str, Phone]) -> bool:
    return any(phone.user_id == line.user_id for phone in phones.values())


def _nothing_missed(lines: list[Line], phones: Mapping[str, Phone]) -> None:
    missed = [line for line in lines if line.mark is not Mark.CHANGES]
    if missed:
        words = f"not in the script:\n{format_lines(missed, _names(phones))}"
        raise AssertionError(_story(words, phones))


def _fits(entry: _Entry, line: Line) -> bool:
    if entry.mark is Mark.RECEIVES:
        is_kind = line.mark in {Mark.RECEIVES, Mark.CHANGES}
    else:
        is_kind = line.mark is entry.mark
    pattern = re.escape(_plain(entry.text)).replace(re.escape(_ANYTHING), ".*?")
    return (
        is_kind
        and re.fullmatch(pattern, _plain(line.text), re.DOTALL) is not None
        and _labels(tuple(entry.labels)) == _labels(line.labels)
    )


def _plain(text: str) -> str:
    """Hard spaces are spaces, indents and empty lines do not count."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return "\n".join(part.strip() for part in text.splitlines() if part.strip())


def _labels(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_plain(label) for label in row) for row in rows)


def _shown(entry: _Entry) -> str:
    return format_line(Line(entry.mark, 0, entry.text, tuple(entry.labels)), {0: entry.name})


def _names(phones: Mapping[str, Phone]) -> dict[int, str]:
    return {phone.user_id: name for name, phone in phones.items()}


def _story(words: str, phones: Mapping[str, Phone]) -> str:
    return f"{words}\n\nthe real transcript:\n{format_lines(_journal(phones), _names(phones))}"
