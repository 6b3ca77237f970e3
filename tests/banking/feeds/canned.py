"""A server that answers what a test wrote, to show what no stand-in would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.servers import run_standins


@dataclass
class Canned:
    """Answers in order, the last one for ever; `seen` are the paths, `tokens` the headers."""

    answers: list[tuple[int, str]]
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""
    seen: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    async def answer(self, request: web.Request) -> web.Response:
        """The next answer."""
        self.seen.append(request.path_qs)
        self.tokens.add(request.headers.get("Authorization", ""))
        number = min(len(self.seen), len(self.answers)) - 1
        status, text = self.answers[number]
        return web.Response(
            status=status, text=text, content_type="application/json", headers=self.headers
        )


@asynccontextmanager
async def canned(*answers: tuple[int, str], **headers: str) -> AsyncIterator[Canned]:
    """Serve these answers while the block runs."""
    made = Canned(list(answers), {key.replace("_", "-"): one for key, one in headers.items()})
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    async with run_standins({"bank": app}) as urls:
        made.url = urls["bank"]
        yield made
