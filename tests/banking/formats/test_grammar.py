"""Blocks are cut by markers; continuation lines belong to the purpose; damage names its line."""

import pytest

from banking.formats.grammar import parse_skeleton
from banking.formats.read import read_statement
from banking.formats.records import ProblemCode
from tests.banking.samples import document, section, statement


def only_line(*blocks):
    (line,) = read_statement("f", statement(*blocks).encode()).lines
    return line


def test_lines_without_a_known_key_continue_the_purpose():
    doc = document(НазначениеПлатежа="Оплата по договору № 7")
    doc[-1:-1] = ["от 10.02.2026, формула A=B+C", "", "НДС=не облагается"]
    assert only_line(section(), doc).purpose == (
        "Оплата по договору № 7 от 10.02.2026, формула A=B+C НДС=не облагается"
    )


def test_a_known_key_after_the_purpose_is_a_key_in_any_case_of_letters():
    doc = document()
    doc[-1:-1] = ["плательщикКОРСЧЕТ=30101", "очередность=5"]
    assert only_line(section(), doc).purpose == "Оплата по договору № 12-А"


def test_only_the_first_equals_sign_separates():
    doc = document(НазначениеПлатежа="НДС-465000=")
    assert only_line(section(), doc).purpose == "НДС-465000="


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        ("Длинное назначение", ["Длинное", "назначение"], "Длинное назначение"),
        ("Коротко", ["Коротко", "и", "ясно"], "Коротко и ясно"),
        (None, ["Доплата по заказу", "клиента"], "Доплата по заказу клиента"),
        ("&quot;A&quot;  &amp;\u00a0B", [], '"A" & B'),
    ],
)
def test_the_longer_of_two_purposes_is_taken_once(whole, parts, expected):
    keys = {f"НазначениеПлатежа{at}": part for at, part in enumerate(parts, start=1)}
    assert only_line(section(), document(НазначениеПлатежа=whole, **keys)).purpose == expected


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        ([section(), document()[:-1], document()], 30),
        ([section()[:-1], document()], 16),
        ([section(), ["КонецДокумента"]], 17),
        ([section(), document()[:-1], ["КонецРасчСчет"]], 30),
        ([section(), document()[:-1]], 30),
    ],
)
def test_an_unclosed_block_refuses_the_file_and_names_the_line(blocks, place):
    read = read_statement("f", statement(*blocks).encode())
    (problem,) = read.problems
    assert problem.code is ProblemCode.STRUCTURE_DAMAGED
    assert read.lines == ()
    assert problem.line == place
    assert str(place) in problem.text


def test_text_after_the_end_and_outside_blocks_is_told():
    text = statement(["случайная строка"], section(), document()) + "хвост\r\n"
    codes = [problem.code for problem in read_statement("f", text.encode()).problems]
    assert codes == [ProblemCode.TEXT_OUTSIDE, ProblemCode.TEXT_AFTER_END]


def test_a_repeated_key_keeps_its_first_value_and_unknown_keys_are_kept():
    skeleton = parse_skeleton(
        "1CClientBankExchange\nСекцияДокумент\nНомер=\nНомер=5\nНомер=6\nНовое=x"
    )
    (block,) = skeleton.documents
    assert block.get("номер") == "5"
    assert block.get("НОВОЕ") == "x"
    assert block.kind == ""
