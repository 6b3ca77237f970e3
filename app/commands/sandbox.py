"""`sandbox`: the stand-ins alone, for `bot.py run` or any other program to talk to."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.refusals import Refused

__all__ = ["command"]

PORT = 8090


def command(
    port: Annotated[
        int, typer.Option("--port", help="Первый из шести портов подряд; 0 — свободные.")
    ] = PORT,
    state: Annotated[
        Path | None, typer.Option("--state", help="Папка, где состояние живёт между запусками.")
    ] = None,
    faults: Annotated[str, typer.Option("--faults", help="Какие сбои устраивать.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="Зерно токенов и случая.")] = 1,
) -> None:
    """Listen until SIGTERM; the first line of output is the addresses as JSON."""
    from sandbox.faults import FaultSpecError
    from sandbox.servers import SandboxOptions, serve

    try:
        asyncio.run(serve(SandboxOptions(port, state, faults, seed)))
    except FaultSpecError as error:
        raise Refused(f"--faults: {error}") from error
    except OSError as error:
        raise Refused(f"Не запускается: {error.strerror or error}.") from error
