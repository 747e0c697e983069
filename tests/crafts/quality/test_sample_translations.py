"""The demonstration memory is right, and the checks say nothing about it."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from publishing.quality import check

MEMORY = Path(__file__).parents[3] / "publishing" / "demo" / "memory.tmx"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def translations() -> list[tuple[str, str, str, str]]:
    """(source, target, source language, target language) for each language that a unit is translated into."""
    found = []
    for unit in ElementTree.parse(MEMORY).iter("tu"):  # noqa: S314 (a file of this project)
        origin = unit.get("srclang", "")
        texts = {str(variant.get(LANGUAGE)): str(variant.findtext("seg")) for variant in unit.iter("tuv")}
        found += [
            (texts[origin], target, origin, language)
            for language, target in texts.items()
            if language != origin
        ]
    return found


@pytest.mark.skipif(not MEMORY.exists(), reason="the demonstration memory is not there")
def test_no_finding_on_any_translation_of_the_sample() -> None:
    pairs = translations()
    found = {pair[1]: [one.message for one in findings] for pair in pairs if (findings := check(*pair))}
    assert len(pairs) > 100
    assert not found
