"""The token desk: what is signed, for whom, for how long, with which scope."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sandbox.google_sheets.credentials import ACCOUNT, service_account_file
from sandbox.google_sheets.oauth import GRANT_TYPE, GrantRefusedError, TokenDesk
from world.clock import VirtualClock

URI = "http://127.0.0.1:9/token"
SCOPE = "https://www.googleapis.com/auth/spreadsheets"
CLAIMS = {"iss": ACCOUNT, "aud": URI, "iat": 1000, "exp": 4600, "scope": SCOPE}


@pytest.fixture(scope="module")
def info() -> dict[str, Any]:
    return service_account_file(URI)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def desk(info: dict[str, Any], clock: VirtualClock) -> TokenDesk:
    made = TokenDesk(clock)
    made.trust(info)
    return made


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def form(info: dict[str, Any], algorithm: str = "RS256", **changes: Any) -> dict[str, str]:
    key = load_pem_private_key(info["private_key"].encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    head = encoded(json.dumps({"alg": algorithm}).encode())
    body = encoded(json.dumps({**CLAIMS, **changes}).encode())
    signature = key.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), SHA256())
    return {"grant_type": GRANT_TYPE, "assertion": f"{head}.{body}.{encoded(signature)}"}


def test_a_signed_assertion_gets_a_bearer_for_an_hour(
    desk: TokenDesk, info: dict[str, Any], clock: VirtualClock
) -> None:
    token = desk.grant(form(info))["access_token"]

    clock.advance(timedelta(minutes=59))
    assert desk.bearer(token) is not None
    clock.advance(timedelta(minutes=1))
    assert desk.bearer(token) is None


def test_a_read_only_scope_does_not_write(desk: TokenDesk, info: dict[str, Any]) -> None:
    token = desk.grant(form(info, scope=f"{SCOPE}.readonly"))["access_token"]

    bearer = desk.bearer(token)
    assert bearer is not None
    assert (bearer.reads, bearer.writes) == (True, False)


def test_a_withdrawn_token_is_no_bearer(desk: TokenDesk, info: dict[str, Any]) -> None:
    token = desk.grant(form(info))["access_token"]

    desk.revoke_all()

    assert desk.bearer(token) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aud": "https://example.com"}, "Failed audience check"),
        ({"exp": 9000}, "short-lived token"),
        ({"exp": "soon"}, "iat and exp are needed"),
        ({"iss": "x@example.com"}, "account not found"),
        ({"algorithm": "HS256"}, "Unsupported algorithm"),
        ({"scope": ""}, "Empty or missing scope"),
    ],
)
def test_an_assertion_is_refused(
    desk: TokenDesk, info: dict[str, Any], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(GrantRefusedError, match=words):
        desk.grant(form(info, **changes))


@pytest.mark.parametrize("assertion", ["", "a.b", "a.b.c", "e30.e30.!"])
def test_what_is_no_token_is_refused(desk: TokenDesk, assertion: str) -> None:
    with pytest.raises(GrantRefusedError):
        desk.grant({"grant_type": GRANT_TYPE, "assertion": assertion})


def test_another_grant_is_not_supported(desk: TokenDesk) -> None:
    with pytest.raises(GrantRefusedError, match="unsupported_grant_type"):
        desk.grant({"grant_type": "password"})
