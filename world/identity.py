"""Identity and chance as arguments: new ids, secret tokens, random choices."""

import random
import secrets
import uuid
from typing import Protocol

__all__ = ["Chance", "Ids", "SeededIds", "SystemIds", "seeded_chance", "system_chance"]

Chance = random.Random
TOKEN_BYTES = 16


class Ids(Protocol):
    """Makes names that nobody else made."""

    def new(self) -> str:
        """A new id, 32 hexadecimal digits."""
        ...

    def token(self) -> str:
        """A new secret of 128 bits, 22 characters of `A-Za-z0-9_-` (fits a Telegram link)."""
        ...

    def code(self) -> str:
        """A secret that a person types: eight digits."""
        ...


class SystemIds:
    """Ids and secrets from the machine's own source."""

    def new(self) -> str:
        """A new id, 32 hexadecimal digits."""
        return uuid.uuid4().hex

    def token(self) -> str:
        """A new secret of 128 bits, 22 characters of `A-Za-z0-9_-`."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    def code(self) -> str:
        """A secret that a person types: eight digits."""
        return f"{secrets.randbelow(10**8):08d}"


class SeededIds:
    """Repeatable ids for the demo and the tests; never for production, since they can be guessed."""

    def __init__(self, seed: int) -> None:
        """The same seed gives the same sequence."""
        self._chance = random.Random(seed)

    def new(self) -> str:
        """A new id, 32 hexadecimal digits."""
        return f"{self._chance.getrandbits(128):032x}"

    def token(self) -> str:
        """Twenty-two characters that look like a secret."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "".join(self._chance.choice(alphabet) for _ in range(22))

    def code(self) -> str:
        """Eight digits."""
        return f"{self._chance.randrange(10**8):08d}"


def seeded_chance(seed: int) -> Chance:
    """A source of random choices that a seed repeats."""
    return random.Random(seed)


def system_chance() -> Chance:
    """A source of random choices that nobody repeats (waits between attempts)."""
    return random.Random()
