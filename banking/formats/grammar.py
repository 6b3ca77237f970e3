"""The skeleton of a 1C file: header, account sections, documents; keys and values as written.

1CClientBankExchange
Кодировка=Windows
СекцияДокумент=Платежное поручение
Номер=13
НазначениеПлатежа=Оплата по договору № 7
от 10.02.2026, формула A=B+C            <- no known key: belongs to the purpose
КонецДокумента
КонецФайла
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from banking.formats.decoding import MAGIC

__all__ = ["Block", "Damage", "Skeleton", "parse_skeleton"]


@cache
def _folded(key: str) -> str:
    """Folding is asked for the same few names of fields a million times in a large file."""
    return key.casefold()


@dataclass(slots=True)
class Block:
    """A section or a document being read: keys in lower case, the first given value wins."""

    line: int
    kind: str
    is_section: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    last_key: str = ""

    def get(self, *keys: str) -> str:
        """The first non-empty value among these keys, or an empty text."""
        for key in keys:
            value = self.fields.get(_folded(key))
            if value:
                return value
        return ""

    def put(self, key: str, value: str) -> None:
        """Keep a value under a folded key; one already given keeps its first non-empty value."""
        if not self.fields.get(key):
            self.fields[key] = value[:VALUE_CHARS_MAX]
        self.last_key = key

    def extend(self, text: str) -> None:
        """Put a continuation line onto the purpose; elsewhere it is kept under its own name."""
        key = self.last_key if self.last_key.startswith(_PURPOSE) else "…"
        before = self.fields.get(key, "")
        # Bounded, because joining a million short lines one by one would never end.
        if len(before) < VALUE_CHARS_MAX:
            self.fields[key] = f"{before} {text}".strip()


@dataclass(frozen=True, slots=True)
class Damage:
    """The structure breaks at this line; `what` is said to a person."""

    line: int
    what: str


@dataclass(slots=True)
class Skeleton:
    """All that the file holds, before any value is understood."""

    header: Block
    own_accounts: list[str] = field(default_factory=list)
    sections: list[Block] = field(default_factory=list)
    documents: list[Block] = field(default_factory=list)
    stray: list[tuple[int, str]] = field(default_factory=list)
    ended: bool = False
    starts: int = 0
    keys_lost: int = 0
    text_after_end: int = 0
    damage: Damage | None = None


# More than any bank writes: a text of megabytes would be cleaned and compared for minutes.
VALUE_CHARS_MAX = 10_000
_KEY_CHARS_SHARED = 40
_BLANKS = " \t\u00a0\u202f\x1a\x00\ufeff"
_PIECE_CHARS = 1_000_000
_PURPOSE = "назначениеплатежа"
_SECTION, _SECTION_END = "секциярасчсчет", "конецрасчсчет"
_DOCUMENT, _DOCUMENT_END = "секциядокумент", "конецдокумента"
_FILE_END = "конецфайла"
_STARTS = frozenset({_SECTION, _DOCUMENT})
_KEY = re.compile(r"[^\W_]\w*")

_SIDE = (
    "Счет Счёт 1 2 3 4 ИНН КПП РасчСчет Банк1 Банк2 БИК Корсчет "
    "Наименование БИН_ИИН БИН ИИН КБЕ КБе ИИК БанкНаименование БанкБИК"
)
_SPELT = {
    word: word.casefold()
    for word in (
        "ВерсияФормата Кодировка Отправитель Получатель Плательщик ДатаСоздания ВремяСоздания "
        "ДатаНачала ДатаКонца РасчСчет Документ Дата1 Дата2 НачальныйОстаток ВсегоПоступило "
        "ВсегоСписано КонечныйОстаток Номер Дата Сумма КвитанцияДата КвитанцияВремя "
        "КвитанцияСодержание ДатаСписано ДатаПоступило ВидПлатежа ВидОплаты Код КодНазПлатежа "
        "Очередность СтатусСоставителя ПоказательКБК ОКАТО ОКТМО ПоказательОснования "
        "ПоказательПериода ПоказательНомера ПоказательДаты ПоказательТипа СрокАкцепта "
        "ВидАккредитива СрокПлатежа УсловиеОплаты1 УсловиеОплаты2 УсловиеОплаты3 ПлатежПоПредст "
        "ДополнУсловия НомерСчетаПоставщика ДатаОтсылкиДок НазначениеПлатежа НазначениеПлатежа1 "
        "НазначениеПлатежа2 НазначениеПлатежа3 НазначениеПлатежа4 НазначениеПлатежа5 "
        "НазначениеПлатежа6 ВидДокумента ДатаОперации СуммаРасход СуммаПриход НомерДокумента "
        "ДатаДокумента КодНазначенияПлатежа ДатаВалютирования Валюта "
        + " ".join(
            f"{side}{end}" for side in ("Плательщик", "Получатель") for end in _SIDE.split()
        )
    ).split()
}
_KNOWN = frozenset(_SPELT.values())


def parse_skeleton(text: str) -> Skeleton:
    """Cut the text into blocks. Damage (a section left open, an end without a start) stops it."""
    skeleton = Skeleton(header=Block(1, ""))
    is_open: Block | None = None
    number = 0
    for number, raw in enumerate(_lines(text), start=1):
        line = raw.strip(_BLANKS)
        if is_open is not None and _took(is_open, line):
            continue
        if line:
            is_open = _take(skeleton, is_open, number, line)
        if skeleton.damage:
            return skeleton
    if is_open:
        skeleton.damage = _left_open(is_open, number)
    return skeleton


def _lines(text: str) -> Iterator[str]:
    """The lines, piece by piece: all at once would take twice the memory of the text itself."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE_CHARS) + 1 or len(text)
        piece = text[start:end].replace("\r\n", "\n").replace("\r", "\n")
        yield from piece.removesuffix("\n").split("\n")
        start = end


