"""How machines read a page: strictly, and its data besides."""

import http.client
import json
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import html5lib
from django.test import Client
from lxml import etree

from publishing.models import Document


def address(document: Document, language: str = "en") -> str:
    return f"/{language}/{document.editions.get(language=language).slug}/"


def tree(page: str) -> Any:
    """The page's elements. Raises ParseError for anything that the HTML standard calls an error of the syntax."""
    builder = html5lib.getTreeBuilder("lxml")
    return html5lib.HTMLParser(tree=builder, strict=True, namespaceHTMLElements=False).parse(page)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def page(client: Client, path: str) -> Any:
    return tree(text_of(client, path))


def data(read: Any) -> dict[str, Any]:
    """The JSON-LD of a page: one object, whose element holds nothing that could end it."""
    (text,) = read.xpath("//script[@type='application/ld+json']/text()")
    assert not set("<>&") & set(text)
    found: dict[str, Any] = json.loads(text)
    return found


def meta(read: Any, name: str) -> list[str]:
    """The contents of a page's Open Graph properties of this name."""
    return [str(content) for content in read.xpath(f"//meta[@property='{name}']/@content")]


def xml(client: Client, path: str) -> Any:
    """The root of an XML document, parsed without leniency."""
    response = client.get(path)
    assert response.status_code == 200, path
    return etree.fromstring(response.content, etree.XMLParser(resolve_entities=False))


def ask(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What a server answers to GET: status, headers in small letters, bytes. Nothing is followed or unpacked."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    with closing(connection):
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, named, answer.read()
