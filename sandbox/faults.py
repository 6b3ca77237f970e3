"""Faults on demand: what goes wrong between the product and a stand-in, and at which call.

    telegram:429:0.1                  every tenth call to Telegram or so, by chance
    google_sheets:lost@3              the third call to Google Sheets: done, but the answer is lost
    amocrm/PATCH leads/{id}:cutx2     the first two such calls: done, the JSON is cut short
    *:refuse@#57                      the 57th call to anybody

The effect of a call comes before the answer, so two faults are of another kind than the rest:
`CUT` and `LOST` leave the effect behind, the others do not (`SLOW` lands late). `LATE` is the worst:
the connection breaks at once, and the effect comes when the caller has long asked again.
"""

import asyncio
import re
import socket
import struct
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

from aiohttp import web
from aiohttp.typedefs import Middleware

from world.clock import Clock
from world.identity import Chance

__all__ = [
    "EVERYWHERE",
    "FaultKind",
    "FaultReplies",
    "FaultRule",
    "FaultSpecError",
    "Faults",
    "fault_middleware",
    "faults_handler",
    "parse_rules",
]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SLOW_S = 40.0
SLOW_REAL_S_MAX = 0.2
# Google works at a request for up to 180 seconds, whether anybody still waits or not.
LATE_S = 170.0
CALLS_KEPT_MAX = 100_000
HTML_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    REFUSE = "refuse"
    RESET = "reset"
    SLOW = "slow"
    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    HTML = "html"
    CUT = "cut"
    LOST = "lost"
    INTERNAL = "internal"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    LATE = "late"


# What may happen with any system; the others need words of the system's own, or a clock that moves.
EVERYWHERE = (
    FaultKind.REFUSE,
    FaultKind.RESET,
    FaultKind.SLOW,
    FaultKind.TOO_MANY,
    FaultKind.SERVER_ERROR,
    FaultKind.HTML,
    FaultKind.CUT,
    FaultKind.LOST,
)


class FaultSpecError(ValueError):
    """A fault specification nobody can read."""

    def __init__(self, entry: str, reason: str) -> None:
        self.entry = entry
        self.reason = reason
        super().__init__(f"fault {entry!r}: {reason}")


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One thing that goes wrong.

    `system` and `call` are shell patterns. `nth` counts the calls that match both, `nth_overall`
    counts all calls of the stand-ins; both from 1. `times` bounds how often the rule strikes.
    """

    kind: FaultKind
    system: str = "*"
    call: str = "*"
    nth: int | None = None
    nth_overall: int | None = None
    probability: float | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        assert self.nth is None or self.nth >= 1
        assert self.nth_overall is None or self.nth_overall >= 1
        assert self.probability is None or 0 <= self.probability <= 1
        assert self.times is None or self.times >= 1


class Faults:
    """Counts every call to the stand-ins and says which of them goes wrong, and how."""

    def __init__(self, rules: Iterable[FaultRule] = (), chance: Chance | None = None) -> None:
        """Rules in order, the first that applies wins; rules by probability need `chance`."""
        self.count = 0
        self.calls: list[str] = []
        self.slow_s = SLOW_S
        self.slow_real_s_max = SLOW_REAL_S_MAX
        self.late_s = LATE_S
        self._late: list[tuple[datetime, Callable[[], Awaitable[object]]]] = []
        self._chance = chance
        self._rules: tuple[FaultRule, ...] = ()
        self._seen: Counter[int] = Counter()
        self._struck: Counter[int] = Counter()
        self.replace(rules)

    @staticmethod
    def parse(spec: str, chance: Chance | None = None) -> "Faults":
        """Faults from a comma list as in the module's heading; raises `FaultSpecError`."""
        return Faults(parse_rules(spec), chance)

    @property
    def rules(self) -> tuple[FaultRule, ...]:
        """The rules in force."""
        return self._rules

    def replace(self, rules: Iterable[FaultRule]) -> None:
        """Put other rules in force; their own counting starts anew, `count` goes on."""
        chosen = tuple(rules)
        for rule in chosen:
            if rule.probability is not None and self._chance is None:
                raise FaultSpecError(str(rule), "a probability needs a source of chance")
        self._rules = chosen
        self._seen.clear()
        self._struck.clear()

    def choose(self, system: str, call: str) -> FaultKind | None:
        """Count this call and say what happens to it; None lets it pass."""
        self.count += 1
        if len(self.calls) < CALLS_KEPT_MAX:
            self.calls.append(f"{system} {call}")
        struck = [
            index
            for index, rule in enumerate(self._rules)
            if self._matches(index, rule, system, call)
        ]
        if not struck:
            return None
        self._struck[struck[0]] += 1
        return self._rules[struck[0]].kind

    def postpone(self, due: datetime, effect: Callable[[], Awaitable[object]]) -> None:
        """Keep the effect of a call that nobody waits for any more."""
        self._late.append((due, effect))

    async def land(self, now: datetime) -> int:
        """Let the late effects happen that are due; how many there were."""
        due = [one for one in self._late if one[0] <= now]
        self._late = [one for one in self._late if one[0] > now]
        for _, effect in due:
            await effect()
        return len(due)

    def _matches(self, index: int, rule: FaultRule, system: str, call: str) -> bool:
        if not (fnmatchcase(system, rule.system) and _same_call(call, rule.call)):
            return False
        self._seen[index] += 1
        if rule.nth is not None and self._seen[index] != rule.nth:
            return False
        if rule.nth_overall is not None and self.count != rule.nth_overall:
            return False
        if rule.times is not None and self._struck[index] >= rule.times:
            return False
        if rule.probability is None:
            return True
        assert self._chance is not None
        return self._chance.random() < rule.probability


