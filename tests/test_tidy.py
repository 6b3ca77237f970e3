"""The repository checks itself: the habits of the house, each rule with what to do instead.

Who breaks a rule already stands in a list here, by name and with its present size. The lists may
only shrink: a sinner that got better must leave the list or have its number lowered.
"""

import os
import subprocess
import sys
from importlib import metadata

import pytest

from tests.tidy import floors, habits, papers
from tests.tidy.source import ROOMS, ROOT, Module, committed_files, product, suites

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
TEST_LINES_MAX = 40
PARAMETERS_MAX = 6
DOOR_LINES_MAX = 29
HOUSE_LINES_MAX = 149
IMPORT_TIMEOUT_S = 120

# Migrations are records of what was done, not code to be read often: they have no length.
LONG_FUNCTIONS: dict[str, int] = {}
LONG_FILES: dict[str, int] = {}
LONG_TESTS = {
    "tests/handlers/test_handover.py:test_cash_goes_from_the_manager_to_the_desk_by_a_link": 51,
    "tests/handlers/test_handover.py:test_chosen_payments_are_handed_over_and_taken_back": 42,
    "tests/handlers/test_owner.py:test_the_day_and_the_month_in_short": 42,
}
# The only places where whatever goes wrong is caught, logged with its number and survived.
LAST_RESORTS = {"app/loops.py:_run", "handlers/worker.py:_work"}
# The options of a command are what people type.
MANY_PARAMETERS = {"app/commands/demo.py:command": 7, "app/commands/report.py:command": 9}
# Commands that talk to Telegram, or draw what it was told.
NEED_THE_BOT = {"app.commands.audit", "app.commands.demo", "app.commands.run"}
# Reached by the tests of their callers only; one name a line.
UNTESTED_FILE = ROOT / "tests" / "tidy" / "untested.txt"
# Drivers and data that are loaded by name, never by an import of ours.
LOADED_BY_NAME = {"aiosqlite", "asyncpg", "tzdata", "google-api-python-client"}
# Imported without a line of their own in pyproject.toml: they always come with another one.
COME_WITH = {
    "multidict": "aiohttp",
    "urllib3": "requests",
    "cryptography": "google-auth",
}
# Declared for what is not built yet.
NOT_USED_YET: set[str] = set()

# Holds a sample of every sin.
SAMPLES = "tests/tidy/test_rules.py"
FEEDS = "banking/feeds/"
MONEY_ROOMS = {"ledger", "confirmations", "banking", "store", "usecases", "crm_sync"}
HEAVY = {"aiogram", "formualizer", "googleapiclient", "playwright", "hypothesis", "pytest"}


def code() -> list[Module]:
    return [one for one in product() if "/migrations/" not in one.path]


def rooms(*names: str) -> list[Module]:
    return [one for one in code() if one.room in names]


def texts() -> list[tuple[str, str]]:
    return papers.text_files(one for one in committed_files() if one != SAMPLES)


def none(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(["", *problems]), pytrace=False)


def test_assertions_are_on() -> None:
    optimized = sys.flags.optimize or os.environ.get("PYTHONOPTIMIZE")

    assert not optimized, "never run with -O: the assertions of the books must stay on"


def test_imports_only_go_down_the_floors() -> None:
    none(floors.floor_problems(product()))


def test_no_imports_in_circles() -> None:
    none(floors.cycles(product()))


def test_each_room_knows_only_its_libraries() -> None:
    none(floors.library_problems(product()))


def test_the_pure_rooms_never_wait() -> None:
    pure = rooms("ledger", "confirmations", "banking")
    none(habits.async_problems(one for one in pure if not one.path.startswith(FEEDS)))


def test_only_the_world_asks_the_machine_for_time_identity_and_chance() -> None:
    none(habits.machine_calls(product()))


def test_no_float_comes_near_money() -> None:
    none(habits.float_problems(rooms(*MONEY_ROOMS)))


def test_functions_are_short() -> None:
    measured = {
        one.name: one.lines
        for module in code()
        for one in module.functions
        if one.lines > FUNCTION_LINES_MAX
    }

    assert measured == LONG_FUNCTIONS


def test_files_are_short() -> None:
    measured = {one.path: one.lines for one in (*code(), *suites()) if one.lines > FILE_LINES_MAX}

    assert measured == LONG_FILES


def test_tests_are_short() -> None:
    measured = {
        one.name: one.lines
        for module in suites()
        for one in module.functions
        if one.node.name.startswith("test_") and one.lines > TEST_LINES_MAX
    }

    assert measured == LONG_TESTS


