"""What answers readers' questions where no server does: the index of the search as files, loaded piece by piece.

For each language `search/index.json` says what there is, and leads to the pieces in `search/index/`: the words by
how they begin, the length of each text, the titles. A piece is named after its content, so that one that was
loaded before is never another. publishing/static/publishing/search.js reads them: docs/decisions/0042.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext, ngettext, override

from publishing.languages import CODES, dates
from publishing.languages.function_words import FUNCTION_WORDS
from publishing.matching import relevance, shards, words
from publishing.matching.inflections import inflections
from publishing.models import Listing, Posting, Release, Word
from publishing.reports import finding

from .. import addresses, search
from ..version import version

FORM = 1
MOST = 48_000
"""Characters of a piece, roughly; compressed, a third or less of it."""
BROTLI_QUALITY = 6
"""Of a large site there are many megabytes of pieces, and a release changes most."""
TITLES = 256
"""Numbers of releases whose titles stand in one piece."""
_IN_JSON = 8  # characters around a name
_COUNTS = {"en": (1, 2), "tr": (1, 2), "ru": (1, 2, 5)}
"""A number of each kind that the language counts by; browsers know its kind."""


class Row(NamedTuple):
    """A live release as the index has it; releases themselves never change."""

    release: int
    length: int
    slug: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Questions:
    """What is live in a language, and the version that stands for it: the same as long as the files would be."""

    language: str
    rows: list[Row]
    version: str

    @property
    def folder(self) -> str:
        return folder(self.language)

    @property
    def root(self) -> str:
        return addresses.search_index(self.language).lstrip("/")

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files with their names, the one that leads to the others last."""
        pieces: dict[str, bytes] = {}

        def piece(data: object) -> str:
            content = _json(data)
            name = _digest(content)
            pieces[f"{self.folder}{name}.json"] = content
            return name

        shelved = {beginning: piece(data) for beginning, data in _words(self).items()}
        lengths = [[row.release for row in self.rows], [row.length for row in self.rows]]
        root = _head(self) | {
            "words": shelved,
            "lengths": piece([_steps(lengths[0]), lengths[1]]),
            "titles": {str(number): piece(some) for number, some in _titles(self).items()},
        }
        yield from sorted(pieces.items())
        yield self.root, _json(root)


def folder(language: str) -> str:
    """Where the pieces lie, and nothing else."""
    return f"{addresses.search(language)[1:]}index/"


