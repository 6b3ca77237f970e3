"""The floor plan as a table: which room may import which, and which libraries it may know.

    app                 the composition root and the commands    everything
    handlers, cabinet   two faces of the use cases               never each other
    crm_sync, sheets, banking.feeds   the ways in and out        never each other
    usecases            what a person may ask for
    store               how it is kept                           the only SQL
    confirmations, banking.formats, banking.matching             pure
    ledger              what is true about the money             the standard library only
    world               time, identity, chance                   may be imported by all but the pure

The names are the longest prefix that matches: `sandbox.demo` is the demo script, which may use
the floors below; every other part of `sandbox` knows the wire only.
"""

import ast
import sys
from collections.abc import Iterable, Iterator

from tests.tidy.source import ROOMS, Module

__all__ = [
    "LIBRARIES",
    "MAY_IMPORT",
    "cycles",
    "floor_problems",
    "imported",
    "library_problems",
    "top",
]

PURE = ("ledger", "confirmations", "banking.formats", "banking.matching")
RECORDS = ("world", *PURE, "store", "usecases")
BELOW_THE_FACES = (*RECORDS, "crm_sync", "sheets", "banking.feeds")
STANDINS = (
    "sandbox.amocrm",
    "sandbox.bank",
    "sandbox.google_sheets",
    "sandbox.modulbank",
    "sandbox.tbank",
    "sandbox.telegram",
)

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "world": (),
    "ledger": (),
    "confirmations": ("ledger",),
    "banking": (),
    "banking.formats": ("ledger",),
    "banking.matching": ("ledger", "banking.formats"),
    "banking.feeds": ("world", "ledger", "banking.formats", "store", "usecases"),
    "store": ("world", "ledger", "confirmations"),
    "usecases": ("world", *PURE, "store"),
    "crm_sync": ("world", "ledger", "confirmations", "store", "usecases"),
    "sheets": ("world", "ledger", "store", "usecases"),
    "handlers": RECORDS,
    "cabinet": RECORDS,
    # Stand-ins know the wire; what is shared between them lies beside them.
    **dict.fromkeys(STANDINS, ("world", "sandbox")),
    "sandbox": ("world", *STANDINS),
    "sandbox.demo": (*BELOW_THE_FACES, "sandbox", *STANDINS),
    "app": (*BELOW_THE_FACES, "handlers", "cabinet", "sandbox", "sandbox.demo", *STANDINS),
    "bot": ("app",),
}

# What is not named here, a room does not import: a new library is a decision.
LIBRARIES: dict[str, frozenset[str]] = {
    "world": frozenset(),
    "ledger": frozenset(),
    "confirmations": frozenset(),
    "banking": frozenset(),
    "banking.formats": frozenset({"lxml", "mt940", "openpyxl", "stdnum"}),
    "banking.feeds": frozenset({"aiohttp", "structlog"}),
    "banking.matching": frozenset(),
    "store": frozenset({"sqlalchemy", "alembic", "structlog"}),
    "usecases": frozenset({"openpyxl", "structlog"}),
    "crm_sync": frozenset({"aiohttp", "structlog"}),
    "sheets": frozenset({"gspread", "google", "requests", "urllib3", "openpyxl", "structlog"}),
    "handlers": frozenset({"aiogram", "babel", "fluent", "structlog"}),
    "cabinet": frozenset({"aiohttp", "babel", "fluent", "structlog"}),
    "sandbox": frozenset(
        {
            "aiohttp",
            "babel",
            "cryptography",
            "formualizer",
            "googleapiclient",
            "multidict",
            "openpyxl",
            "requests",
        }
    ),
    "app": frozenset(
        {
            "aiogram",
            "aiohttp",
            "alembic",  # app/books.py turns what a database says into sentences, as with the next
            "asyncpg",
            "sqlalchemy",
            "apscheduler",
            "google",
            "gspread",
            "openpyxl",
            "pydantic",
            "requests",
            "rich",
            "structlog",
            "typer",
        }
    ),
    "bot": frozenset(),
}


def floor_problems(modules: Iterable[Module]) -> list[str]:
    """Every import of ours that goes up, sideways or where the table does not let it."""
    problems = []
    for module in modules:
        here = _place(module.name, MAY_IMPORT)
        for node, target in imported(module):
            if top(target) not in (*ROOMS, "bot"):
                continue
            there = _place(target, MAY_IMPORT)
            if there != here and there not in MAY_IMPORT[here]:
                allowed = ", ".join(MAY_IMPORT[here]) or "nothing of ours"
                problems.append(f"{module.at(node)} imports {target}; {here} may import {allowed}")
    return problems


def library_problems(modules: Iterable[Module]) -> list[str]:
    """Every import of a library that the room has no business with."""
    problems = []
    for module in modules:
        here = _place(module.name, LIBRARIES)
        for node, target in imported(module):
            library = top(target)
            if library in (*ROOMS, "bot") or library in sys.stdlib_module_names:
                continue
            if library not in LIBRARIES[here]:
                known = ", ".join(sorted(LIBRARIES[here])) or "the standard library only"
                problems.append(f"{module.at(node)} imports {library}; {here} knows {known}")
    return problems


def cycles(modules: Iterable[Module]) -> list[str]:
    """Import circles between modules, imports for types and inside functions included."""
    known = {one.name: one for one in modules}
    graph = {
        name: sorted({_module(target, known) for _, target in imported(one)} & set(known))
        for name, one in known.items()
    }
    found: list[str] = []
    done: set[str] = set()
    for start in graph:
        _walk(start, graph, [], done, found)
    return found


def imported(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Everything a module imports, wherever the statement stands, with the names it takes."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node)}: write imports in full"
            yield from ((node, f"{node.module}.{one.name}") for one in node.names)


def top(name: str) -> str:
    """The first part of a dotted name: the room or the library."""
    return name.partition(".")[0]


def _place(name: str, table: dict[str, tuple[str, ...]] | dict[str, frozenset[str]]) -> str:
    parts = name.split(".")
    while parts:
        if ".".join(parts) in table:
            return ".".join(parts)
        parts.pop()
    raise AssertionError(f"{name} has no line in the floor plan")


def _module(target: str, known: dict[str, Module]) -> str:
    """The module an import reaches: `store.unit.UnitOfWork` is `store.unit`."""
    return target if target in known else target.rpartition(".")[0]


def _walk(
    name: str, graph: dict[str, list[str]], path: list[str], done: set[str], found: list[str]
) -> None:
    if name in path:
        found.append(" -> ".join([*path[path.index(name) :], name]))
        return
    if name in done:
        return
    for target in graph[name]:
        if target != name:
            _walk(target, graph, [*path, name], done, found)
    done.add(name)
