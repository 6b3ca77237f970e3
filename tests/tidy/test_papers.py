"""The papers tell the truth: what they name is there, and what is there is named."""

import re
from collections.abc import Iterator

import pytest

from app.main import COMMANDS
from tests.tidy.source import ROOMS, ROOT, committed_files, product

PAPERS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md")
SPECS = ("docs/spec-posting.md", "docs/spec-matching.md", "docs/glossary.md")
SPOKEN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:[a-z_]+/)+[a-z_0-9.]+|[a-zA-Z_.]+\.(?:md|toml|py)")
POINT = re.compile(r'reached\(f?"([^"]+)"')
# Made by people or by the product, never committed.
MADE_LATER = {"config.toml", "var/kopeyka.db", "tests/fakes", "key.json"}


@pytest.mark.parametrize("paper", [*PAPERS, *SPECS])
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    missing = [one for one in _paths(paper) if not _exists(one)]

    assert [one for one in missing if one not in MADE_LATER] == []


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [one for one in COMMANDS if f"`{one}" not in text] == []


def test_the_readme_names_only_targets_that_make_knows() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    named = set(re.findall(r"make ([a-z-]+)`", text)) | set(re.findall(r"^make ([a-z-]+)$", text))
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert named
    assert named <= known


def test_the_architecture_has_a_line_for_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert [one for one in (*ROOMS, "bot.py") if f"`{one}" not in text] == []


def test_the_architecture_names_every_kill_point() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    points = {point for one in product() for point in POINT.findall(one.text)}

    assert points
    assert [one for one in points if not _is_told(one, text)] == []


def test_the_owners_paragraph_comes_first_and_is_in_russian() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n")[1]

    assert len(re.findall("[а-яё]", first)) > 200


def test_nothing_is_committed_that_the_product_makes_for_itself() -> None:
    made = ("var/", ".venv/", "demo-out/", "htmlcov/")

    assert [one for one in committed_files() if one.startswith(made) or one.endswith(".pyc")] == []


def _paths(paper: str) -> Iterator[str]:
    text = (ROOT / paper).read_text(encoding="utf-8")
    for spoken in SPOKEN.findall(text):
        if PATH.fullmatch(spoken):
            yield spoken


def _exists(spoken: str) -> bool:
    """A file by its path, by its bare name, or a function as `room/module.function`."""
    if (ROOT / spoken).exists():
        return True
    if "/" not in spoken:
        return any(one.endswith(f"/{spoken}") for one in committed_files())
    module, _, name = spoken.rpartition(".")
    text = next((one.text for one in product() if one.path == f"{module}.py"), "")
    return re.search(rf"^(?:async )?(?:def|class) {name}\b", text, re.MULTILINE) is not None


def _is_told(point: str, text: str) -> bool:
    """Whether a point stands in the table; those of commits stand there as a pattern."""
    what, _, moment = point.rpartition(":")
    is_pattern = moment in {"before-commit", "after-commit"} or "{" in what
    return moment in text and (is_pattern or f"`{what}:" in text)