def asked() -> list[Questions]:
    """What can be asked for in each language; one query."""
    by_language: dict[str, list[Row]] = {code: [] for code in CODES}
    columns = ("language", "release", "length", "release__edition__slug", "article__published_on")
    for language, release, length, slug, published_on in Listing.objects.order_by("pk").values_list(*columns):
        by_language[language].append(Row(release, length, slug or "", published_on))
    looks = version()
    return [
        Questions(code, rows, _digest(json.dumps([FORM, looks, rows], default=str).encode()))
        for code, rows in by_language.items()
    ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _head(of: Questions) -> dict[str, Any]:
    """Whatever the script goes by that is no word of a text: our own figures, rules and sentences."""
    return {
        "form": FORM,
        "texts": len(of.rows),
        "average": sum(row.length for row in of.rows) / len(of.rows) if of.rows else 0,
        "saturation": relevance.SATURATION,
        "by_length": relevance.BY_LENGTH,
        "most_words": relevance.MOST_WORDS,
        "most_found": finding.MOST_FOUND,
        "most_looked_at": finding.MOST_LOOKED_AT,
        "per_page": search.PER_PAGE,
        "excerpt": search.EXCERPT,
        "before": search.BEFORE,
        "say_nothing": " ".join(sorted(FUNCTION_WORDS[of.language])),
        "alike": words.alike(of.language),
        "rules": words.rules(of.language),
        "titles_each": TITLES,
        "says": _says(of.language),
    }


def _says(language: str) -> dict[str, Any]:
    """The sentences of the page that a server would make, those that count by the browser's names of the kinds."""
    kinds = dict(
        zip(("one", "few", "many") if language == "ru" else ("one", "other"), _COUNTS[language], strict=True)
    )
    with override(language):
        return {
            "says_nothing": gettext("Nothing was sought: type a word that says what it is about."),
            "nothing": gettext("Nothing was found."),
            "nowhere": gettext("Found nowhere:"),
            "some": gettext("No article has all the words; these have some."),
            "pages": gettext("Pages"),
            "number": {
                kind: ngettext("%(number)s article", "%(number)s articles", number)
                for kind, number in kinds.items()
            },
            "best": {
                kind: ngettext("The best %(number)s article", "The best %(number)s articles", number)
                for kind, number in kinds.items()
            },
        }


def _titles(of: Questions) -> dict[int, dict[str, list[str]]]:
    """The releases in pieces by their number: slug, title, day of publication, and the day as it is written."""
    titles = dict(Release.objects.filter(listing__language=of.language).values_list("pk", "title"))
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for row in of.rows:
        entry = [row.slug, titles[row.release]]
        if row.published_on:
            entry += [row.published_on.isoformat(), dates.long_date(row.published_on, of.language)]
        found[row.release // TITLES][str(row.release)] = entry
    return found


def _words(of: Questions) -> dict[str, dict[str, Any]]:
    """The pieces by how their words begin: where each key stands, and which words as they are typed have which keys."""
    where = _postings(of)
    forms = _forms(where, of.language)
    sizes = {key: len(json.dumps(places)) + len(key) + _IN_JSON for key, places in where.items()}
    for form in forms:
        sizes[form] = sizes.get(form, 0) + _IN_JSON
    among = frozenset(shards.beginnings(sizes, MOST))
    pieces: dict[str, dict[str, Any]] = {
        each: {"keys": {}, "forms": defaultdict(set)} for each in sorted(among)
    }
    for key in sorted(where):
        pieces[_piece(key, among)]["keys"][key] = where[key]
    for form, keys in forms.items():
        for key in keys:
            # The key's own piece has all its forms, too: they are marked in excerpts.
            for each in {_piece(form, among), _piece(key, among)}:
                pieces[each]["forms"][key].add(form)
    for data in pieces.values():
        data["forms"] = {key: shards.joined(some) for key, some in sorted(data["forms"].items())}
    return pieces


def _piece(name: str, among: frozenset[str]) -> str:
    found = shards.beginning_of(name, among)
    assert found is not None  # noqa: S101 -- every name was among those that were split
    return found


def _postings(of: Questions) -> dict[str, list[int]]:
    """Of each key the releases that have it: how far the next one's number is, negative where a count follows."""
    keys = dict(Word.objects.filter(language=of.language, releases__gt=0).values_list("pk", "key"))
    live = {row.release for row in of.rows}
    found: dict[str, list[int]] = defaultdict(list)
    before: dict[str, int] = {}
    rows = Posting.objects.filter(word__language=of.language).order_by("pk")
    for word, release, count in rows.values_list("word_id", "release_id", "count").iterator(
        chunk_size=10_000
    ):
        if release in live and (key := keys.get(word)):
            step = release - before.get(key, 0)
            found[key] += [step] if count == 1 else [-step, count]
            before[key] = release
    return found


def _steps(numbers: Iterable[int]) -> list[int]:
    before, steps = 0, []
    for number in numbers:
        steps.append(number - before)
        before = number
    return steps


def _forms(where: Mapping[str, object], language: str) -> dict[str, set[str]]:
    """Words as they may be typed, and their keys that stand in texts: a word of a text is one even if it is not named.

    All that stand in the texts, and of the dictionary's those that are forms of these.
    """
    found: dict[str, set[str]] = {}
    for form, keys in inflections(where, language) if where else ():
        found.setdefault(form, set()).update(key for key in keys if key in where)
    for form in where:
        if form not in found and not form.endswith((words.STEM, words.VERB)):
            keys = {key for key in words.keys(form, language) if key in where}
            found[form] = keys if keys != {form} else set()
    return {form: keys for form, keys in found.items() if keys}
