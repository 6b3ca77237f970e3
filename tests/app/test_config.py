"""A configuration is used as a whole or refused with a sentence for each thing that is wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.config import SECRETS, BadConfig, Config, home, load_config
from ledger.money import Currency

TOKEN = "1234567:telegram-secret"
AMO = """
[amocrm]
base_url = "https://demo.amocrm.ru"
token = "amo-secret"
contract_no = 1
pipeline = 2
confirmed_stage = 3
from_stages = [4]
slots = [{ name = "prepayment", amount = 5, method = 6 }]
methods = { "7" = "cash" }
"""


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (*SECRETS, "KOPEYKA_HOME"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(file: Path, text: str) -> str:
    """What is said of a configuration that must be refused."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(file)
    return str(refused.value)


def test_without_a_file_the_defaults_hold_and_every_part_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path))

    config = load_config()

    assert config == Config()
    assert (config.telegram, config.sheet, config.amocrm) == (None, None, None)
    assert config.database_url(home()) == f"sqlite+aiosqlite:///{tmp_path}/var/kopeyka.db"


def test_a_command_that_needs_a_file_says_where_it_should_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path))

    with pytest.raises(BadConfig, match=r"config\.example\.toml"):
        load_config(needed=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[company]\nnmae = "x"', "company.nmae"),
        ('[company]\nnmae = "x"', "time_zone"),
        ("[comany]", "comany"),
        ('[company]\ncurrency = "EURO"', "company.currency"),
        ('[company]\ntime_zone = "Moscow"', "Europe/Moscow"),
        ("[web]\nport = 70000", "web.port"),
        ('[web]\nport = "https"', "'https'"),
        ("[outbox]\nattempts_max = 0", "outbox.attempts_max"),
        ('[telegram]\ntoken = "x"\nmode = "push"', "telegram.mode"),
        ("[telegram]", "telegram.token"),
        ('[telegram]\ntoken_file = "nowhere"', "nowhere"),
        (AMO.replace("contract_no = 1", ""), "amocrm.contract_no"),
        (AMO.replace('"cash"', '"наличные"'), "amocrm.methods"),
        (AMO.replace("https://", ""), "amocrm.base_url"),
        (AMO.replace("amount = 5, ", ""), "amocrm.slots.0.amount"),
        ("[company", "TOML"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(file: Path, text: str, said: str) -> None:
    assert said in refusal(file, text)


def test_every_wrong_thing_has_its_sentence(file: Path) -> None:
    said = refusal(file, "[web]\nport = -1\nhots = 1\n[outbox]\nlease_s = 0")

    assert [key in said for key in ("web.port", "web.hots", "outbox.lease_s")] == [True] * 3


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadConfig, match="TOML"):
        load_config(file)


@pytest.mark.parametrize("bad", ["mode = 1", "poll_timeout_s = 'x'", "what = 1"])
def test_a_refusal_never_shows_a_secret(file: Path, bad: str) -> None:
    said = refusal(file, f'[telegram]\ntoken = "{TOKEN}"\n{bad}\n')

    assert TOKEN not in said


def test_a_wrong_secret_is_not_shown_either(file: Path) -> None:
    assert "98765" not in refusal(file, "[telegram]\ntoken = 98765")


def test_a_secret_comes_from_a_file_beside_the_configuration(file: Path) -> None:
    (file.parent / "token").write_text(f"{TOKEN}\n")
    file.write_text('[telegram]\ntoken_file = "token"')

    config = load_config(file)

    assert config.telegram is not None
    assert config.telegram.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(config)


def test_the_environment_outweighs_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPEYKA_TELEGRAM_TOKEN", TOKEN)
    file.write_text('[telegram]\ntoken = "old"')

    config = load_config(file)

    assert config.telegram is not None
    assert config.telegram.token.get_secret_value() == TOKEN


def test_a_secret_alone_switches_nothing_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPEYKA_TELEGRAM_TOKEN", TOKEN)
    file.write_text("")

    assert load_config(file).telegram is None


def test_one_line_selects_postgresql(file: Path) -> None:
    url = "postgresql+asyncpg://kopeyka@localhost/kopeyka"
    file.write_text(f'[database]\nurl = "{url}"')

    assert load_config(file).database_url(home()) == url


def test_the_companys_rules_reach_the_use_cases(file: Path) -> None:
    file.write_text(
        """
        [company]
        time_zone = "Asia/Yekaterinburg"
        dimension = [{ code = "source", title = "Источник", tab = "Источники" }]
        """
    )

    rules = load_config(file).company_rules()

    assert rules.currency is Currency.RUB
    assert [one.code for one in rules.dimensions] == [
        "manager",
        "product",
        "salon",
        "city",
        "source",
    ]
    assert rules.today(datetime(2026, 3, 1, 19, 30, tzinfo=UTC)).day == 2
