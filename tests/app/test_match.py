"""The `match` command."""

import json
from pathlib import Path

import pytest

from tests.app.command_room import Desk

EASY = Path(__file__).resolve().parents[3] / "shared" / "matching" / "sets" / "easy_60"


@pytest.fixture
def statement() -> Path:
    if not EASY.exists():
        pytest.skip(f"shared data not here: {EASY}")
    return EASY / "statement.txt"


def test_every_document_gets_one_answer(desk: Desk, statement: Path) -> None:
    payments = EASY / "payments.json"

    answer = desk.json("match", "--payments", payments, "--statement", statement)

    documents = desk.json("statement", statement)["files"][0]["documents"]
    assert [one["line"] for one in answer["lines"]] == list(range(1, documents + 1))
    assert {"verdict", "links", "fee", "reasons", "alternatives"} <= set(answer["lines"][0])


def test_people_see_the_same_lines_with_reasons(desk: Desk, statement: Path) -> None:
    done = desk.run("match", "--payments", EASY / "payments.json", "--statement", statement)

    assert done.status == 0
    assert "номер договора" in done.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "не JSON"),
        (b"\xff\xfe", "не JSON"),
        (b"[" * 200_000, "не JSON"),
        (b'{"payments": 1}', "список платежей"),
        (b'{"payments": [{"id": "1", "amount": "1,0,0"}]}', "payments[1].amount"),
    ],
)
def test_payments_that_cannot_be_used_are_refused(
    desk: Desk, statement: Path, content: bytes, said: str
) -> None:
    payments = desk.home / "payments.json"
    payments.write_bytes(content)

    assert said in desk.refused("match", "--payments", payments, "--statement", statement)


def test_an_amount_written_as_a_number_keeps_its_digits(desk: Desk, statement: Path) -> None:
    given = json.loads((EASY / "payments.json").read_text(encoding="utf-8"))
    numbers = json.dumps(given, ensure_ascii=False)
    for payment in given["payments"]:
        numbers = numbers.replace(f'"{payment["amount"]}"', payment["amount"])
    payments = desk.home / "payments.json"
    payments.write_text(numbers, encoding="utf-8")

    answer = desk.json("match", "--payments", payments, "--statement", statement)

    usual = desk.json("match", "--payments", EASY / "payments.json", "--statement", statement)
    assert answer == usual


def test_a_statement_that_is_none_is_refused(desk: Desk, statement: Path) -> None:
    payments = EASY / "payments.json"

    assert "payments.json" in desk.refused(
        "match", "--payments", payments, "--statement", payments
    )


def test_a_company_s_own_words_are_taken_and_wrong_ones_refused(
    desk: Desk, statement: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words.toml"
    given = ("match", "--payments", EASY / "payments.json", "--statement", statement)

    words.write_text('[not_client]\nowner = ["взнос хозяйки"]\n', encoding="utf-8")
    assert desk.run(*given, "--words", words).status == 0

    words.write_text("[not_client]\nowner = 5\n", encoding="utf-8")
    refused = desk.run(*given, "--words", words)
    assert refused.status != 0
    assert "нужен список слов" in refused.err
