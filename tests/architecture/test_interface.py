"""The interface speaks three languages: no string of ours is missing or fuzzy in any of them."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from publishing.interface import catalogs, collecting

ROOT = Path(__file__).parents[2]
TRANSLATED = re.compile(
    r"{% translate .*?%}|{% blocktranslate.*?{% endblocktranslate %}|{#.*?#}|{% comment.*?endcomment %}",
    re.DOTALL,
)
PLACES = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def wanted() -> set[object]:
    return {(message.id, message.context) for message in collecting.template() if message.id}


def messages(path: Path) -> dict[object, Message]:
    return {(message.id, message.context): message for message in catalogs.read(path) if message.id}


@pytest.mark.parametrize(("code", "path"), catalogs.paths(), ids=[code for code, _ in catalogs.paths()])
class TestACatalog:
    def test_has_every_string(self, code: str, path: Path, wanted: set[object]) -> None:
        assert wanted - set(messages(path)) == set(), "run: make messages"

    def test_has_no_string_that_is_gone(self, code: str, path: Path, wanted: set[object]) -> None:
        assert set(messages(path)) - wanted == set(), "run: make messages"

    def test_has_every_string_translated_and_none_fuzzy(
        self, code: str, path: Path, wanted: set[object]
    ) -> None:
        assert catalogs.untranslated(catalogs.read(path)) == []

    def test_keeps_the_places_for_values(self, code: str, path: Path, wanted: set[object]) -> None:
        for message in messages(path).values():
            source = message.id[-1] if isinstance(message.id, (list, tuple)) else message.id
            for text in catalogs.forms(message.string):
                assert set(PLACES.findall(text)) <= set(PLACES.findall(source)), text
            assert set(PLACES.findall(catalogs.forms(message.string)[-1])) == set(PLACES.findall(source))


@pytest.mark.parametrize(
    "path",
    [*ROOT.glob("templates/**/*.*"), *ROOT.glob("publishing/static/**/*.js")],
    ids=lambda path: path.name,
)
def test_quotation_marks_are_those_of_the_language(path: Path) -> None:
    """A `q` element has them, or the string that is translated; “these” are wrong in Russian."""
    assert not re.search("[“”«»„]", TRANSLATED.sub("", path.read_text(encoding="utf-8")))


def test_no_message_is_put_into_quotation_marks_by_hand() -> None:
    """No translator sees what Python puts together. The crafts that read texts know all marks, and say nothing."""
    reading = {"languages", "quality", "matching", "markup", "markers"}
    by_hand = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.glob("publishing/**/*.py")
        if not reading.intersection(path.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and re.search("[“”]", str(part.value))
    ]
    assert by_hand == []
