"""The configuration: config.toml, with secrets from the environment or from files.

Every key is described in config.example.toml. An unknown key, a wrong value or a half-given part
is refused with a sentence that names the key, the value and what is allowed.
"""

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from app.config_sheet import SheetConfig, mistakes
from banking.matching.records import ALL_RULES, STRICT
from confirmations.payments import Method
from ledger.money import Currency
from usecases.company import STANDARD_DIMENSIONS, Company, Dimension

__all__ = [
    "AmoConfig",
    "BadConfig",
    "BankConfig",
    "Config",
    "SheetConfig",
    "TelegramConfig",
    "home",
    "load_config",
]

SECRETS = {
    "KOPEYKA_TELEGRAM_TOKEN": ("telegram", "token"),
    "KOPEYKA_TELEGRAM_WEBHOOK_SECRET": ("telegram", "webhook_secret"),
    "KOPEYKA_AMOCRM_TOKEN": ("amocrm", "token"),
    "KOPEYKA_AMOCRM_WEBHOOK_SECRET": ("amocrm", "webhook_secret"),
    "KOPEYKA_TBANK_TOKEN": ("tbank", "token"),
    "KOPEYKA_MODULBANK_TOKEN": ("modulbank", "token"),
    "KOPEYKA_DATABASE_URL": ("database", "url"),
}
SECRET_CHARS_MIN = 16
FILE_SUFFIX = "_file"


class BadConfig(Exception):
    """The configuration cannot be used; one plain sentence for each thing that is wrong."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        """The sentences are for the person who wrote the configuration."""
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class DimensionConfig(_Part):
    """A further dimension of profit."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    title: str = Field(min_length=1, max_length=50)
    tab: str = Field(min_length=1, max_length=50)


