"""Who may call and how often: bearer tokens, OAuth pairs, seven requests a second.

The long-lived token lasts until it is revoked. An OAuth access token lasts 24 hours; a refresh
token lasts three months, works once, and dies with its pair when it is used. Somebody who goes on
calling over the limit is blocked: 403 with a page of HTML to every call.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from world.clock import Clock
from world.identity import Ids

__all__ = ["Gate", "OAuthApp", "Verdict"]

REQUESTS_PER_SECOND_MAX = 7
# The threshold of the real service is not published; these two are the stand-in's own.
REFUSALS_PER_MINUTE_MAX = 60
BLOCKED_FOR = timedelta(minutes=5)
CODE_LIFE = timedelta(minutes=20)
ACCESS_LIFE = timedelta(hours=24)
REFRESH_LIFE = timedelta(days=90)

Json = dict[str, Any]


class Verdict(StrEnum):
    """What the gate says to a call."""

    PASS = "pass"  # noqa: S105 - a word, not a secret
    UNAUTHORIZED = "unauthorized"
    TOO_MANY = "too_many"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """An integration registered in the account."""

    client_id: str
    client_secret: str
    redirect_uri: str


class Gate:
    """Knows the tokens of one account and counts the calls."""

    def __init__(self, clock: Clock, ids: Ids, token: str, oauth: OAuthApp | None = None) -> None:
        """`token` is the long-lived one; without `oauth` no code is ever accepted."""
        self._clock = clock
        self._ids = ids
        self._oauth = oauth
        self._long_lived = {token}
        self._codes: dict[str, datetime] = {}
        self._refresh: dict[str, tuple[str, datetime]] = {}
        self._access: dict[str, datetime] = {}
        self._calls: deque[datetime] = deque()
        self._refusals: deque[datetime] = deque()
        self._blocked_until: datetime | None = None

    def judge(self, authorization: str) -> Verdict:
        """Judge a call by its `Authorization` header and by those before it."""
        now = self._clock.now()
        if self._blocked_until is not None and now < self._blocked_until:
            return Verdict.BLOCKED
        kind, _, token = authorization.partition(" ")
        known = token in self._long_lived or self._access.get(token, now) > now
        if kind != "Bearer" or not known:
            return Verdict.UNAUTHORIZED
        _forget(self._calls, now - timedelta(seconds=1))
        if len(self._calls) >= REQUESTS_PER_SECOND_MAX:
            self._refuse(now)
            return Verdict.TOO_MANY
        self._calls.append(now)
        return Verdict.PASS

    def revoke(self) -> None:
        """Take every token away, as an administrator does."""
        self._long_lived.clear()
        self._refresh.clear()
        self._access.clear()

    def allow(self, token: str) -> None:
        """Accept another long-lived token."""
        self._long_lived.add(token)

    def new_code(self) -> str:
        """A code as the consent page gives it: 20 minutes, once."""
        code = self._ids.token()
        self._codes[code] = self._clock.now() + CODE_LIFE
        return code

    def exchange(self, body: Mapping[str, object]) -> Json | str:
        """`POST /oauth2/access_token`: the new pair, or the hint of a refusal."""
        app = self._oauth
        if app is None or (body.get("client_id"), body.get("client_secret")) != (
            app.client_id,
            app.client_secret,
        ):
            return "Client authentication failed"
        if body.get("redirect_uri") != app.redirect_uri:
            return "Check the `redirect_uri` parameter"
        match body.get("grant_type"):
            case "authorization_code":
                expires = self._codes.pop(str(body.get("code")), None)
                refusal = "Authorization code has expired or has been revoked"
            case "refresh_token":
                old = self._refresh.pop(str(body.get("refresh_token")), None)
                expires = None if old is None else old[1]
                refusal = "Token has been revoked"
                if old is not None:
                    self._access.pop(old[0], None)
            case _:
                return "Check the `grant_type` parameter"
        return refusal if expires is None or expires <= self._clock.now() else self._new_pair()

    def _new_pair(self) -> Json:
        access, refresh = self._ids.token(), self._ids.token()
        now = self._clock.now()
        self._access[access] = now + ACCESS_LIFE
        self._refresh[refresh] = (access, now + REFRESH_LIFE)
        return {
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "access_token": access,
            "refresh_token": refresh,
        }

    def _refuse(self, now: datetime) -> None:
        _forget(self._refusals, now - timedelta(minutes=1))
        self._refusals.append(now)
        if len(self._refusals) > REFUSALS_PER_MINUTE_MAX:
            self._blocked_until = now + BLOCKED_FOR
            self._refusals.clear()


def _forget(instants: deque[datetime], until: datetime) -> None:
    while instants and instants[0] <= until:
        instants.popleft()