def test_more_parameters_than_six_are_a_record() -> None:
    measured = {
        one.name: one.parameters
        for module in product()
        for one in module.functions
        if one.parameters > PARAMETERS_MAX
    }

    assert measured == MANY_PARAMETERS


def test_everything_is_caught_only_by_the_last_resorts() -> None:
    assert set(habits.broad_excepts(product())) == LAST_RESORTS


def test_no_notes_to_oneself_are_left() -> None:
    none(habits.leftovers(texts()))


def test_a_rule_is_switched_off_only_with_a_reason() -> None:
    modules = [one for one in (*product(), *suites()) if one.path != SAMPLES]

    none(habits.suppressions_without_reason(modules))


def test_everything_public_is_documented() -> None:
    none(habits.docstring_problems(code()))


def test_every_module_says_what_it_offers() -> None:
    none(habits.listing_problems(code()))


def test_one_word_for_one_notion() -> None:
    forbidden = papers.forbidden_words((ROOT / "docs" / "glossary.md").read_text("utf-8"))

    assert len(forbidden) >= 20
    none(habits.synonyms(product(), forbidden))


def test_the_door_and_the_composition_root_are_small() -> None:
    sizes = {one.path: one.lines for one in product()}

    assert sizes["bot.py"] <= DOOR_LINES_MAX
    assert sizes["app/house.py"] <= HOUSE_LINES_MAX


def test_importing_touches_nothing() -> None:
    printed = imported_alone([one.name for one in code()])

    none(printed[:-1])


def test_only_what_needs_the_bot_costs_aiogram() -> None:
    light = rooms(*(one for one in floors.LIBRARIES if one not in {"handlers", "app", "sandbox"}))
    commands = [one for one in product() if one.path.startswith("app/commands/")]
    names = [one.name for one in (*light, *commands)]

    loaded = set(imported_alone([one for one in names if one not in NEED_THE_BOT])[-1].split())

    assert not loaded & HEAVY


def test_every_module_has_its_tests() -> None:
    untested = set(papers.untested(code(), suites()))
    listed = set(UNTESTED_FILE.read_text("utf-8").split())

    none([f"{one}: no test has its name or imports it" for one in sorted(untested - listed)])
    none([f"{one} is tested or gone: strike it out" for one in sorted(listed - untested)])


def test_the_version_is_the_newest_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert papers.project()["project"]["version"] == papers.newest_version(changelog)


def test_every_dependency_is_a_decision() -> None:
    decisions = (ROOT / "docs" / "decisions.md").read_text("utf-8")

    none(
        [
            f"docs/decisions.md has no line for `{one}`"
            for one in papers.declared()
            if f"`{one}`" not in decisions
        ]
    )


def test_every_dependency_is_used_and_everything_used_is_declared() -> None:
    names = {papers.import_name(one): one for one in papers.declared()}
    tools = {papers.import_name(one) for one in papers.declared("dev")}
    imported = {floors.top(target) for one in product() for _, target in floors.imported(one)}
    used = imported - set(sys.stdlib_module_names) - {*ROOMS, "bot"}

    assert used <= {*names, *COME_WITH}
    unused = {one for name, one in names.items() if name not in used | tools}
    assert unused - LOADED_BY_NAME == NOT_USED_YET


@pytest.mark.parametrize(("library", "bringer"), COME_WITH.items())
def test_what_comes_with_another_really_does(library: str, bringer: str) -> None:
    brought = {
        one
        for line in metadata.requires(bringer) or ()
        for one in papers.REQUIREMENT.findall(line)[:1]
    }

    assert library in brought


def test_no_committed_file_names_a_registry_a_machine_or_a_secret() -> None:
    none(papers.strangers(texts()))


def test_the_lock_file_has_a_hash_for_everything() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text("utf-8")
    pinned = [one for one in lock.splitlines() if one and not one.startswith((" ", "#", "-"))]

    none([f"{one} without a hash" for one in pinned if not one.endswith("\\")])
    for name in papers.declared():
        assert any(
            one.startswith((f"{name}==", f"{name.replace('.', '-')}==")) for one in pinned
        ), name


def imported_alone(names: list[str]) -> list[str]:
    """What a fresh process prints that imports these modules."""
    command = [sys.executable, "-B", "-W", "ignore", "-m", "tests.tidy.imports_alone", *names]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=IMPORT_TIMEOUT_S, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()
