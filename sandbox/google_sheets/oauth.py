"""The token endpoint: a service account's signed JWT for a bearer token, as RFC 7523 has it."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from world.clock import Clock

__all__ = ["Bearer", "GrantRefusedError", "TokenDesk"]

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# google-auth names this audience whatever `token_uri` says.
GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
LIFETIME_S = 3600
# What google-auth gives itself, with a minute to spare for slow hands.
ASSERTION_S_MAX = 3660
_SCOPE = "https://www.googleapis.com/auth/"
_FULL = {f"{_SCOPE}spreadsheets", f"{_SCOPE}drive", f"{_SCOPE}drive.file"}
_READ = {f"{_SCOPE}spreadsheets.readonly", f"{_SCOPE}drive.readonly"}


class GrantRefusedError(Exception):
    """An assertion that gets no token; the two texts are OAuth's."""

    def __init__(self, error: str, description: str) -> None:
        self.error = error
        self.description = description
        super().__init__(error, description)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a token, and what for."""

    account: str
    reads: bool
    writes: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Account:
    email: str
    key: rsa.RSAPublicKey
    token_uri: str


class TokenDesk:
    """Knows the service accounts' public keys and the tokens it gave out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._bearers: dict[str, Bearer] = {}
        self._issued = 0

    def trust(self, info: dict[str, Any]) -> None:
        """Register a service account by its JSON file; only the public key is kept."""
        private = load_pem_private_key(info["private_key"].encode(), password=None)
        assert isinstance(private, rsa.RSAPrivateKey)
        email = info["client_email"]
        self._accounts[email] = _Account(email, private.public_key(), info["token_uri"])

    def grant(self, form: dict[str, str]) -> dict[str, Any]:
        """The reply to `POST /token`; raises `GrantRefusedError`."""
        if form.get("grant_type") != GRANT_TYPE:
            raise GrantRefusedError("unsupported_grant_type", "Invalid grant_type.")
        claims = self._claims(form.get("assertion") or "")
        scopes = set(str(claims.get("scope") or "").split())
        if not scopes:
            raise GrantRefusedError("invalid_scope", "Empty or missing scope not allowed.")
        self._issued += 1
        token = f"ya29.standin-{self._issued:06d}"
        self._bearers[token] = Bearer(
            account=claims["iss"],
            reads=bool(scopes & (_FULL | _READ)),
            writes=bool(scopes & _FULL),
            expires_at=self._clock.now() + timedelta(seconds=LIFETIME_S),
        )
        return {"access_token": token, "expires_in": LIFETIME_S - 1, "token_type": "Bearer"}

    def bearer(self, token: str) -> Bearer | None:
        """Who holds a token; None when nobody does, or no longer."""
        found = self._bearers.get(token)
        if found is None or found.expires_at <= self._clock.now():
            return None
        return found

    def revoke_all(self) -> None:
        """Forget every token, as when a key is withdrawn."""
        self._bearers.clear()

    def _claims(self, assertion: str) -> dict[str, Any]:
        parts = assertion.split(".")
        if len(parts) != 3:
            raise GrantRefusedError("invalid_grant", "Bad Request")
        try:
            header, claims = (json.loads(_decode(part)) for part in parts[:2])
            signature = _decode(parts[2])
        except (ValueError, binascii.Error):
            raise GrantRefusedError("invalid_grant", "Bad Request") from None
        account = self._accounts.get(claims.get("iss"))
        if account is None:
            raise GrantRefusedError("invalid_grant", "Invalid grant: account not found")
        if header.get("alg") != "RS256":
            raise GrantRefusedError("invalid_grant", "Invalid JWT: Unsupported algorithm.")
        try:
            signed = f"{parts[0]}.{parts[1]}".encode()
            account.key.verify(signature, signed, padding.PKCS1v15(), SHA256())
        except InvalidSignature:
            raise GrantRefusedError("invalid_grant", "Invalid JWT Signature.") from None
        _check_claims(claims, account)
        checked: dict[str, Any] = claims
        return checked


def _check_claims(claims: dict[str, Any], account: _Account) -> None:
    """Audience and lifetime; the hour itself is not compared, since our clock may be virtual."""
    if claims.get("aud") not in (account.token_uri, GOOGLE_TOKEN_URI):
        raise GrantRefusedError("invalid_grant", "Invalid JWT: Failed audience check.")
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or not isinstance(expires, int):
        raise GrantRefusedError("invalid_grant", "Invalid JWT: iat and exp are needed.")
    if not 0 < expires - issued <= ASSERTION_S_MAX:
        raise GrantRefusedError(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
            "timeframe. Check your iat and exp values in the JWT claim.",
        )


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
