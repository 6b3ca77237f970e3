"""A PostgreSQL server for the length of a test run: made, started, and thrown away.

The binaries come from PATH or from Debian's `/usr/lib/postgresql/*/bin`. The server refuses to run
as root, so root starts it as the user `postgres`. `KOPEYKA_TEST_POSTGRES=postgresql+asyncpg://…`
names a server that is there already; its user must be allowed to create databases.
"""

import asyncio
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url

__all__ = ["MissingServer", "Server", "in_thread", "running_server"]

MISSING = (
    "PostgreSQL is not here: install Debian's package `postgresql`, or name a server in "
    "KOPEYKA_TEST_POSTGRES=postgresql+asyncpg://user:password@host/database"
)
TEMPLATE = "kopeyka_template"
COMMAND_TIMEOUT_S = 120
STARTS_MAX = 3
MEMORY = Path("/dev/shm")
MEMORY_BYTES_MIN = 2 * 1024**3
# A test server forgets everything, so nothing has to reach the disk.
HASTE = "-F -c full_page_writes=off -c synchronous_commit=off -c max_connections=100"


class MissingServer(Exception):
    """No binaries and no address."""

    def __init__(self) -> None:
        super().__init__(MISSING)


class Server:
    """A running server; every test gets a database of its own, copied from the template."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._numbers = itertools.count(1)

    def database(self, name: str) -> str:
        """The address of a database, as the store takes it."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def new_name(self) -> str:
        return f"kopeyka_{os.getpid()}_{next(self._numbers)}"

    async def create(self, name: str, template: str = "template1") -> str:
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.database(name)

    async def drop(self, name: str) -> None:
        await self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def _run(self, statement: str) -> None:
        url = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_server() -> Iterator[Server]:
    """The server of this run, stopped and deleted at the end."""
    named = os.environ.get("KOPEYKA_TEST_POSTGRES")
    if named:
        yield Server(make_url(named))
        return
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="kopeyka-pg-", dir=_roomy_memory()) as folder:
        home = Path(folder)
        account = _account(home)
        _command([binaries / "initdb", *_initdb_options(binaries, home)], account)
        port = _start(binaries, home, account)
        try:
            url = URL.create("postgresql+asyncpg", "kopeyka", None, "127.0.0.1", port, "postgres")
            yield Server(url)
        finally:
            stop = [binaries / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", home / "data"]
            _command(stop, account)


def in_thread(job: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine on a loop of its own, whatever loop the tests are on."""
    with ThreadPoolExecutor(1) as executor:
        executor.submit(lambda: asyncio.run(job())).result()


def _binaries() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    raise MissingServer


def _roomy_memory() -> Path | None:
    """A folder in memory, where a database is copied twenty times faster; None: too small."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < MEMORY_BYTES_MIN:
        return None
    return MEMORY


def _account(home: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise MissingServer from None
    shutil.chown(home, "postgres", "postgres")
    return "postgres"


def _initdb_options(binaries: Path, home: Path) -> list[str | Path]:
    options: list[str | Path] = ["-D", home / "data", "-U", "kopeyka", "-A", "trust", "-N"]
    options += ["--encoding=UTF8", "--locale=C"]
    # Russian order of words, so that an order that only holds bytewise shows itself.
    known = subprocess.run(
        [binaries / "initdb", "--help"], capture_output=True, text=True, check=True
    )
    if "--icu-locale" in known.stdout:
        options += ["--locale-provider=icu", "--icu-locale=ru-RU"]
    return options


def _start(binaries: Path, home: Path, account: str | None) -> int:
    for attempt in range(STARTS_MAX):
        port = _free_port()
        options = f"{HASTE} -k {home} -h 127.0.0.1 -p {port}"
        log = home / "log"
        start = [binaries / "pg_ctl", "start", "-w", "-D", home / "data", "-l", log, "-o", options]
        try:
            _command(start, account)
        except subprocess.CalledProcessError:
            # Somebody may have taken the port meanwhile.
            if attempt == STARTS_MAX - 1:
                raise
        else:
            return port
    raise AssertionError


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _command(command: list[str | Path], account: str | None) -> None:
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=COMMAND_TIMEOUT_S,
        cwd="/",
        user=account,
        group=account,
        extra_groups=[] if account else None,
    )