class CompanyConfig(_Part):
    """The company."""

    name: str = "Моя компания"
    time_zone: str = "Europe/Moscow"
    # Other currencies wait for the release that keeps books in them from end to end.
    currency: Literal[Currency.RUB] = Currency.RUB
    own_inn: str = ""
    merchants: dict[str, str] = {}
    dimension: tuple[DimensionConfig, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("нет такого часового пояса, пример: Europe/Moscow") from error
        return value


class DatabaseConfig(_Part):
    """Where the books are; empty: the embedded SQLite file var/kopeyka.db."""

    url: str = ""


class TelegramConfig(_Part):
    """The bot."""

    token: SecretStr
    bot_username: str = ""
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None
    api_base: str = ""
    poll_timeout_s: int = Field(default=30, ge=0, le=50)

    @model_validator(mode="after")
    def _whole_webhook(self) -> Self:
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if self.mode == "webhook" and not (self.webhook_url.startswith("http") and secret):
            raise ValueError("для mode = webhook нужны webhook_url и webhook_secret")
        if secret and len(secret) < SECRET_CHARS_MIN:
            raise ValueError(f"webhook_secret короче {SECRET_CHARS_MIN} символов")
        return self


class SlotConfig(_Part):
    """One payment slot of a deal: ids of its fields."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")
    amount: int
    method: int
    day: int | None = None


class AmoConfig(_Part):
    """amoCRM: address, token and which field means what."""

    base_url: str = Field(pattern=r"^https?://")
    token: SecretStr
    webhook_secret: SecretStr | None = None
    time_zone: str = "Europe/Moscow"
    sweep_every_s: int = Field(default=300, ge=5)
    slots: tuple[SlotConfig, ...] = Field(min_length=1)
    methods: dict[str, Method]
    contract_no: int
    contract_date: int | None = None
    client_inn: int | None = None
    confirmed_field: int | None = None
    dimensions: dict[str, int] = {}
    pipeline: int
    confirmed_stage: int
    from_stages: tuple[int, ...]
    done_stages: tuple[int, ...] = (142,)


class StatementsConfig(_Part):
    """Bank statements. `automatic`: what is booked without a person.

    `contract`: a contract's number and the exact sum; `strong`: every strong, unrivalled evidence.
    """

    automatic: Literal["strong", "contract"] = "strong"


class BankConfig(_Part):
    """A bank that is read by API: its token, which accounts, and since when at first."""

    token: SecretStr = Field(min_length=1)
    accounts: tuple[Annotated[str, Field(pattern=r"^[0-9]{20}$")], ...] = ()
    since: date | None = None
    api_base: str = Field(default="", pattern=r"^(https?://.+)?$")


class WebConfig(_Part):
    """Where incoming webhooks are listened for."""

    host: str = "127.0.0.1"
    port: int = Field(default=8081, ge=0, le=65535)


class OutboxConfig(_Part):
    """Bounds of deliveries."""

    attempts_max: int = Field(default=12, ge=1)
    wait_s_min: int = Field(default=2, ge=1)
    wait_s_max: int = Field(default=300, ge=1)
    lease_s: int = Field(default=300, ge=1)


class Config(_Part):
    """Everything; parts that are absent are switched off."""

    company: CompanyConfig = CompanyConfig()
    database: DatabaseConfig = DatabaseConfig()
    telegram: TelegramConfig | None = None
    sheet: SheetConfig | None = None
    amocrm: AmoConfig | None = None
    statements: StatementsConfig = StatementsConfig()
    tbank: BankConfig | None = None
    modulbank: BankConfig | None = None
    web: WebConfig = WebConfig()
    outbox: OutboxConfig = OutboxConfig()

    def company_rules(self) -> Company:
        """The company's rules for the use cases, as far as they stand in the configuration."""
        further = [Dimension(one.code, one.title, one.tab) for one in self.company.dimension]
        return Company(
            zone=ZoneInfo(self.company.time_zone),
            currency=self.company.currency,
            dimensions=(*STANDARD_DIMENSIONS, *further),
            own_inn=self.company.own_inn,
            merchants=self.company.merchants,
            automatic=ALL_RULES if self.statements.automatic == "strong" else STRICT,
        )

    def database_url(self, house: Path) -> str:
        """The database's address: the configured one, or the embedded file under `var/`."""
        if self.database.url:
            return self.database.url
        return f"sqlite+aiosqlite:///{house / 'var' / 'kopeyka.db'}"


def home() -> Path:
    """Where config.toml and var/ live: KOPEYKA_HOME, or the project's root."""
    given = os.environ.get("KOPEYKA_HOME")
    return Path(given).expanduser().resolve() if given else Path(__file__).resolve().parents[1]


def load_config(path: Path | None = None, *, needed: bool = False) -> Config:
    """Read a configuration; without a file the defaults hold, unless it is `needed`.

    Raises `BadConfig`. A secret may be given as `token`, as `token_file`, or by its variable.
    """
    file = path or home() / "config.toml"
    if not file.exists():
        if path is not None or needed:
            raise BadConfig(
                (f"Нет файла настроек {file}. Скопируйте config.example.toml и заполните его.",)
            )
        return Config()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig((f"{file.name}: файл не читается как TOML: {error}.",)) from error
    try:
        config = Config.model_validate(_with_secrets(given, file.parent))
    except ValidationError as error:
        raise BadConfig(tuple(_sentence(file.name, one) for one in error.errors())) from error
    if config.sheet is not None:
        dimensions = [one.code for one in config.company_rules().dimensions]
        wrong = tuple(f"{file.name}: {one}" for one in mistakes(config.sheet, dimensions))
        if wrong:
            raise BadConfig(wrong)
    return config


def _with_secrets(given: dict[str, Any], folder: Path) -> dict[str, Any]:
    for part in given.values():
        if isinstance(part, dict):
            for key in [key for key in part if key.endswith(FILE_SUFFIX)]:
                if key == "service_account_file":
                    part[key] = folder / str(part[key])
                else:
                    part[key.removesuffix(FILE_SUFFIX)] = _secret(folder / str(part.pop(key)), key)
    for variable, (section, key) in SECRETS.items():
        value = os.environ.get(variable)
        if value and (section in given or section == "database"):
            given.setdefault(section, {})[key] = value
    return given


def _secret(file: Path, key: str) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadConfig((f"{key}: файл {file} не открывается.",)) from error


def _sentence(file: str, error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return f"{file}: ключ «{key}» неизвестен; {_allowed(error['loc'])}"
        case "missing":
            return f"{file}: не хватает ключа «{key}»; пример — в config.example.toml."
        case _:
            shown = "" if "token" in key or "secret" in key else f" = {error['input']!r}"
            return f"{file}: ключ «{key}»{shown} не подходит: {error['msg']}."


def _allowed(location: tuple[Any, ...]) -> str:
    model: Any = Config
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        fields = getattr(model, "model_fields", {})
        found = fields.get(part)
        if found is None:
            break
        models = list(_models(found.annotation))
        model = models[0] if models else model
    fields = getattr(model, "model_fields", {})
    names = ", ".join(one.alias or name for name, one in fields.items())
    return f"здесь бывают: {names}."


def _models(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for part in getattr(annotation, "__args__", ()) for one in _models(part)]
