"""Every tidy rule bites: it is shown a sinner and a saint made up for it."""

import pytest

from tests.tidy import floors, habits, papers
from tests.tidy.source import Module, module_of

UP = module_of("store/rows.py", "from usecases.cards import facts_of\n")
DOWN = module_of("store/rows.py", "from ledger.money import Money\n")
TYPES_ONLY = module_of(
    "ledger/money.py",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from store.unit import UnitOfWork\n",
)
FACE_TO_FACE = module_of("handlers/links.py", "import cabinet.webhooks\n")
TALKING_STANDIN = module_of("sandbox/bank/book.py", "from ledger.money import Money\n")
LATE = module_of("usecases/cards.py", "def draw():\n    from handlers.draw import card\n")


@pytest.mark.parametrize("module", [UP, TYPES_ONLY, FACE_TO_FACE, TALKING_STANDIN, LATE])
def test_an_import_against_the_floor_plan_is_found(module: Module) -> None:
    (problem,) = floors.floor_problems([module])

    assert problem.startswith(module.path)


def test_an_import_down_the_floors_is_fine() -> None:
    assert not floors.floor_problems([DOWN])


def test_a_circle_of_imports_is_drawn() -> None:
    circle = [
        module_of("store/a.py", "from store.b import two\n"),
        module_of("store/b.py", "def one():\n    from store import c\n"),
        module_of("store/c.py", "import store.a\n"),
    ]

    assert floors.cycles(circle) == ["store.a -> store.b -> store.c -> store.a"]


def test_a_library_in_the_wrong_room_is_found() -> None:
    module = module_of(
        "usecases/cards.py", "import structlog\nfrom aiogram.types import Message\n"
    )

    (problem,) = floors.library_problems([module])

    assert "imports aiogram" in problem


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("import datetime\ndatetime.datetime.now()", "world.clock.Clock"),
        ("from datetime import datetime\nx = datetime.utcnow", "world.clock.Clock"),
        ("from datetime import date as day\nday.today()", "world.clock.Clock"),
        ("import datetime as dt\ndt.date.today()", "world.clock.Clock"),
        ("import time\ntime.time()", "world.clock.Clock"),
        ("from time import monotonic\nmonotonic()", "world.clock.Clock"),
        ("import asyncio\nasync def f():\n    await asyncio.sleep(1)", "await sleep()"),
        ("from asyncio import sleep\nsleep(1)", "await sleep()"),
        ("import uuid\nuuid.uuid4()", "world.identity.Ids"),
        ("from uuid import uuid4\nx = uuid4", "world.identity.Ids"),
        ("import secrets\nsecrets.token_hex()", "world.identity.Ids"),
        ("import random\nrandom.choice([1])", "world.identity.Chance"),
        ("from random import choice\nchoice([1])", "world.identity.Chance"),
        ("import os\nos.urandom(4)", "world.identity.Ids"),
    ],
)
def test_asking_the_machine_is_banned_with_what_to_use_instead(text: str, advice: str) -> None:
    (problem, *_) = habits.machine_calls([module_of("store/x.py", text)])

    assert advice in problem
    assert not habits.machine_calls([module_of("world/x.py", text)])


@pytest.mark.parametrize("text", ["datetime.fromisoformat(x)", "clock.now()", "asyncio.Event()"])
def test_what_only_looks_like_the_machine_is_fine(text: str) -> None:
    text = f"import asyncio\nfrom datetime import datetime\n{text}\n"

    assert not habits.machine_calls([module_of("store/x.py", text)])


@pytest.mark.parametrize("text", ["float(1)", "x: float", "x = 0.5", "x = 1e3"])
def test_float_is_found_as_a_word_and_as_a_literal(text: str) -> None:
    assert habits.float_problems([module_of("ledger/x.py", text)])


def test_waiting_in_a_pure_room_is_found() -> None:
    assert habits.async_problems([module_of("ledger/x.py", "async def f(): ...")])


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    try:\n        g()\n    except Exception:\n        pass",
        "def f():\n    try:\n        g()\n    except:\n        pass",
        "def f():\n    try:\n        g()\n    except (OSError, BaseException):\n        pass",
        "def f():\n    with contextlib.suppress(Exception):\n        g()",
    ],
)
def test_catching_everything_is_found(text: str) -> None:
    assert habits.broad_excepts([module_of("store/x.py", text)]) == ["store/x.py:f"]


def test_catching_everything_in_the_body_of_a_module_is_found() -> None:
    text = "try:\n    import x\nexcept Exception:\n    x = None"

    assert habits.broad_excepts([module_of("store/x.py", text)]) == ["store/x.py:<module>"]


