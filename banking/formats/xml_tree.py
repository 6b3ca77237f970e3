"""XML from strangers: bytes in, a tree without entities, network or depth out, or a reason.

Elements are found by their local names, because the versions of camt.053 differ in namespaces and
some banks leave them out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lxml import etree

__all__ = ["BadXml", "Document", "Node", "parse_xml"]


class BadXml(Enum):
    """Why there is no tree."""

    ENTITIES = "entities"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Node:
    """One element; everything missing is an empty text or no node at all."""

    _element: etree._Element

    @property
    def line(self) -> int:
        """Where it stands in the file."""
        return int(self._element.sourceline or 0)

    @property
    def value(self) -> str:
        """Its own text."""
        return (self._element.text or "").strip()

    def all(self, name: str) -> Iterator["Node"]:
        """Its children of that name, in order."""
        return map(Node, self._element.iterchildren(name))

    def at(self, path: str) -> "Node | None":
        """The first descendant on a path of local names, `Acct/Id/IBAN`; `.` is this one."""
        found = self._element if path == "." else self._element.find(path)
        return None if found is None else Node(found)

    def text(self, *paths: str) -> str:
        """The first text on these paths that is not empty."""
        for path in paths:
            node = self.at(path)
            if node and node.value:
                return node.value
        return ""

    def attribute(self, name: str) -> str:
        """The value of an attribute."""
        return str(self._element.get(name) or "").strip()

    def everywhere(self, name: str) -> Iterator["Node"]:
        """It and all its descendants of that name."""
        return map(Node, self._element.iter(name))


@dataclass(frozen=True, slots=True)
class Document:
    """The root of a document and the namespace that it came in."""

    root: Node
    namespace: str


def parse_xml(data: bytes) -> Document | BadXml:
    """Parse a document; one with a DOCTYPE is not parsed further, since no statement has one."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return BadXml.ENTITIES
    root = _tree(data, None)
    if root is None and not _is_utf8(data):
        # Saved in Windows' own encoding under a heading that says UTF-8.
        root = _tree(data, "cp1251")
    if root is None:
        return BadXml.DAMAGED
    if root.getroottree().docinfo.doctype:
        return BadXml.ENTITIES
    namespace = etree.QName(root).namespace or ""
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return Document(Node(root), namespace)


def _tree(data: bytes, encoding: str | None) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError):
        # LxmlError holds XMLSyntaxError; the others are about an encoding nobody knows.
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