@dataclass(frozen=True, slots=True)
class FaultReplies:
    """How one system words its own refusals; called anew for each."""

    too_many: Callable[[], web.Response]
    server_error: Callable[[], web.Response]
    others: Mapping[FaultKind, Callable[[], web.Response]] = field(default_factory=dict)


def fault_middleware(
    system: str,
    faults: Faults,
    clock: Clock,
    replies: FaultReplies,
    call_name: Callable[[web.Request], str],
) -> Middleware:
    """The outermost middleware of a stand-in; paths under `/_` are neither counted nor faulted."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/_"):
            return await handler(request)
        await faults.land(clock.now())
        kind = faults.choose(system, call_name(request))
        if kind is FaultKind.LATE:
            await _read_first(request)
            due = clock.now() + timedelta(seconds=faults.late_s)
            faults.postpone(due, lambda: _effect(request, handler))
            return _hang_up(request)
        if kind is not None and kind in _BEFORE_THE_EFFECT:
            return _refusal(kind, request, replies)
        if kind is FaultKind.SLOW:
            await _read_first(request)
            await _wait(clock, faults)
        if kind in {FaultKind.CUT, FaultKind.LOST}:
            answer = await _effect(request, handler)
            return _cut(request, answer) if kind is FaultKind.CUT else _hang_up(request)
        return await handler(request)

    return middleware


def faults_handler(faults: Faults) -> Handler:
    """`POST /_faults` with a specification as the body puts it in force; GET tells the count.

    An empty body takes all faults away; 400 with the reason when the text cannot be read.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            try:
                faults.replace(parse_rules(await request.text()))
            except FaultSpecError as error:
                return web.json_response({"error": str(error)}, status=400)
        rules = [str(rule) for rule in faults.rules]
        return web.json_response({"count": faults.count, "rules": rules})

    return handle


