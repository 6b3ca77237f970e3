"""Names as hledger takes them."""

from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.safe_names import safe_name, safe_tag, safe_words

WRITERS = (safe_name, safe_tag, safe_words)
NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
HOSTILE = st.text(alphabet=" \t\n;:|()[]*!%,=@'\"a\u00a0\u3000я", min_size=1, max_size=12)


def test_ordinary_names_stay_as_they_are() -> None:
    assert safe_name("Аренда офиса, 2 этаж") == "Аренда офиса, 2 этаж"
    assert safe_tag("Анна П.") == "Анна П."
    assert safe_words("import:17") == "import:17"


def test_what_would_end_a_name_is_written_out() -> None:
    assert safe_name("(a)  b;c:d") == "%28a%29 %20b%3Bc%3Ad"
    assert safe_tag("a, b") == "a%2C b"
    assert safe_words("* (x)") == "%2A %28x%29"


@settings(deadline=None)
@given(NAMES | HOSTILE)
def test_the_writing_can_be_undone_so_no_two_names_become_one(name: str) -> None:
    assert [unquote(write(name)) for write in WRITERS] == [name] * 3


@settings(deadline=None)
@given(NAMES | HOSTILE)
def test_no_name_has_two_spaces_or_a_line_end(name: str) -> None:
    written = safe_name(name)

    assert "  " not in written
    assert written.isprintable()
    assert written == written.strip()
