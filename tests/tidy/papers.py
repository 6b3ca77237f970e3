"""Rules about what is not code: the papers of the project and what no committed file may hold."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from tests.tidy.floors import imported
from tests.tidy.source import ROOT, Module, read_text

__all__ = [
    "REQUIREMENT",
    "declared",
    "forbidden_words",
    "import_name",
    "newest_version",
    "project",
    "strangers",
    "text_files",
    "untested",
]

# Written in two halves, so that this file does not hold what it looks for.
ADDRESSES = {
    "an address of a package registry": r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.org",
    "a setting of a package registry": r"--(?:extra-)?ind"
    r"ex-url|--find-"
    r"links|trusted-"
    r"host",
    "a path of one machine": r"(?<![\w.$~{}-])/(?:ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+|wo" r"rk)/",
    "a bot token": r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b",
    "a private key": r"-----BE" r"GIN [A-Z ]*PRIVATE KEY-----\s*(?:\\n)?[A-Za-z0-9+/=]{20}",
    "a signed token": r"\bey" r"J[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    "a key of a cloud": r"\b(?:AI"
    r"za[A-Za-z0-9_-]{35}|AK"
    r"IA[A-Z0-9]{16}|ya"
    r"29\.[\w-]{20,})",
}
# Distributions whose import has another name.
IMPORT_NAMES = {
    "fluent.runtime": "fluent",
    "google-api-python-client": "googleapiclient",
    "google-auth": "google",
    "mt-940": "mt940",
    "python-stdnum": "stdnum",
}
VERSION = re.compile(r"^## +\[?v?(\d+\.\d+\.\d+)", re.MULTILINE)
REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")
DECIDING = (
    ast.If,
    ast.IfExp,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.Match,
    ast.With,
    ast.AsyncWith,
    ast.Await,
    ast.comprehension,
    ast.BoolOp,
)
CODE = re.compile(r"`([^`]+)`")


def project() -> dict[str, Any]:
    """`pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared(*extras: str) -> list[str]:
    """The names of the dependencies of some extras; of everything when none is named."""
    given = project()["project"]
    optional = given["optional-dependencies"]
    lines = [] if extras else [*given["dependencies"]]
    for extra in extras or optional:
        lines += optional[extra]
    return [REQUIREMENT.findall(one)[0] for one in lines]


def import_name(dependency: str) -> str:
    """What a dependency is called in an import."""
    return IMPORT_NAMES.get(dependency, dependency.replace("-", "_"))


def newest_version(changelog: str) -> str:
    """The version of the first heading of a changelog."""
    found = VERSION.search(changelog)
    assert found, "CHANGELOG.md has no heading like `## 0.1.0`"
    return found[1]


def strangers(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Addresses, machine paths and secrets in texts given as (path, text)."""
    problems = []
    for path, text in texts:
        for what, pattern in ADDRESSES.items():
            for found in re.finditer(pattern, text):
                line = text.count("\n", 0, found.start()) + 1
                problems.append(f"{path}:{line}: {what}: {found[0][:12]}…")
    return problems


def forbidden_words(glossary: str) -> dict[str, str]:
    """The glossary's last column, «Never», against its column «Code»: bad word to good word."""
    words = {}
    for line in glossary.splitlines():
        cells = [one.strip() for one in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4:
            for bad in CODE.findall(cells[3]):
                words[bad] = ", ".join(CODE.findall(cells[2]))
    return words


def untested(modules: Iterable[Module], suites: Iterable[Module]) -> list[str]:
    """Modules that no test is about; those that only declare things need none.

    `room/part/thing.py` is tested by `tests/room/**/test_thing.py`, by `test_part_thing.py`, or by
    a test of its room, or a helper of one, that imports it.
    """
    tests = list(suites)
    paths = [PurePosixPath(one.path) for one in tests]
    called = {
        (one.path.split("/")[1], target)
        for one in tests
        for _, name in imported(one)
        for target in (name, name.rpartition(".")[0])
    }
    return [
        one.path
        for one in modules
        if not _only_declares(one)
        and (one.room, one.name) not in called
        and not any(_tests(path, one) for path in paths)
    ]


def text_files(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Committed files that are texts, as (path, text)."""
    read = ((one, read_text(one)) for one in paths)
    return [(path, text) for path, text in read if text is not None]


def _only_declares(module: Module) -> bool:
    """Records, protocols, tables, texts: nothing in the module decides anything."""
    return not any(isinstance(one, DECIDING) for one in module.nodes)


def _tests(test: PurePosixPath, module: Module) -> bool:
    parts = PurePosixPath(module.path).with_suffix("").parts
    if not test.name.startswith("test_") or test.parts[:2] != ("tests", parts[0]):
        return False
    topic = test.stem.removeprefix("test_")
    if topic in {parts[-1], "_".join(parts[1:]), "_".join(parts[-2:])}:
        return True
    # The stand-ins are tested over the wire, topic by topic, never module by module.
    return parts[0] == "sandbox" and len(parts) > 2 and topic.startswith(parts[1])
