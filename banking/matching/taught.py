"""What the accountant taught about wordings: which rules fire on a text, and what they say.

«аренда офиса» -> 402, «аренда» -> 401     the longer wording speaks for «аренда офиса за март»
«реклама» -> 501, «аренда» -> 401          both in one text: they contradict, nobody decides
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banking.matching.folding import lower
from banking.matching.records import Reason, ReasonCode, TaughtKind, TaughtRule

__all__ = ["Firing", "Wordings", "fired"]


@dataclass(frozen=True, slots=True)
class Firing:
    """The rules that fired on one text; `article` is None when they contradict each other."""

    reasons: tuple[Reason, ...]
    article: int | None

    @property
    def is_clear(self) -> bool:
        """Whether the rules agree."""
        return self.article is not None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Taught wordings, folded once."""

    rules: tuple[tuple[str, TaughtRule], ...]

    @classmethod
    def of(cls, rules: Iterable[TaughtRule]) -> "Wordings":
        """Rules whose target is the number of an article; others say nothing."""
        wordings = (one for one in rules if one.kind is TaughtKind.WORDING)
        folded = ((lower(one.pattern).strip(), one) for one in wordings if one.target.isdigit())
        return cls(tuple((pattern, one) for pattern, one in folded if pattern))

    def fire(self, purpose: str) -> Firing | None:
        """What the rules say of the purpose; a wording inside a longer one is silent."""
        text = lower(purpose)
        found = [(pattern, one) for pattern, one in self.rules if _stands_in(pattern, text)]
        speaking = [
            one
            for pattern, one in found
            if not any(pattern != other and pattern in other for other, _ in found)
        ]
        if not speaking:
            return None
        articles = {one.target for one in speaking}
        return Firing(
            tuple(
                Reason(ReasonCode.TAUGHT_WORDING, (one.pattern, str(one.id), one.target))
                for one in speaking
            ),
            int(articles.pop()) if len(articles) == 1 else None,
        )


def fired(reasons: Sequence[Reason]) -> tuple[int, ...]:
    """The ids of the taught rules behind these reasons."""
    taught = {ReasonCode.TAUGHT_PAYER, ReasonCode.TAUGHT_WORDING}
    return tuple(dict.fromkeys(int(one.facts[1]) for one in reasons if one.code in taught))


def _stands_in(pattern: str, text: str) -> bool:
    """Whether the words begin where a word of the text begins."""
    at = text.find(pattern)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(pattern, at + 1)
    return at >= 0
