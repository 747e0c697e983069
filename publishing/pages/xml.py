"""Elements of XML documents for machines: feeds, sitemaps. What a title holds cannot break them.

Source: XML 1.0, 5th edition, §2.2: which characters a document may hold.
"""

import re
from typing import Final

from lxml import etree

_ILLEGAL: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new child; characters that XML has no place for are left out of text and attributes."""
    child = etree.SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    if text:
        child.text = legal(text)
    return child


def legal(text: str) -> str:
    """The text without control characters, lone surrogates and the like."""
    return _ILLEGAL.sub("", text)


def document(root: etree._Element) -> bytes:
    """The finished bytes, in UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
