"""XML from strangers: nothing is fetched, expanded or dug too deep."""

import pytest

from banking.formats.xml_tree import BadXml, parse_xml

ENTITY_BOMB = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'


def test_elements_are_found_by_their_local_names():
    document = parse_xml(b'<n:A xmlns:n="urn:x"><!-- c --><?p i?><n:B k=" v ">\n t </n:B></n:A>')
    node = document.root.at("B")
    assert (document.namespace, node.value, node.attribute("k"), node.line) == (
        "urn:x",
        "t",
        "v",
        1,
    )
    assert document.root.text("C", "B") == "t"
    assert document.root.text("C/B") == ""
    assert document.root.at(".") == document.root
    assert [one.value for one in document.root.all("B")] == ["t"]
    assert [one.value for one in document.root.everywhere("B")] == ["t"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ENTITY_BOMB, BadXml.ENTITIES),
        (ENTITY_BOMB.decode().encode("utf-16"), BadXml.ENTITIES),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', BadXml.ENTITIES),
        (b"<a>&x;</a>", BadXml.DAMAGED),
        (b"<a><b></a>", BadXml.DAMAGED),
        (b"<a>" * 100_000, BadXml.DAMAGED),
        (b"<a>" * 5000 + b"</a>" * 5000, BadXml.DAMAGED),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', BadXml.DAMAGED),
        (b"", BadXml.DAMAGED),
        (b"\0\0", BadXml.DAMAGED),
    ],
)
def test_what_is_not_safe_or_not_whole_has_no_tree(data, reason):
    assert parse_xml(data) is reason


def test_letters_of_windows_under_a_heading_of_utf8_are_read():
    data = '<?xml version="1.0" encoding="UTF-8"?><a>Счёт</a>'.encode("cp1251")
    assert parse_xml(data).root.value == "Счёт"
