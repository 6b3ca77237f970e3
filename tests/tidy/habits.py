"""Habits of the house as rules over syntax trees; each returns one sentence for each sinner."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.tidy.source import Module

__all__ = [
    "async_problems",
    "broad_excepts",
    "docstring_problems",
    "float_problems",
    "leftovers",
    "listing_problems",
    "machine_calls",
    "suppressions_without_reason",
    "synonyms",
]

CLOCK = "take a world.clock.Clock and call now()"
SLEEP = "take a world.clock.Clock and await sleep()"
IDS = "take world.identity.Ids"
CHANCE = "take world.identity.Chance"
# Calls that ask the machine, under their full names, and what to use instead.
MACHINE: dict[str, str] = {
    "datetime.datetime.now": CLOCK,
    "datetime.datetime.utcnow": CLOCK,
    "datetime.datetime.today": CLOCK,
    "datetime.date.today": CLOCK,
    "time.sleep": SLEEP,
    "asyncio.sleep": SLEEP,
    "uuid.uuid1": IDS,
    "uuid.uuid4": IDS,
    "os.urandom": IDS,
}
# Modules whose every use asks the machine.
MACHINE_MODULES = {"time": CLOCK, "random": CHANCE, "secrets": IDS}
LEFTOVERS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
NOQA = re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)* - \S)")
IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\]  # \S)")
BROAD = {"Exception", "BaseException"}
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def machine_calls(modules: Iterable[Module]) -> list[str]:
    """Time, identity and chance are arguments: only `world` may ask the machine for them."""
    problems = []
    for module in modules:
        names = _full_names(module)
        for node in module.nodes:
            full = _dotted(node, names)
            if full is None:
                continue
            advice = MACHINE.get(full) or MACHINE_MODULES.get(full.partition(".")[0])
            if advice and module.room != "world":
                problems.append(f"{module.at(node)}: {full} is banned, {advice}")
    return problems


def float_problems(modules: Iterable[Module]) -> list[str]:
    """Money is whole numbers of kopecks: neither the word `float` nor a literal with a point."""
    return [
        f"{module.at(node)}: float is banned here, money is whole kopecks (ledger.money.Money)"
        for module in modules
        for node in module.nodes
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


def async_problems(modules: Iterable[Module]) -> list[str]:
    """The pure rooms decide; they never wait."""
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    return [
        f"{module.at(node)}: nothing waits in {module.room}, a use case loads and stores"
        for module in modules
        for node in module.nodes
        if isinstance(node, waits)
    ]


def broad_excepts(modules: Iterable[Module]) -> list[str]:
    """Handlers that catch everything, by the name of the function they stand in."""
    return [
        function.name
        for module in modules
        for function in module.functions
        for node in ast.walk(function.node)
        if _is_broad(node)
    ] + [f"{one.path}:<module>" for one in modules for node in one.tree.body if _broad_below(node)]


def leftovers(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Notes to oneself and stubs."""
    return [
        f"{path}:{number}: a note to oneself is no code: do it or open an issue"
        for path, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if LEFTOVERS.search(line)
    ]


def suppressions_without_reason(modules: Iterable[Module]) -> list[str]:
    """A switched-off rule names the rule and says why."""
    return [
        f"{module.path}:{number}: write `noqa: CODE - reason`, `type: ignore[code]  # reason`"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if NOQA.search(line) or IGNORE.search(line)
    ]


def docstring_problems(modules: Iterable[Module]) -> list[str]:
    """Every module has a docstring; so has every public class, function and method."""
    problems = [f"{one.path}: no docstring" for one in modules if not ast.get_docstring(one.tree)]
    for module in modules:
        problems += [
            f"{module.at(node)}: {node.name} has no docstring"
            for node in _public(module.tree)
            if not ast.get_docstring(node) and not _is_told_elsewhere(node)
        ]
    return problems


def listing_problems(modules: Iterable[Module]) -> list[str]:
    """`__all__` stands in every module that offers something, sorted and true."""
    problems = []
    for module in modules:
        offered = {node.name for node in module.tree.body if isinstance(node, _NAMED)}
        listed = _listed(module.tree)
        if listed is None and any(not name.startswith("_") for name in offered):
            problems.append(f"{module.path}: no __all__")
        problems += [
            f"{module.path}: __all__ names {name}, which is not there"
            for name in sorted(set(listed or ()) - _bound(module.tree))
        ]
    return problems


def synonyms(modules: Iterable[Module], forbidden: dict[str, str]) -> list[str]:
    """Names that use another word for a notion than the glossary's.

    `forbidden` maps a word (or several joined by `_`) to the word of the house.
    """
    problems = []
    for module in modules:
        for node, name in _names(module):
            words = f"_{'_'.join(one.lower() for one in WORD.findall(name))}_"
            for bad, good in forbidden.items():
                if f"_{bad}_" in words or name == bad:
                    problems.append(f"{module.at(node)}: {name}: the house says {good}")
    return problems


_Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _full_names(module: Module) -> dict[str, str]:
    """What the names of a module mean: `now = datetime.now` is not followed, imports are."""
    meant = {}
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                meant[one.asname or one.name.partition(".")[0]] = one.name
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                meant[one.asname or one.name] = f"{node.module}.{one.name}"
    return meant


def _dotted(node: ast.AST, meant: dict[str, str]) -> str | None:
    """The full name of an expression like `datetime.now`; of a bare name, if it was imported."""
    if isinstance(node, ast.Name):
        return meant.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, meant)
        return f"{owner}.{node.attr}" if owner else None
    return None


def _is_broad(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is None or any(
            isinstance(one, ast.Name) and one.id in BROAD for one in ast.walk(node.type)
        )
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
        return any(isinstance(one, ast.Name) and one.id in BROAD for one in node.args)
    return False


def _broad_below(node: ast.stmt) -> bool:
    return not isinstance(node, _NAMED) and any(_is_broad(one) for one in ast.walk(node))


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[_Named]:
    for node in tree.body:
        if isinstance(node, _NAMED) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _is_told_elsewhere(node: ast.AST) -> bool:
    """A setter belongs to its property, an overload to its function."""
    marks = {ast.unparse(one) for one in getattr(node, "decorator_list", [])}
    return any(one in {"overload", "override"} or one.endswith(".setter") for one in marks)


def _listed(tree: ast.Module) -> tuple[str, ...] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return tuple(ast.literal_eval(node.value))
    return None


def _bound(tree: ast.Module) -> set[str]:
    names = {node.name for node in tree.body if isinstance(node, _NAMED)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {one.asname or one.name for one in node.names}
    return names


def _names(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """The names that a module gives: of functions, parameters, classes, variables, fields."""
    for node in module.nodes:
        if isinstance(node, _NAMED):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id
