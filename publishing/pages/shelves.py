"""Shelves: lists of articles, the newest in full and all of them by year, of the site, an author or a topic.

A release rewrites the newest of the shelves that its article stands on, and the year that it stands under: as
much work on the day of the hundred-thousandth article as on that of the tenth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.functional import Promise

from publishing.languages import CODES, months
from publishing.models import Article, Listing, Page

from . import addresses, contexts
from .finished import Absent, Finished, html

NEWEST = 30
"""Articles shown in full on a front page, an author's or a topic's."""
OF_A_YEAR = 80
"""Articles on one page of a year, by their titles alone."""
BEYOND = 10
"""So many pages behind a year's last one are removed where they are left over."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of articles. `paths` and `names` by language; it has no page in a language that has no name for it.

    A name is {name, language}. `context` gives the rest of what the template of its first page shows.
    """

    listings: QuerySet[Listing]
    paths: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    template: str
    label: Promise
    context: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    of_the_site: bool = False

    def of(self, language: str) -> QuerySet[Listing]:
        return self.listings.filter(language=language)


@dataclass(frozen=True, slots=True)
class Address:
    """A page for a sitemap in its languages: language → path, and → when it last changed, where that is known.

    `default` is where x-default leads.
    """

    paths: Mapping[str, str]
    default: str
    changed: Mapping[str, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Mapping[str, str], changed: Mapping[str, datetime]) -> "Iterator[Address]":
        """The page, if it is there in any language; the site's first language that has it is the default."""
        if paths:
            yield cls(paths, next(paths[code] for code in CODES if code in paths), changed)


def latest(rows: QuerySet[Listing], by: str) -> Iterator[tuple[Any, dict[str, datetime]]]:
    """Groups of listings, and when readers last got something else of each, by language; one query."""
    found = rows.values_list(by, "language").annotate(Max("release__changed_at")).order_by(by)
    for key, group in groupby(found, key=lambda row: row[0]):
        there = {code: at for _key, code, at in group}
        yield key, {code: there[code] for code in CODES if code in there}


def newest(rows: QuerySet[Listing], language: str) -> list[dict[str, Any]]:
    """The newest articles as front pages show them."""
    listed = contexts.listed(_articles(rows.newest_first()[:NEWEST]))
    return [contexts.entry(each, language) for each in listed if language in each.releases]


def _articles(rows: QuerySet[Listing]) -> list[Article]:
    """The articles of listings, in their order; in one query."""
    return [row.article for row in rows.select_related("article")]


def first_page(shelf: Shelf) -> Iterator[Finished | Absent]:
    """An author's or a topic's page in every language: the newest articles, and the years where there are more."""
    there = {code for code in CODES if code in shelf.names and shelf.of(code).exists()}
    paths = {code: shelf.paths[code] for code in CODES if code in there}
    for code, path in shelf.paths.items():
        if code not in there:
            yield Absent(path)
            continue
        rows = shelf.of(code)
        has_more = rows.count() > NEWEST
        context = _frame(code, shelf, paths) | {
            "title": shelf.names[code]["name"],
            "articles": newest(rows, code),
            "years": years_of(rows, path) if has_more else [],
            "heading": shelf.names[code],
            **shelf.context.get(code, {}),
        }
        yield html(path, code, shelf.template, context)
        yield from _years_that_come_or_go(shelf, code, has_more=has_more)


def _frame(language: str, shelf: Shelf, paths: Mapping[str, str]) -> dict[str, Any]:
    """The frame of one of the shelf's pages, which is at these paths in its languages."""
    source = paths.get("en") or next(iter(paths.values()))
    return addresses.frame(language) | {
        "label": shelf.label,
        "description": "",
        "canonical": addresses.absolute(paths[language]),
        "alternates": addresses.alternates(dict(paths), source),
        "choices": contexts.choices(dict(paths), language),
    }


def years_of(rows: QuerySet[Listing], path: str) -> list[dict[str, Any]]:
    """The years in which there is something, the newest first."""
    return [
        {"year": day.year, "url": f"{path}{day.year}/"} for day in rows.dates("day", "year", order="DESC")
    ]


def _years_that_come_or_go(shelf: Shelf, language: str, *, has_more: bool) -> Iterator[Finished | Absent]:
    """Years get pages as soon as there is more than the first page shows, and lose them when there is not."""
    path = shelf.paths[language]
    expected = {f"{path}{day.year}/": day.year for day in shelf.of(language).dates("day", "year")}
    known = set(Page.objects.filter(path__in=expected).values_list("path", flat=True))
    for each, year in expected.items():
        if has_more and each not in known:
            yield from year_pages(shelf, year)
        elif not has_more and each in known:
            yield from _beyond(each, 0)


def year_pages(shelf: Shelf, year: int) -> Iterator[Finished | Absent]:
    """A year of the shelf in every language, on as many pages as it takes."""
    rows = {code: _of_year(shelf, code, year) for code in CODES}
    there = {code: f"{shelf.paths[code]}{year}/" for code in CODES if rows[code]}
    for code, path in shelf.paths.items():
        pages = [rows[code][at : at + OF_A_YEAR] for at in range(0, len(rows[code]), OF_A_YEAR)]
        for number, some in enumerate(pages, start=1):
            paths = there if number == 1 else {code: numbered(path, year, number)}
            context = _frame(code, shelf, paths) | {
                "heading": shelf.names[code],
                "shelf_url": path,
                "year": year,
                "months": _by_month(some, code),
                "pages": [
                    {"number": each, "url": numbered(path, year, each), "is_current": each == number}
                    for each in range(1, len(pages) + 1)
                ],
                "title": f"{shelf.names[code]['name']}, {year}",
            }
            yield html(paths[code], code, "reader/year.html", context)
        yield from _beyond(f"{path}{year}/", len(pages))


def numbered(path: str, year: int, number: int) -> str:
    return f"{path}{year}/" if number == 1 else f"{path}{year}/{number}/"


def _of_year(shelf: Shelf, language: str, year: int) -> list[dict[str, Any]]:
    """What the year's pages say of its articles, the newest first; nothing where the year has no pages."""
    rows = shelf.of(language)
    if language not in shelf.names or not (shelf.of_the_site or rows[NEWEST : NEWEST + 1].exists()):
        return []
    rows = rows.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).newest_first()
    found = rows.values("day", "article__published_on", "release__title", "release__edition__slug")
    return [
        {
            "title": row["release__title"],
            "url": addresses.article(language, row["release__edition__slug"]),
            "month": row["day"].month,
            "published_on": row["article__published_on"],
        }
        for row in found
    ]


def _by_month(entries: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    return [
        {"number": month, "name": name_of(month, language), "articles": list(some)}
        for month, some in groupby(entries, key=lambda entry: entry["month"])
    ]


def name_of(month: int, language: str) -> str:
    """The month's name as it heads a list."""
    name = months.forms(month, language)[0]
    return name[0].upper() + name[1:]


def _beyond(path: str, last: int) -> Iterator[Absent]:
    """The pages behind the last one of a year."""
    for number in range(last + 1, last + 1 + BEYOND):
        yield Absent(path if number == 1 else f"{path}{number}/")
