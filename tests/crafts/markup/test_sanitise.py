"""The allow-lists for addresses coming in and for a body going out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markup.sanitise import SCHEMES, address, body


@pytest.mark.parametrize(
    ("value", "base", "kept"),
    [
        (" https://example.org/a b ", None, "https://example.org/a b"),
        ("HTTP://example.org", None, "HTTP://example.org"),
        ("a/b?c=d:e", None, "a/b?c=d:e"),
        ("#note:1", None, "#note:1"),
        ("../c", "https://example.org/a/b", "https://example.org/c"),
        ("#part", "https://example.org/a/b", "#part"),
        ("//example.org/a", "http://other.example/", "https://example.org/a"),
        ("java\u2028script:x", None, None),
        ("\x01javascript:x", None, None),
        ("JaVaScRiPt:x", None, None),
        ("data:image/png;base64,x", None, None),
        ("blob:x", None, None),
        (":x", None, None),
        ("/\\example.org", None, None),
        ("https://example.org/" + "a" * 2000, None, None),
        ("x", "http://[", None),
        ("", None, None),
    ],
)
def test_an_address_is_safe_or_refused(value: str, base: str | None, kept: str | None) -> None:
    assert address(value, base) == kept


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[\s\x00]{0,2}[jJ]ava\s?script\s?:.{0,5}", fullmatch=True))
def test_what_is_kept_has_an_allowed_scheme_or_none(value: str) -> None:
    kept = address(value)
    scheme = (kept or "").partition(":")[0].lower() if ":" in (kept or "") else ""
    assert not scheme or scheme in SCHEMES or not scheme.isalpha()


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<p onclick='x()' style='y' class='z'>a</p>", "<p>a</p>"),
        ("<a href='javascript:x' target='_blank'>a</a>", "<a>a</a>"),
        ("<a href='/x' id='evil' role='button'>a</a>", '<a href="/x">a</a>'),
        ("<iframe src='https://example.org'></iframe><svg><p>a</p></svg>", "<p>a</p>"),
        ("<img src='/a.jpg' onerror='x' width='1e9'>", '<img src="/a.jpg">'),
        ("<p>a&nbsp;b &amp;nbsp;</p>", "<p>a\u00a0b &amp;nbsp;</p>"),
        ("<!-- a --><p>b", "<p>b</p>"),
    ],
)
def test_a_body_keeps_nothing_that_we_do_not_write(html: str, clean: str) -> None:
    assert body(html) == clean
