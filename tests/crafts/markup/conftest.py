"""The sample article, as text and as read."""

from pathlib import Path

import pytest

from publishing.markup.reading import Reading, decode, from_text

SAMPLE = Path(__file__).parents[2] / "data" / "sample_article.txt"


@pytest.fixture(scope="session")
def sample_text() -> str:
    return decode(SAMPLE.read_bytes())


@pytest.fixture(scope="session")
def sample(sample_text: str) -> Reading:
    return from_text(sample_text)
