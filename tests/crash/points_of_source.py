"""The named points that the product's sources promise, read by a parser and not by the product.

`reached("crm:before-call")` is one point; `store.write("update")` two: before and after the commit.
A name with a part in braces is a pattern, met by any name that fits.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["promised_points"]

ROOT = Path(__file__).resolve().parents[2]
# Commands of the console are processes of their own: no life runs them.
ROOMS = ("store", "usecases", "handlers", "cabinet", "crm_sync", "banking", "sheets", "app")
NOT_SERVING = "app/commands/"
COMMIT = (":before-commit", ":after-commit")


def promised_points() -> dict[str, re.Pattern[str]]:
    """Names as they stand in the sources, with the pattern of what they may become."""
    found: dict[str, re.Pattern[str]] = {}
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if NOT_SERVING in str(file):
                continue
            for name in _points(ast.parse(file.read_text(encoding="utf-8"))):
                pattern = ".+".join(re.escape(part) for part in re.split(r"\{\}", name))
                found[name] = re.compile(pattern)
    # What `Store.write` makes of its own argument says nothing by itself.
    for end in COMMIT:
        found.pop("{}" + end, None)
    return found


def _points(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = _name(node.args[0])
        if name is None:
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "reached":
            yield name
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "write":
            yield from (name + end for end in COMMIT)


def _name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None