_BEFORE_THE_EFFECT = {
    FaultKind.REFUSE,
    FaultKind.RESET,
    FaultKind.TOO_MANY,
    FaultKind.SERVER_ERROR,
    FaultKind.HTML,
    FaultKind.INTERNAL,
    FaultKind.UNAUTHORIZED,
    FaultKind.FORBIDDEN,
}
# What a system without words of its own answers.
_BARE = {FaultKind.INTERNAL: 500, FaultKind.UNAUTHORIZED: 401, FaultKind.FORBIDDEN: 403}
_ENTRY = re.compile(
    r"(?P<system>[^:/]+)(?:/(?P<call>[^:]+))?:(?P<kind>[a-z0-9_]+?)(?::(?P<chance>[0-9.]+))?"
    r"(?:@(?P<overall>#)?(?P<nth>[1-9][0-9]*))?(?:x(?P<times>[1-9][0-9]*))?"
)
_ALIASES = {
    "429": FaultKind.TOO_MANY,
    "5xx": FaultKind.SERVER_ERROR,
    "500": FaultKind.SERVER_ERROR,
    "503": FaultKind.SERVER_ERROR,
    "502": FaultKind.HTML,
    **{kind.value: kind for kind in FaultKind},
}


def parse_rules(spec: str) -> tuple[FaultRule, ...]:
    """The rules of a comma list, `system[/call]:kind[:probability][@n|@#n][xTIMES]`."""
    return tuple(_parse_rule(entry.strip()) for entry in spec.split(",") if entry.strip())


def _parse_rule(entry: str) -> FaultRule:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise FaultSpecError(entry, "write system[/call]:kind[:probability][@n|@#n][xTIMES]")
    kind = _ALIASES.get(found["kind"])
    if kind is None:
        raise FaultSpecError(entry, f"kind is one of {', '.join(_ALIASES)}")
    nth = int(found["nth"]) if found["nth"] else None
    return FaultRule(
        kind=kind,
        system=found["system"],
        call=found["call"] or "*",
        nth=None if found["overall"] else nth,
        nth_overall=nth if found["overall"] else None,
        probability=_probability(entry, found["chance"]),
        times=int(found["times"]) if found["times"] else None,
    )


def _probability(entry: str, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        raise FaultSpecError(entry, "the probability is a number from 0 to 1") from None
    if not 0 <= value <= 1:
        raise FaultSpecError(entry, "the probability is a number from 0 to 1")
    return value


def _same_call(call: str, pattern: str) -> bool:
    # Call names may hold brackets of their own, which a shell pattern would read as a class.
    return fnmatchcase(call, pattern.replace("[", "[[]"))


def _refusal(kind: FaultKind, request: web.Request, replies: FaultReplies) -> web.Response:
    if kind is FaultKind.REFUSE:
        return _hang_up(request)
    if kind is FaultKind.RESET:
        return _reset(request)
    if kind is FaultKind.TOO_MANY:
        return replies.too_many()
    if kind is FaultKind.SERVER_ERROR:
        return replies.server_error()
    if kind in replies.others:
        return replies.others[kind]()
    if kind in _BARE:
        return web.Response(status=_BARE[kind])
    return web.Response(status=502, text=HTML_PAGE, content_type="text/html")


async def _effect(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        return refusal


async def _read_first(request: web.Request) -> None:
    # A client that gives up waiting takes its unread body away with it; the late effect needs it.
    # A multipart body can be read only once, by the handler.
    if not request.content_type.startswith("multipart/"):
        await request.read()


async def _wait(clock: Clock, faults: Faults) -> None:
    bound_s = min(faults.slow_s, faults.slow_real_s_max)
    with suppress(TimeoutError):
        async with asyncio.timeout(bound_s):
            await clock.sleep(faults.slow_s)
            # The clock stood still and has moved; the client's own patience is real time.
            await asyncio.Event().wait()


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _reset(request: web.Request) -> web.Response:
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            # With lingering switched off the kernel sends RST in place of FIN.
            linger_off = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_off)
        transport.abort()
    return web.Response()


def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    body = response.body if isinstance(response, web.Response) else None
    if not isinstance(body, bytes) or len(body) < 2:
        return _hang_up(request)
    return web.Response(
        status=response.status,
        body=body[: len(body) // 2],
        content_type=response.content_type,
        charset=response.charset,
    )
