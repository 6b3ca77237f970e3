"""Text with delimiters: encodings, quotes, what is no text at all."""

import pytest

from banking.formats.tables.delimited import candidates, head_of, is_text, read_delimited

TEXT = 'Дата;Сумма;Текст\n01.03.2026;5,00;"один; два"\n'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_seen_with_and_without_its_mark(encoding):
    data = ("Date;Amount;Text\n" * 3 + TEXT).encode(encoding)
    assert is_text(data)
    assert candidates(data)[0].startswith("utf-16")
    assert head_of(data, candidates(data)[0]).rows[0].cells == ("Date", "Amount", "Text")


def test_bytes_of_a_picture_are_no_text():
    assert not is_text(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")


def test_a_delimiter_inside_quotes_divides_nothing():
    grid = read_delimited(TEXT.encode(), "utf-8")
    assert grid.rows[1].cells == ("01.03.2026", "5,00", "один; два")


@pytest.mark.parametrize("broken", ['"открыта', 'до "середина" после', '"два" слова'])
def test_broken_quotes_hide_no_line(broken):
    text = f"Дата;Сумма;Текст\n1;2;{broken}\n3;4;5\n6;7;8\n"
    grid = read_delimited(text.encode(), "utf-8")
    assert [row.number for row in grid.rows] == [1, 2, 3, 4]
    assert [row.cells[0] for row in grid.rows[1:]] == ["1", "3", "6"]


def test_rows_between_two_stray_quotes_are_not_swallowed():
    text = 'a;b;c\n1;2;"x\n3;4;5\n6;7;y"\n8;9;0\n'
    grid = read_delimited(text.encode(), "utf-8")
    assert [row.cells[0] for row in grid.rows] == ["a", "1", "3", "6", "8"]


def test_a_cell_may_have_lines_of_its_own():
    grid = read_delimited('a;b;c\n1;2;"строка\nвторая"\n'.encode(), "utf-8")
    assert grid.rows[1].cells[2] == "строка\nвторая"


def test_lost_letters_are_counted():
    assert read_delimited("a;b\nд;е\n".encode("cp1251"), "utf-8").letters_lost == 2
