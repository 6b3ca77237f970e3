"""The project's own text as the tidy rules read it: modules with their trees, committed files."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

__all__ = [
    "ROOMS",
    "ROOT",
    "Function",
    "Module",
    "committed_files",
    "module_of",
    "product",
    "read_text",
    "suites",
]

ROOT = Path(__file__).resolve().parents[2]
# From the ground upwards.
ROOMS = (
    "world",
    "ledger",
    "confirmations",
    "banking",
    "store",
    "usecases",
    "crm_sync",
    "sheets",
    "handlers",
    "cabinet",
    "sandbox",
    "app",
)
DOOR = "bot.py"
NOT_OURS = {".git", ".venv", "var"}
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or method of a module."""

    module: "Module"
    node: FunctionNode

    @property
    def name(self) -> str:
        return f"{self.module.path}:{self.node.name}"

    @property
    def lines(self) -> int:
        """From the `def` to the last line, decorators not counted."""
        assert self.node.end_lineno is not None
        return self.node.end_lineno - self.node.lineno + 1

    @property
    def parameters(self) -> int:
        """How many arguments a caller may give; `self` and `cls` are not counted."""
        given = self.node.args
        names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        return len(names) - (names[:1] in (["self"], ["cls"]))


@dataclass(frozen=True)
class Module:
    """A Python file of the project; `path` is relative to the root, with slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @property
    def name(self) -> str:
        """The dotted name: `banking.formats.read`, a package without `__init__`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        return self.path.split("/", maxsplit=1)[0].removesuffix(".py")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def functions(self) -> tuple[Function, ...]:
        return tuple(Function(self, one) for one in self.nodes if isinstance(one, FunctionNode))

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def module_of(path: str, text: str) -> Module:
    """A module made up for a test of a rule."""
    return Module(path, text)


@cache
def product() -> tuple[Module, ...]:
    """Every module of the product: the rooms and the door."""
    return tuple(one for one in _modules() if one.room in (*ROOMS, "bot"))


@cache
def suites() -> tuple[Module, ...]:
    """Every module of the tests."""
    return tuple(one for one in _modules() if one.room == "tests")


@cache
def committed_files() -> tuple[str, ...]:
    """Every file of the project that is or would be committed, relative to the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        # An unpacked archive has no history: everything that lies here counts.
        names = [one.relative_to(ROOT) for one in ROOT.rglob("*") if one.is_file()]
        return tuple(sorted(str(one) for one in names if one.parts[0] not in NOT_OURS))
    names = listed.decode().split("\0")
    return tuple(sorted({one for one in names if one and (ROOT / one).is_file()}))


def read_text(path: str) -> str | None:
    """The text of a file; None when it is no text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _modules() -> list[Module]:
    paths = [one for one in committed_files() if one.endswith(".py")]
    return [Module(one, (ROOT / one).read_text(encoding="utf-8")) for one in paths]
