"""A service account for the local world: a key, its JSON file, and the way to the stand-in.

info = service_account_file("http://127.0.0.1:8080/token")
standin.trust(info)
session.mount("https://sheets.googleapis.com", LoopbackAdapter("http://127.0.0.1:8080"))
"""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from requests.adapters import HTTPAdapter

__all__ = ["ACCOUNT", "LoopbackAdapter", "service_account_file"]

ACCOUNT = "kopeyka@demo-company.iam.gserviceaccount.com"
KEY_BITS = 2048


def service_account_file(token_uri: str, email: str = ACCOUNT) -> dict[str, Any]:
    """The content of a service account's JSON file with a fresh RSA key.

    `token_uri` is where the stand-in gives out tokens, `http://127.0.0.1:PORT/token`.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "type": "service_account",
        "project_id": "demo-company",
        "private_key_id": "local",
        "private_key": pem.decode(),
        "client_email": email,
        "client_id": "1",
        "token_uri": token_uri,
    }


class LoopbackAdapter(HTTPAdapter):
    """A requests adapter that sends calls for Google's host to the stand-in, untouched else."""

    def __init__(self, base: str) -> None:
        """`base` is the stand-in's address, as `http://127.0.0.1:8080`."""
        self._base = urlsplit(base)
        super().__init__()

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send to the stand-in what was meant for Google."""
        assert request.url is not None
        parts = urlsplit(request.url)
        request.url = urlunsplit((self._base.scheme, self._base.netloc, *parts[2:]))
        return super().send(request, *args, **kwargs)
