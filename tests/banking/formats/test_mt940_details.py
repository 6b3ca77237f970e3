"""The :86: text in the dialects of banks."""

import pytest

from banking.formats.mt940_details import Details, is_iban, read_details


@pytest.mark.parametrize(
    ("text", "kind", "name", "account", "purpose"),
    [
        (
            "166?00GUTSCHRIFT?20EREF+17?21SVWZ+Rechnung 17?22 Mai?31DE42100100100043921105\n?32Ric B?33eginn",
            "GUTSCHRIFT",
            "Ric Beginn",
            "DE42100100100043921105",
            "Rechnung 17 Mai",
        ),
        (
            "020~00PRZELEW~20Faktura 5~21/2026~31PL29114010810000267002001002~32Jan Kowalski~60X",
            "PRZELEW",
            "Jan Kowalski",
            "PL29114010810000267002001002",
            "Faktura 5/2026",
        ),
        ("020^00PRZELEW^20Faktura 5^32Jan", "PRZELEW", "Jan", "", "Faktura 5"),
        (
            "/EREF/01-01/BENM//NAME/JOHN DOE/REMI/Reference 2013/ISDT/2013-01-02",
            "",
            "JOHN DOE",
            "",
            "Reference 2013",
        ),
        (
            "/TRTP/SEPA/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/ACME/REMI/Invoice 5/EREF/X",
            "SEPA",
            "ACME",
            "NL91ABNA0417164300",
            "Invoice 5",
        ),
        (
            "/EREF/A1//CNTP/NL91ABNA0417164300/ABNANL2A/ACME///REMI/USTD//Invoice 5/",
            "",
            "ACME",
            "NL91ABNA0417164300",
            "Invoice 5",
        ),
        ("GIRO AUS ONLINE-SIC\nJANE DOE", "", "", "", "GIRO AUS ONLINE-SIC JANE DOE"),
    ],
)
def test_each_dialect_is_read(text, kind, name, account, purpose):
    assert read_details([text], []) == Details(kind, name, account, purpose)


def test_words_that_were_cut_at_the_width_of_the_line_are_joined():
    text = "x" * 60 + " BETA\nLING 5"
    assert read_details([text], []).purpose == "x" * 60 + " BETALING 5"


def test_own_lines_of_a_bank_stand_in_where_the_text_lacks():
    read = read_details([], ["01Zweck 1\n02Zweck 2\n15Firma A\n1812345"])
    assert (read.purpose, read.counterparty) == ("Zweck 1 Zweck 2", "Firma A")


@pytest.mark.parametrize(
    ("text", "inn"),
    [("ИНН 7707083893 ПАО", "7707083893"), ("INN7707083893", "7707083893"), ("INN 123", None)],
)
def test_an_inn_is_taken_only_whole_and_right(text, inn):
    assert read_details([text], []).inn == inn


def test_an_iban_is_known_by_its_check_digits():
    assert [is_iban(text) for text in ("NL91ABNA0417164300", "NL92ABNA0417164300", "")] == [
        True,
        False,
        False,
    ]