def test_notes_to_oneself_are_found() -> None:
    assert habits.leftovers([("docs/a.md", "fine\n# TODO later")]) == [
        "docs/a.md:2: a note to oneself is no code: do it or open an issue"
    ]


@pytest.mark.parametrize(
    ("comment", "sins"),
    [
        ("# noqa", True),
        ("# noqa: S105", True),
        ("# noqa: S105 - a word, not a secret", False),
        ("# type: ignore", True),
        ("# type: ignore[misc]", True),
        ("# type: ignore[misc]  # forbidden on purpose", False),
    ],
)
def test_a_switch_without_a_reason_is_found(comment: str, *, sins: bool) -> None:
    module = module_of("store/x.py", f"x = 1  {comment}\n")

    assert bool(habits.suppressions_without_reason([module])) is sins


def test_missing_docstrings_are_found_down_to_the_methods() -> None:
    text = '"""A."""\nclass B:\n    """B."""\n    def c(self): ...\n    def _d(self): ...\n'

    assert habits.docstring_problems([module_of("store/x.py", text)]) == [
        "store/x.py:4: c has no docstring"
    ]


def test_a_list_of_offers_that_lies_is_found() -> None:
    text = '__all__ = ["here", "gone"]\ndef here(): ...\n'

    assert habits.listing_problems([module_of("store/x.py", text)]) == [
        "store/x.py: __all__ names gone, which is not there"
    ]
    assert habits.listing_problems([module_of("store/x.py", "def a(): ...")])


@pytest.mark.parametrize("name", ["txn", "last_txn", "TxnList", "sum_", "bank_row"])
def test_a_word_that_is_not_of_the_house_is_found(name: str) -> None:
    forbidden = {"txn": "operation", "sum_": "amount", "bank_row": "statement_line"}

    assert habits.synonyms([module_of("store/x.py", f"{name} = 1")], forbidden)


def test_a_longer_word_that_holds_a_forbidden_one_is_fine() -> None:
    module = module_of("store/x.py", "extxnal = summary = bank_rows = 1")

    assert not habits.synonyms([module], {"txn": "operation", "sum_": "amount"})


def test_the_glossary_says_which_words_are_forbidden() -> None:
    table = "| Русское | English | Code | Never |\n|---|---|---|---|\n| касса | desk | `desk` | `till` |"

    assert papers.forbidden_words(table) == {"till": "desk"}


@pytest.mark.parametrize(
    "text",
    [
        "see https://pypi.org/x",
        "pip install --" + "index-url here",
        "open('/root/thing')",
        "at /" + "work/main",
        "1234567890:AA" + "b" * 33,
        "-----BEGIN PRIVATE KEY-----\n" + "M" * 24,
        "eyJ" + "a" * 20 + "." + "b" * 20 + "." + "c" * 20,
    ],
)
def test_what_must_not_be_committed_is_found(text: str) -> None:
    assert papers.strangers([("README.md", text)])


@pytest.mark.parametrize("text", ["a/home/anna", "/usr/lib/postgresql", "homework/", "$ROOT/root"])
def test_ordinary_paths_are_fine(text: str) -> None:
    assert not papers.strangers([("README.md", text)])


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("ledger/money.py", "tests/ledger/test_money.py"),
        ("banking/formats/read.py", "tests/banking/formats/test_read.py"),
        ("crm_sync/amocrm/client.py", "tests/crm_sync/test_amocrm_client.py"),
        ("sandbox/telegram/files.py", "tests/sandbox/test_telegram_people.py"),
    ],
)
def test_a_module_is_tested_by_a_file_of_its_name(module: str, test: str) -> None:
    deciding = module_of(module, "if 1: pass")

    assert not papers.untested([deciding], [module_of(test, "")])
    assert papers.untested([deciding], [module_of("tests/store/test_other.py", "")]) == [module]


def test_a_module_is_tested_by_a_test_of_its_room_that_imports_it() -> None:
    deciding = module_of("store/people.py", "if 1: pass")
    text = "from store.people import People"

    assert not papers.untested([deciding], [module_of("tests/store/test_other.py", text)])
    assert papers.untested([deciding], [module_of("tests/ledger/test_other.py", text)])


def test_records_need_no_tests_of_their_own() -> None:
    assert not papers.untested([module_of("store/records.py", "class A:\n    b: int")], [])


def test_the_newest_version_is_the_first_heading() -> None:
    assert papers.newest_version("# Что нового\n\n## 0.2.0 — март\n\n## 0.1.0\n") == "0.2.0"
