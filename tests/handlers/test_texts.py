import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from confirmations.payments import Method
from confirmations.resolution import Ending
from handlers.build import build_dispatcher
from handlers.expense_line import BadDayReason
from handlers.menus import MENU_KEYS
from handlers.texts import FOLDER, Html, Texts
from ledger.money import BadAmountReason, Money
from ledger.pnl import Pnl
from store.records import Role, RuleKind
from usecases.access import Verb

HANDLERS = Path(__file__).parents[2] / "handlers"
TEXTS = Texts(ZoneInfo("Europe/Moscow"))
# Names in code that are built from a value of an enumeration.
FAMILIES = {
    "role-": Role,
    "welcome-": Role,
    "placeholder-": Role,
    "hint-": Role,
    "verb-": Verb,
    "method-": Method,
    "ended-": Ending,
    "already-": Ending,
    "bad-amount-": BadAmountReason,
    "bad-day-": BadDayReason,
    "lesson-": RuleKind,
}


class Variables(Visitor):
    """Collects the variables of a message."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(  # noqa: N802 - the visitor's own naming
        self, node: ast.VariableReference
    ) -> None:
        self.found.add(node.id.name)


def messages(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for file in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), (file.name, entry.content)
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, entry.id.name
                variables = Variables()
                variables.visit(entry)
                found[entry.id.name] = frozenset(variables.found)
    return found


def test_every_language_says_the_same_things_with_the_same_values():
    assert messages("en") == messages("ru")


@pytest.mark.parametrize(("prefix", "names"), FAMILIES.items())
def test_every_value_of_a_family_has_its_words(prefix, names):
    values = [prefix + one.value.replace("_", "-") for one in names]

    assert [name for name in values if not TEXTS.has(name)] == []


def test_every_key_of_every_menu_and_every_line_of_the_ladder_has_its_words():
    keys = [key for rows in MENU_KEYS.values() for row in rows for key in row]
    ladder = [f"pnl-{name.replace('_', '-')}" for name in Pnl().lines()]

    assert [name for name in [*keys, *ladder] if not TEXTS.has(name)] == []


def test_every_name_that_code_mentions_is_there_and_every_text_is_mentioned():
    code = "\n".join(file.read_text(encoding="utf-8") for file in HANDLERS.glob("*.py"))
    known = set(messages("ru"))
    calls = r"(?:html|plain|answer|tell|toast|alert|ask|_key|_pass_by)\(\s*(?:delivery, |texts, )?"
    named = set(re.findall(calls + r'"([a-z0-9-]+)"', code))
    built = {
        name
        for name in known
        if name.startswith((*FAMILIES, "pnl-", "statement-", "control-", "place-", "channel-"))
    }

    assert sorted(named - known) == []
    assert sorted(name for name in known - built if not re.search(f"[\"']{name}[\"']", code)) == []


def test_no_russian_words_in_the_code():
    for file in HANDLERS.glob("*.py"):
        code = re.sub(r'"""(?s:.*?)"""|#.*', "", file.read_text(encoding="utf-8"))
        words = set(re.findall(r"[а-яё]{3,}", code, re.IGNORECASE))

        assert words - {"сегодня", "вчера", "позавчера"} == set(), file.name


def test_values_are_said_as_people_write_them():
    at = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)

    text = TEXTS.html("handover-accepted", by="Ольга", at=at)
    card = TEXTS.html("cash-payment", amount=Money(750050), who="Иванов", day=date(2026, 3, 2))

    assert text == "✓ Принято: Ольга, 2 марта 2026, 18:04"
    assert card == "• <b>7\u00a0500,50\u00a0₽</b> — Иванов, 2 марта 2026"


def test_what_people_typed_means_itself_and_our_own_markup_stays():
    hostile = '<b>&"</b>'

    assert TEXTS.html("listed-payment", amount=Money(100), who=hostile).endswith(
        "&lt;b&gt;&amp;&quot;&lt;/b&gt;"
    )
    assert "<s><b>1</b></s>" in TEXTS.html("expense-undone-card", line=Html("<b>1</b>"))
    assert TEXTS.plain("bad-amount-unclear", text=hostile).count("<b>") == 1


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 перевод на"), (3, "3 перевода на"), (5, "5 переводов на"), (21, "21 перевод на")],
)
def test_numbers_agree_with_their_nouns(count, words):
    assert words in TEXTS.plain("cards-expected", count=count)


def test_the_english_bot_can_be_built_with_labels_of_its_own():
    english = Texts(ZoneInfo("Europe/Moscow"), "en")

    keys = [english.plain(key) for rows in MENU_KEYS.values() for row in rows for key in row]

    build_dispatcher(english)
    assert len(set(keys)) == len(
        {key for rows in MENU_KEYS.values() for row in rows for key in row}
    )
    assert english.day(date(2026, 3, 2)) == "2 March 2026"
