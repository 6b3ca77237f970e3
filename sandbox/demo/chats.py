"""The transcript of all chats as a file that people read: a section for each person."""

from sandbox.demo.company import STAFF
from sandbox.servers import Sandbox
from sandbox.telegram.journal import format_lines

__all__ = ["chats_markdown"]


def chats_markdown(sandbox: Sandbox, title: str) -> str:
    """Every chat as Markdown; what people typed stands in blocks, where nothing is marked up."""
    parts = [f"# {title}\n"]
    for one in STAFF:
        lines = [line for line in sandbox.telegram.journal if line.user_id == one.user_id]
        log = format_lines(lines, {one.user_id: one.name})
        # A fence longer than any run of backticks that somebody may have typed.
        fence = "`" * max(4, _longest_run(log, "`") + 1)
        parts.append(f"## {one.name}, {one.role_title.lower()}\n\n{fence}text\n{log}\n{fence}\n")
    return "\n".join(parts)


def _longest_run(text: str, char: str) -> int:
    longest = run = 0
    for one in text:
        run = run + 1 if one == char else 0
        longest = max(longest, run)
    return longest
