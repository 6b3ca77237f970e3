"""Which spreadsheets the configuration names, and what is said when it cannot be meant so."""

from pathlib import Path

import pytest

from app.config import BadConfig, load_config
from app.config_sheet import SheetConfig, mistakes, scopes_of
from store.reports import Only
from store.scopes import EVERYTHING, Scope

HEAD = """
[sheet]
spreadsheet_id = "everything"
service_account_file = "google.json"
"""
YEAR = '[[sheet.years]]\nfrom = {}\nspreadsheet_id = "{}"\n'
OWN = '[[sheet.own]]\ndimension = "{}"\nvalue = "{}"\nspreadsheet_id = "{}"\n'


def loaded(tmp_path: Path, *parts: str) -> SheetConfig:
    file = tmp_path / "config.toml"
    file.write_text("\n".join([HEAD, *parts]), encoding="utf-8")
    config = load_config(file).sheet
    assert config is not None
    return config


def test_one_spreadsheet_holds_everything(tmp_path: Path) -> None:
    assert scopes_of(loaded(tmp_path)) == ([(EVERYTHING, "everything")], [])


def test_each_year_goes_until_the_next_one_whatever_the_order(tmp_path: Path) -> None:
    config = loaded(tmp_path, YEAR.format(2029, "book-29"), YEAR.format(2027, "book-27"))
    years, own = scopes_of(config)
    assert own == []
    assert years == [
        (Scope(None, 2026), "everything"),
        (Scope(2027, 2028), "book-27"),
        (Scope(2029, None), "book-29"),
    ]


def test_an_own_spreadsheet_has_one_value_of_all_years(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        YEAR.format(2027, "book-27"),
        OWN.format("manager", "Анна", "annas"),
        '[[sheet.own]]\nvalue = "Борис"\nspreadsheet_id = "boriss"\n',
    )
    assert scopes_of(config)[1] == [
        (Scope(only=Only("manager", "Анна")), "annas"),
        (Scope(only=Only("manager", "Борис")), "boriss"),
    ]
    assert config.ids == ["everything", "book-27", "annas", "boriss"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((YEAR.format(2027, "book-a"), YEAR.format(2027, "book-b")), "две таблицы с 2027 года"),
        ((YEAR.format(2027, "everything"),), "таблица everything названа дважды"),
        ((OWN.format("team", "Анна", "annas"),), "измерения «team» нет"),
        ((OWN.format("manager", "Общие", "annas"),), "«Общие»"),
        (
            (OWN.format("manager", "Анна", "annas"), OWN.format("manager", "Анна", "other")),
            "для «Анна» названы две таблицы",
        ),
        ((YEAR.format(27, "book-a"),), "sheet.years.0.from"),
        (('[[sheet.years]]\nyear = 2027\nspreadsheet_id = "book-a"\n',), "sheet.years.0.from"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_each(
    tmp_path: Path, parts: tuple[str, ...], words: str
) -> None:
    with pytest.raises(BadConfig) as refused:
        loaded(tmp_path, *parts)
    assert [one for one in refused.value.sentences if words in one]
    assert all(one.startswith("config.toml: ") for one in refused.value.sentences)


def test_an_unknown_key_of_an_entry_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as refused:
        loaded(tmp_path, YEAR.format(2027, "book-a") + "colour = 1\n")
    assert "здесь бывают: from, spreadsheet_id" in str(refused.value)


def test_a_good_configuration_has_no_mistakes(tmp_path: Path) -> None:
    config = loaded(tmp_path, OWN.format("salon", "Центр", "salons"))
    assert list(mistakes(config, ["manager", "salon"])) == []
