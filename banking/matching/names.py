"""Names of payers and clients in comparable form.

ИП Миронова Алла Андреевна = МИРОНОВА АЛЛА АНДРЕЕВНА     the same person
«Алла Андреевна М.», «Миронова А.А.»                     may be that person (short form)
АО "Темп" is not ООО "Темп"                              another company
"""

import re
from dataclasses import dataclass

from banking.matching.folding import fold_words, upper

__all__ = ["Name", "full_names_in", "parse_name", "short_forms", "short_names_in"]

_FORMS = {
    "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ": "ООО",
    "ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО": "ПАО",
    "НЕПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО": "АО",
    "ЗАКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО": "ЗАО",
    "АКЦИОНЕРНОЕ ОБЩЕСТВО": "АО",
    "ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ": "ИП",
    "ТОВАРИЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ": "ТОО",
}
_COMPANY_FORMS = frozenset({"ООО", "ПАО", "АО", "ЗАО", "ОАО", "ТОО", "НКО", "АНО", "КБ"})
_PERSON_FORMS = frozenset({"ИП", "ГР", "САМОЗАНЯТЫЙ"})
_PERSON_WORDS = 3
# Banks write an INN before the name, an address or an account after it.
_INN_BEFORE = re.compile(r"^\s*ИНН\s*\d{10,12}\s*", re.IGNORECASE)
_SIDES = re.compile(r"//|\bр/с\b|\bр/счет", re.IGNORECASE)
_FIRST_PATRONYMIC_INITIAL = re.compile(
    r"(?<![А-Я])([А-Я]{2,}) ([А-Я]{4,}(?:ИЧ|НА)) ([А-Я])(?:\.|(?![А-Я]))"
)
_SURNAME_INITIALS = re.compile(r"(?<![А-Я])([А-Я][А-Я-]{2,}) ([А-Я])\. ?([А-Я])(?:\.|(?![А-Я]))")


@dataclass(frozen=True, slots=True)
class Name:
    """A legal form (empty for people, sole traders included) and the words of the name."""

    form: str
    words: tuple[str, ...]

    @property
    def is_person(self) -> bool:
        """Whether it looks like surname, first name and patronymic."""
        return not self.form and len(self.words) == _PERSON_WORDS


def parse_name(text: str) -> Name | None:
    """The comparable form of a name, or None for an empty one."""
    joined = " ".join(fold_words(_SIDES.split(_INN_BEFORE.sub("", text), maxsplit=1)[0]))
    for long, short in _FORMS.items():
        joined = joined.replace(long, short)
    words = joined.split()
    form = ""
    kept: list[str] = []
    for word in words:
        if word in _COMPANY_FORMS and not form:
            form = word
        elif word not in _PERSON_FORMS and word not in _COMPANY_FORMS:
            kept.append(word)
    return Name(form, tuple(kept)) if kept else None


def short_forms(name: Name) -> list[tuple[str, str, str]]:
    """The keys under which a person may be met shortened."""
    if not name.is_person:
        return []
    surname, first, patronymic = name.words
    return [(first, patronymic, surname[0]), (surname, first[0], patronymic[0])]


def short_names_in(text: str) -> list[tuple[str, str, str]]:
    """Shortened names in a text: «Алла Андреевна М.», «Миронова А. А.»."""
    raised = upper(text)
    found = [*_FIRST_PATRONYMIC_INITIAL.findall(raised), *_SURNAME_INITIALS.findall(raised)]
    return [(str(one[0]), str(one[1]), str(one[2])) for one in found]


def full_names_in(text: str) -> list[Name]:
    """Every three neighbouring words, as a person's name to be looked up."""
    words = fold_words(text)
    return [
        Name("", tuple(words[at : at + _PERSON_WORDS]))
        for at in range(len(words) - _PERSON_WORDS + 1)
    ]
