"""The amoCRM stand-in put together: one account, its API, its webhooks, its people."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, assert_never

from aiohttp import web

from sandbox.amocrm.api import Api
from sandbox.amocrm.company import demo_catalog
from sandbox.amocrm.crm import Catalog, Crm
from sandbox.amocrm.gate import Gate, OAuthApp, Verdict
from sandbox.amocrm.hooks import Hooks, Unruly
from sandbox.amocrm.people import People
from sandbox.amocrm.people_http import PeopleHttp
from sandbox.amocrm.replies import amocrm_fault_replies, blocked, too_many, unauthorized
from sandbox.amocrm.state import dump_state, load_state
from sandbox.faults import Faults, fault_middleware, faults_handler
from world.clock import Clock
from world.identity import SeededIds

__all__ = ["SYSTEM", "AmoStandin"]

SYSTEM = "amocrm"
API_PREFIX = "/api/v4/"
# Only the stand-in's own throw-away tokens come from here.
TOKEN_SEED = 4

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class AmoStandin(People):
    """amoCRM on localhost; its methods are what people do in the CRM, `.app` is what it serves.

    API under `/api/v4/` and `/oauth2/`, people over HTTP under `/_people/`, faults under
    `/_faults`. `hooks.settle()` waits for the webhooks that are due.
    """

    def __init__(
        self,
        clock: Clock,
        faults: Faults,
        *,
        token: str,
        catalog: Catalog | None = None,
        oauth: OAuthApp | None = None,
    ) -> None:
        """An account without deals; the demo company's unless another `catalog` is given."""
        super().__init__(Crm(clock, demo_catalog() if catalog is None else catalog))
        self.hooks = Hooks(clock, self.crm)
        self.crm.listener = self.hooks.tell
        self.gate = Gate(clock, SeededIds(TOKEN_SEED), token, oauth)
        faulty = fault_middleware(SYSTEM, faults, clock, amocrm_fault_replies(), call_name)
        self.app = web.Application(middlewares=[faulty, self._gatekeeper])
        self.app.add_routes(Api(self.crm, self.hooks, self.gate).routes())
        self.app.add_routes(PeopleHttp(self, self.hooks, self.gate).routes())
        self.app.router.add_route("*", "/_faults", faults_handler(faults))
        self.app.cleanup_ctx.append(self.hooks.run)

    def revoke(self) -> None:
        """Take all tokens away; from now on every API call is answered 401."""
        self.gate.revoke()

    def misbehave(self, unruly: Unruly | None) -> None:
        """Deliver webhooks doubled and late from now on; None behaves again."""
        self.hooks.unruly = unruly

    def dump(self) -> dict[str, Any]:
        """The account as a JSON tree."""
        return dump_state(self.crm, self.hooks)

    def load(self, state: Mapping[str, Any]) -> None:
        """Take a dumped account in place of the present one; raises `KeyError`."""
        load_state(self.crm, self.hooks, state)

    @web.middleware
    async def _gatekeeper(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(API_PREFIX):
            return await handler(request)
        match self.gate.judge(request.headers.get("Authorization", "")):
            case Verdict.PASS:
                return await handler(request)
            case Verdict.UNAUTHORIZED:
                return unauthorized()
            case Verdict.TOO_MANY:
                return too_many()
            case Verdict.BLOCKED:
                return blocked()
            case unknown:
                assert_never(unknown)


def call_name(request: web.Request) -> str:
    """A call's name for faults: `PATCH leads/{id}`, `GET leads`."""
    resource = request.match_info.route.resource
    path = request.path if resource is None else resource.canonical
    return f"{request.method} {path.removeprefix(API_PREFIX)}"
