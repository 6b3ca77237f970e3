"""Names: the same person in three spellings, two companies that are not the same."""

import pytest

from banking.matching.names import full_names_in, parse_name, short_forms, short_names_in


@pytest.mark.parametrize(
    "text",
    [
        "Миронова Алла Андреевна",
        "ИП Миронова Алла Андреевна",
        "МИРОНОВА АЛЛА АНДРЕЕВНА",
        "Индивидуальный предприниматель Миронова Алла Андреевна",
    ],
)
def test_a_person_is_the_same_in_every_spelling(text):
    name = parse_name(text)
    assert name == parse_name("Миронова Алла Андреевна")
    assert name.is_person


@pytest.mark.parametrize("text", ['АО "Темп"', 'ООО "Темп-М"', "Темп", 'ПАО "Темп"'])
def test_another_legal_form_or_word_is_another_company(text):
    assert parse_name(text) != parse_name('ООО "Темп"')


def test_a_spelled_out_legal_form_is_the_short_one():
    long = "Общество с ограниченной ответственностью «Темп»"
    assert parse_name(long) == parse_name('ООО "ТЕМП"')


def test_an_empty_name_is_none():
    assert parse_name('  «»"') is None


@pytest.mark.parametrize(
    "text",
    ["Перевод по СБП. Алла Андреевна М.", "от Миронова А.А.", "за Миронову, Миронова А. А. аванс"],
)
def test_a_shortened_name_leads_to_the_person(text):
    assert set(short_names_in(text)) & set(short_forms(parse_name("Миронова Алла Андреевна")))


@pytest.mark.parametrize("text", ["Алла Борисовна М.", "Алла Андреевна К.", "Миронова Б.А."])
def test_another_initial_is_another_person(text):
    assert not set(short_names_in(text)) & set(short_forms(parse_name("Миронова Алла Андреевна")))


def test_a_full_name_is_found_inside_a_purpose():
    text = "Заемщик Миронова Алла Андреевна. Комиссия 5"
    assert parse_name("Миронова Алла Андреевна") in full_names_in(text)


def test_a_company_has_no_shortened_forms():
    assert short_forms(parse_name('ООО "Раз Два Три"')) == []
