"""All rules of a company: its configuration and the files of its own beside it."""

from dataclasses import replace
from pathlib import Path

from app.config import Config
from app.profiles import own_profiles
from app.wordings import own_words
from usecases.company import Company

__all__ = ["own_rules"]


def own_rules(config: Config, home: Path) -> Company:
    """The rules for the use cases; raises `Refused` when a file beside the configuration is bad."""
    return replace(config.company_rules(), profiles=own_profiles(home), words=own_words(home))
