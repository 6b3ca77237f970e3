import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.markup import (
    Formatted,
    is_web_link,
    parse_html,
    parse_text,
    render_html,
    utf16_length,
)
from sandbox.telegram.wire import RefusedError

# Worked out by hand from td/telegram/MessageEntity.cpp parse_html.
READ = [
    ("просто", "просто", []),
    ("5 &lt; 6 &amp; 7 &gt; 6 &quot;", '5 < 6 & 7 > 6 "', []),
    ("&nbsp; &copy;", "&nbsp; &copy;", []),
    ("&#65;&#x42;&#0;", "AB&#0;", []),
    ("a &lt b", "a < b", []),
    ("<b>да</b>", "да", [("bold", 0, 2)]),
    ("<B>да</B>", "да", [("bold", 0, 2)]),
    ("😀<i>да</i>", "😀да", [("italic", 2, 2)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("<b></b>нет", "нет", []),
    ("<b>да</>", "да", [("bold", 0, 2)]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ("<b\n>x</b\n>", "x", [("bold", 0, 1)]),
    ('<code class="language-python">x</code>', "x", [("code", 0, 1)]),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
    ('<b id="x">y</b>', "y", [("bold", 0, 1)]),
]
REFUSED = [
    ("<Ромашка>", 'Unsupported start tag "Ромашка" at byte offset 0'),
    ("5 < 6 >", 'Unsupported start tag "" at byte offset 2'),
    ("<p>", 'Unsupported start tag "p" at byte offset 0'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("a <", "Unclosed start tag at byte offset 2"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>да", "Can't find end tag corresponding to start tag b"),
    ("да</b>", "Unexpected end tag at byte offset 4"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href=h/x>x</a>", "Unexpected end of name token at byte offset 8"),
    ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_html_becomes_text_and_entities(source, text, entities):
    formatted = parse_html(source)

    assert formatted.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == entities


@pytest.mark.parametrize(("source", "words"), REFUSED)
def test_broken_html_is_refused_word_for_word(source, words):
    with pytest.raises(RefusedError) as refused:
        parse_html(source)

    assert refused.value.words == f"can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ('<a href="https://t.me/x?a=1&amp;b=2">x</a>', "https://t.me/x?a=1&b=2"),
        ("<a href='example.org'>x</a>", "http://example.org/"),
        ("<a>example.org</a>", "http://example.org/"),
    ],
)
def test_a_link_keeps_its_address(source, url):
    assert [entity["url"] for entity in parse_html(source).entities] == [url]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://localhost/x", "ftp://a.b", "a b.c"]
)
def test_what_is_no_web_link_silently_becomes_text(url):
    assert not is_web_link(url)
    assert parse_html(f'<a href="{url}">x</a>') == Formatted("x")


def test_code_inside_pre_names_the_language():
    formatted = parse_html('<pre><code class="language-python">x</code></pre>')

    assert formatted.entities == ({"type": "pre", "offset": 0, "length": 1, "language": "python"},)


def test_spaces_at_the_ends_go_and_entities_follow():
    assert parse_text("  <b> да </b>\n", "HTML", None) == Formatted(
        "да", ({"type": "bold", "offset": 0, "length": 2},)
    )


@pytest.mark.parametrize(("mode", "code"), [("MarkdownV2", 501), ("BBCode", 400)])
def test_markdown_is_not_modelled_and_anything_else_unknown(mode, code):
    with pytest.raises(RefusedError) as refused:
        parse_text("*x*", mode, None)

    assert refused.value.code == code


@given(st.text(alphabet="<>&bai/ \"='яё😀;#x1"))
def test_any_text_is_read_or_refused(source):
    try:
        formatted = parse_html(source)
    except RefusedError:
        return

    for entity in formatted.entities:
        assert entity["offset"] >= 0
        assert entity["offset"] + entity["length"] <= utf16_length(formatted.text)


@given(st.text(alphabet="<>&bai/ \"='яё😀"))
def test_escaped_text_comes_through_and_shows_as_it_was(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    formatted = parse_html(escaped)

    assert formatted.text == text
    shown = parse_html(render_html(formatted).replace("&#x27;", "'"))
    assert shown.text == text


def test_shown_html_keeps_what_telegram_kept():
    source = '<b>a<i>b</i></b> <a href="https://t.me/x">в</a> &lt;'

    assert render_html(parse_html(source)) == (
        '<b>a<i>b</i></b> <a href="https://t.me/x" rel="noreferrer">в</a> &lt;'
    )
