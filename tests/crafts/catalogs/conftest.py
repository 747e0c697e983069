"""What the catalog tests share: a catalog with sensible values, changed where a test asks for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from publishing.catalogs import Catalog, Unit

MORNING = datetime(2022, 11, 9, 8, 30, tzinfo=UTC)
EVENING = datetime(2022, 11, 9, 19, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalog() -> Callable[..., Catalog]:
    def make(*units: Unit, **changes: Any) -> Catalog:
        plain = Catalog(
            language="tr",
            source_language="en",
            document="article/12",
            export_id="7f3a",
            created_at=MORNING,
            revised_at=EVENING,
            units=units,
        )
        return replace(plain, **changes)

    return make


@pytest.fixture(scope="session")
def file() -> Callable[[str], bytes]:
    """The bytes of a PO file: a header, then the given entries as they stand."""

    def make(entries: str, header: str = "") -> bytes:
        fields = r'"Language: tr\n"' + "\n" + r'"Content-Type: text/plain; charset=UTF-8\n"' + "\n" + header
        return f'msgid ""\nmsgstr ""\n{fields}\n{entries}'.encode()

    return make
