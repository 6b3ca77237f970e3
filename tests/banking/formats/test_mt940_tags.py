"""What is kept of each tag, with the numbers of the lines in the file."""

from banking.formats.mt940_tags import Broken, parse_blocks

TEXT = """preamble
:20:A
:25:ACC
:28C:5/1
:60F:C260301RUB1,00
:61:260302C2,50NTRF7//B
extra
:86:one
two

:99:unknown
:86:three
:62F:C260302RUB3,50
-
:20:B
:25:ACC
"""


def test_lines_keep_their_numbers_and_texts():
    first, second = parse_blocks(TEXT)
    assert (first.line, first.reference, first.account, first.number) == (2, "A", "ACC", "5/1")
    (page,) = first.pages
    assert (page.opening.line, page.opening.amount, page.closing.line) == (5, "1,00", 13)
    (line,) = page.lines
    assert (line.line, line.fields["amount"], line.fields["bank_reference"]) == (6, "2,50", "B")
    assert line.details == ["one\ntwo\n:99:unknown", "three"]
    assert (second.line, second.pages) == (15, [])


def test_a_tag_before_the_first_statement_breaks_the_file():
    assert parse_blocks(":61:260302C2,50NTRF\n" + TEXT) == Broken(1)


def test_nothing_is_read_from_the_disk_by_name(tmp_path):
    file = tmp_path / "a.sta"
    file.write_text(TEXT)
    assert parse_blocks(str(file)) == []


def test_text_without_tags_has_no_statements():
    assert parse_blocks("") == []
