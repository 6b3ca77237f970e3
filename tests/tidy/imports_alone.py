"""Run by test_tidy.py in a process of its own: imports modules and reports what they touch.

    python -m tests.tidy.imports_alone ledger.money store.tables …

Prints one line for each socket, thread, process or file of ours that is opened while a module of
the product is imported, then `modules:` with the libraries that are loaded at the end. What a
library does at its own import is its own business.
"""

import importlib
import sys
from pathlib import Path
from types import FrameType

__all__: list[str] = []

ROOT = str(Path(__file__).resolve().parents[2])
CODE = (".py", ".pyc")
TOUCHES = (
    "socket.__new__",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "_thread.start_new_thread",
    "subprocess.Popen",
    "os.system",
    "os.fork",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "sqlite3.connect",
)


def _is_ours(file: str) -> bool:
    return file.startswith(ROOT) and ".venv" not in file and "site-packages" not in file


def _importing() -> str | None:
    """The module of ours whose body is being executed right now; None: somebody else's."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            file = frame.f_code.co_filename
            mine = _is_ours(file) and file != __file__
            return file.removeprefix(ROOT).lstrip("/") if mine else None
        frame = frame.f_back
    return None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        name = arguments[0]
        # Python reads the source of the next module through here as well.
        if not isinstance(name, str) or name.endswith(CODE) or not _is_ours(name):
            return
    elif event not in TOUCHES:
        return
    module = _importing()
    if module is not None:
        print(f"{module}: {event} {arguments[0]!r}")


def _main() -> None:
    sys.addaudithook(_watch)
    for name in sys.argv[1:]:
        importlib.import_module(name)
    print("modules:", *sorted({one.partition(".")[0] for one in sys.modules}))


if __name__ == "__main__":
    _main()
