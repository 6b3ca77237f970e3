"""config.example.toml can be copied and filled in: it loads, and it names every setting."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from app.config import SECRETS, BadConfig, Config, load_config
from tests.tidy.source import ROOT

EXAMPLE = ROOT / "config.example.toml"
# Settings, and whole sections, that are switched off in the example.
OPTIONAL = re.compile(r"^# (?=[a-z_]+ = |\[{1,2}[a-z.]+\]{1,2}$)", re.MULTILINE)
FILE_SUFFIX = "_file"
# Keys that people choose themselves.
MAPS = {"company.merchants", "amocrm.methods", "amocrm.dimensions"}


@pytest.fixture(autouse=True)
def no_secrets_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in SECRETS:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example as a person copies it."""
    file = tmp_path / "config.toml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return file


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """The example with every optional line switched on and every secret in its file."""
    file = tmp_path / "full.toml"
    file.write_text(OPTIONAL.sub("", EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    for name in ("telegram", "telegram-webhook", "amocrm", "amocrm-webhook", "tbank", "modulbank"):
        (tmp_path / "secrets" / name).write_text("0123456789abcdef0123\n")
    return file


def test_with_the_secrets_in_the_environment_the_example_loads(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPEYKA_TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setenv("KOPEYKA_AMOCRM_TOKEN", "secret")

    config = load_config(example)

    assert config.telegram is not None
    assert config.telegram.token.get_secret_value() == "1:secret"
    assert config.company_rules().dimensions[-1].tab == "Источники"


def test_without_secrets_the_example_says_which_keys_are_missing(example: Path) -> None:
    with pytest.raises(BadConfig) as refused:
        load_config(example)

    assert "telegram.token" in str(refused.value)
    assert "amocrm.token" in str(refused.value)


def test_with_every_optional_line_and_secrets_in_files_the_example_loads(full: Path) -> None:
    config = load_config(full)

    assert config.amocrm is not None
    assert config.amocrm.token.get_secret_value() == "0123456789abcdef0123"


def test_the_example_names_every_setting(full: Path) -> None:
    assert _named(tomllib.loads(full.read_text(encoding="utf-8"))) == set(_settings(Config))


@pytest.mark.parametrize("part", ["telegram", "amocrm", "statements", "web", "outbox"])
def test_a_setting_with_a_default_is_shown_with_it(full: Path, part: str) -> None:
    given = getattr(load_config(full), part)
    fields = type(given).model_fields

    shown = {name: getattr(given, name) for name, one in fields.items() if one.default}
    shown = {name: value for name, value in shown.items() if not fields[name].is_required()}
    assert shown == {name: fields[name].default for name in shown}


def _named(given: dict[str, Any], prefix: str = "") -> set[str]:
    names: set[str] = set()
    for key, value in given.items():
        path = f"{prefix}{key}"
        if path != "sheet.service_account_file":
            path = path.removesuffix(FILE_SUFFIX)
        parts = value if isinstance(value, list) else [value]
        inner = [one for one in parts if isinstance(one, dict) and path not in MAPS]
        if inner:
            for one in inner:
                names |= _named(one, f"{path}.")
        elif path != "database":
            names.add(path)
    return names


def _settings(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = list(_models(field.annotation))
        if inner:
            yield from _settings(inner[0], f"{prefix}{name}.")
        else:
            yield f"{prefix}{field.alias or name}"


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)
