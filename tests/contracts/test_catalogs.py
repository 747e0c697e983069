"""One suite for every exchange format: what is written is read again, the same gives the same, harm is refused.

A format that joins adds one line to FORMATS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from publishing.catalogs import Catalog, CatalogError, Unit, po, tmx
from publishing.catalogs.tmx import Pair

TEXTS = [
    ("Moscow reduced its supply.[1]", "Moskova arzını azalttı.[1]"),
    ("Say “hi” & <b1>go</b1>", "“Selam” de & <b1>git</b1>"),
    ('"quoted" \\ back', '"tırnaklı" \\ geri'),
    ("one\u00a0two\u2028three", "bir\u00a0iki\u2028üç"),
    ("İstanbul ışığı", "Стамбул — ё"),
]


@dataclass(frozen=True)
class Format:
    """How a format writes and reads pairs of texts, and the bytes that break it."""

    write: Callable[[list[tuple[str, str]]], bytes]
    read: Callable[[bytes], list[tuple[str, str]]]
    limit: int


def _write_po(texts: list[tuple[str, str]]) -> bytes:
    moment = datetime(2022, 11, 9, tzinfo=UTC)
    units = tuple(Unit(f"k{number}", *pair) for number, pair in enumerate(texts))
    return po.write(Catalog("tr", "en", "article/1", "1", moment, moment, units=units))


FORMATS = {
    "po": Format(
        write=_write_po,
        read=lambda data: [(unit.source, unit.target) for unit in po.read(data).units],
        limit=10 * 1024 * 1024,
    ),
    "tmx": Format(
        write=lambda texts: tmx.write([Pair(*pair, "en", "tr", "human") for pair in texts]),
        read=lambda data: [(pair.source, pair.target) for pair in tmx.read(data)],
        limit=50_000_000,
    ),
}


@pytest.fixture(params=FORMATS)
def exchange(request: pytest.FixtureRequest) -> Format:
    return FORMATS[request.param]


def test_what_is_written_is_read_again(exchange: Format) -> None:
    assert exchange.read(exchange.write(TEXTS)) == TEXTS


def test_nothing_is_written_and_read_as_nothing(exchange: Format) -> None:
    assert exchange.read(exchange.write([])) == []


def test_the_same_gives_the_same_bytes(exchange: Format) -> None:
    assert exchange.write(TEXTS) == exchange.write(list(TEXTS))


def test_files_are_utf8_with_line_feeds_and_no_byte_order_mark(exchange: Format) -> None:
    data = exchange.write(TEXTS)
    assert data.decode("utf-8").startswith(("#", "<?xml"))
    assert b"\r" not in data
    assert data.endswith(b"\n")


def test_windows_line_ends_and_a_byte_order_mark_are_read(exchange: Format) -> None:
    data = exchange.write(TEXTS).replace(b"\n", b"\r\n")
    assert exchange.read(b"\xef\xbb\xbf" + data) == TEXTS


@pytest.mark.parametrize("text", ["\x00", "\x1b", "\ud800"], ids=["NUL", "escape", "half a surrogate pair"])
@pytest.mark.parametrize("side", [0, 1], ids=["source", "target"])
def test_characters_that_no_format_carries_are_refused_at_writing(
    exchange: Format, text: str, side: int
) -> None:
    pair = ("source" + text * (side == 0), "target" + text * (side == 1))
    with pytest.raises(CatalogError):
        exchange.write([pair])


@pytest.mark.parametrize(
    "data",
    [b"", b"\n \n", b"\x00\xff\xfe", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<!DOCTYPE html><p>x</p>", b"/etc/hostname"],
    ids=["empty", "blank", "binary", "picture", "archive", "HTML", "a path"],
)  # fmt: skip
def test_what_is_of_another_kind_is_refused_in_one_line(exchange: Format, data: bytes) -> None:
    with pytest.raises(CatalogError) as refused:
        exchange.read(data)
    assert str(refused.value).isprintable()


def test_a_file_above_the_limit_is_refused_unparsed(exchange: Format) -> None:
    with pytest.raises(CatalogError, match="are read"):
        exchange.read(b"#" * (exchange.limit + 1))


def test_a_file_cut_off_anywhere_gives_an_error_or_beginnings_of_what_was_in_it(exchange: Format) -> None:
    data = exchange.write(TEXTS)
    for length in range(0, len(data), 7):
        try:
            found = exchange.read(data[:length])
        except CatalogError:
            continue
        for (source, target), (whole_source, whole_target) in zip(found, TEXTS, strict=False):
            assert source == whole_source
            assert whole_target.startswith(target)


def test_an_error_is_one_value_error_with_its_line(exchange: Format) -> None:
    data = exchange.write(TEXTS)
    with pytest.raises(ValueError, match=r"^line \d+: ") as refused:
        exchange.read(data[: len(data) - 12])
    assert isinstance(refused.value, CatalogError)
    assert refused.value.line is not None
