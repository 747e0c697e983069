"""Quotation marks and brackets find their partners, in each language's style."""

import pytest

from publishing.languages import quotes


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“a”", [(0, 3)]),
        ("«a „b“ c»", [(0, 9), (3, 6)]),
        ('"a" and "b"', [(0, 3), (8, 11)]),
        ("(“a” [b])", [(0, 9), (1, 4), (5, 8)]),
        ("a) one; b) two", []),
        ("see 12) there", []),
        ("(one, in UK) and (two)", [(0, 12), (17, 22)]),
    ],
)
def test_partners_are_found_and_nothing_is_left_over(text: str, spans: list[tuple[int, int]]) -> None:
    balance = quotes.balance(text)
    assert sorted(balance.spans) == sorted(spans)
    assert not balance.unclosed
    assert not balance.unopened


@pytest.mark.parametrize(
    ("text", "unclosed", "unopened"),
    [
        ("“a", (0,), ()),
        ("a”", (), (1,)),
        ("(a “b) c”", (3,), (8,)),
        ("«a «b» c", (0,), ()),
        ('a "b', (2,), ()),
        ("word)", (), (4,)),
    ],
)
def test_what_lacks_a_partner_is_named(
    text: str, unclosed: tuple[int, ...], unopened: tuple[int, ...]
) -> None:
    balance = quotes.balance(text)
    assert (balance.unclosed, balance.unopened) == (unclosed, unopened)


def test_enclosed_gives_the_outermost_spans_only() -> None:
    assert quotes.enclosed("a (b “c”) “d”") == [(2, 9), (10, 13)]


def test_each_language_opens_and_closes_in_its_own_way() -> None:
    assert quotes.openers("ru") + quotes.closers("ru") == ("«", "„", "»", "“")
    assert quotes.openers("en") == quotes.openers("tr") == ("“", "‘")
