"""Profiles: those that come along are whole, and a bad one is refused with its reason."""

from pathlib import Path

import pytest

from banking.formats.read import read_statement
from banking.formats.records import Verdict
from banking.formats.tables.profile import BadProfile, Profile, packaged_profiles, profile_from
from tests.banking.tables import CSV_SAMPLES, sber

GOOD = 'name = "Б"\nsign = "signed"\n[needed]\ndate = ["Дата"]\namount = ["Сумма"]\n'


def test_every_packaged_profile_is_reached_by_a_sample():
    samples = [text.encode() for text in (*CSV_SAMPLES.values(), IN_OUT)]
    read = [read_statement("f", data) for data in (*samples, sber())]
    assert {one.sender for one in read} == {one.name for one in packaged_profiles()}
    assert Verdict.REFUSED not in {one.verdict for one in read}


IN_OUT = "Дата;Контрагент;Поступление;Списание;Назначение\n01.03.2026;ИП;5,00;;Оплата\n"


def test_a_few_lines_are_a_profile():
    assert isinstance(profile_from("b.toml", GOOD), Profile)


def test_the_example_of_the_documentation_is_a_profile():
    text = (Path(__file__).resolve().parents[4] / "docs" / "spec-formats.md").read_text("utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    profile = profile_from("my_bank.toml", example)
    assert isinstance(profile, Profile), profile
    table = (
        "Номер счета;KZ86125KZT5004100100;;;\nВходящий остаток;5,00;;;\n"
        "Дата;Расход;Приход;Назначение;ИНН\n2026/03/01;1,00;;Аренда;\nИсходящий остаток;4,00;;;\n"
    )
    read = read_statement("f", table.encode(), (), [profile])
    assert (read.sender, read.verdict, read.accounts[0].opening.currency) == (
        "Мой банк, CSV",
        Verdict.OK,
        "KZT",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "это не TOML"),
        (GOOD.replace("signed", "guess"), "sign: signed, columns, direction"),
        (GOOD.replace('date = ["Дата"]\n', ""), "нет date"),
        (GOOD.replace('amount = ["Сумма"]\n', ""), "нет amount"),
        (GOOD.replace("signed", "columns"), "нет debit или credit"),
        (GOOD.replace("signed", "direction"), "нет direction"),
        (GOOD.replace('["Сумма"]', '"Сумма"'), "нужен список"),
        (GOOD.replace("amount", "summa"), "needed: "),
        (GOOD + "[extra]\n", "неизвестные ключи: extra"),
        ('dates = ["d/m"]\n' + GOOD, "«d/m»"),
        ("header_rows = 3\n" + GOOD, "header_rows"),
        ("needed = 1\nname = 'x'\nsign = 'signed'", "таблица [needed]"),
        (GOOD.replace('"Б"', '""'), "name: нужен текст"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(text, reason):
    bad = profile_from("b.toml", text)
    assert isinstance(bad, BadProfile)
    assert reason in bad.reason
    assert bad.source == "b.toml"


def test_with_a_direction_the_words_for_both_ways_are_needed():
    text = GOOD.replace("signed", "direction") + 'direction = ["Тип"]\n[words]\nin = ["Приход"]\n'
    assert "in или out" in profile_from("b.toml", text).reason