def _took(block: Block, line: str) -> bool:
    """Nearly every line of a large file, so the shortest way: a key spelt as the format has it."""
    key, _, value = line.partition("=")
    known = _SPELT.get(key)
    # «Документ» alone is a line of a purpose, «Документ=» a key.
    if known is None or len(key) == len(line):
        return False
    if not block.fields.get(known):
        block.fields[known] = value.strip()[:VALUE_CHARS_MAX]
    block.last_key = known
    return True


def _take(skeleton: Skeleton, is_open: Block | None, number: int, line: str) -> Block | None:
    if skeleton.ended:
        _after_end(skeleton, number, line)
        return None
    key, separator, value = line.partition("=")
    word = _word(key)
    if separator and is_open is not None and word in _KNOWN:
        is_open.put(word, value.strip())
        return is_open
    if word in _STARTS and (word == _DOCUMENT or not separator):
        return _open(skeleton, is_open, Block(number, value.strip(), word == _SECTION))
    if not separator and word in {_SECTION_END, _DOCUMENT_END, _FILE_END}:
        _close(skeleton, is_open, number, word)
        return None
    if is_open is None:
        _into_header(skeleton, number, line)
        return None
    # Inside a purpose only the format's own words are keys, because "A=B" may be a formula.
    if separator and not is_open.last_key.startswith(_PURPOSE) and _KEY.fullmatch(word):
        is_open.put(word, value.strip())
    else:
        is_open.extend(line)
    return is_open


def _word(key: str) -> str:
    return _short_word(key) if len(key) <= _KEY_CHARS_SHARED else key.strip().casefold()


@lru_cache(maxsize=1000)
def _short_word(key: str) -> str:
    """The same few keys stand in every document: folded once, and one text in memory for all."""
    return key.strip().casefold()


def _open(skeleton: Skeleton, is_open: Block | None, block: Block) -> Block:
    if is_open is not None:
        skeleton.damage = _left_open(is_open, block.line)
    elif block.is_section:
        skeleton.sections.append(block)
    else:
        skeleton.documents.append(block)
    return block


def _close(skeleton: Skeleton, is_open: Block | None, number: int, word: str) -> None:
    if word == _FILE_END:
        skeleton.ended = True
        if is_open is not None:
            skeleton.damage = _left_open(is_open, number)
        return
    if is_open is None:
        skeleton.damage = Damage(number, f"в строке {number} конец раздела без начала")
    elif is_open.is_section is not (word == _SECTION_END):
        skeleton.damage = _left_open(is_open, number)


def _left_open(block: Block, number: int) -> Damage:
    return Damage(number, f"раздел, начатый в строке {block.line}, не закончен до строки {number}")


def _into_header(skeleton: Skeleton, number: int, line: str) -> None:
    key, separator, value = line.partition("=")
    # A lost letter here may have been a marker, so nothing after it could be trusted.
    skeleton.keys_lost += "\ufffd" in key
    if line == MAGIC:
        skeleton.starts += 1
    elif not separator:
        skeleton.stray.append((number, line))
    elif key.strip().casefold() == "расчсчет":
        skeleton.own_accounts.append(value.strip())
    else:
        skeleton.header.put(key.strip().casefold(), value.strip())


def _after_end(skeleton: Skeleton, number: int, line: str) -> None:
    if line == MAGIC:
        skeleton.starts += 1
    else:
        skeleton.text_after_end = skeleton.text_after_end or number
