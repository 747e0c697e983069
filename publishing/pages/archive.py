"""The archive: everything that is released in a language, by year and month."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.models import Listing

from . import addresses as paths
from . import contexts, shelves
from .finished import Finished, html
from .shelves import Address, Shelf, latest, name_of, numbered


def shelf() -> Shelf:
    return Shelf(
        Listing.objects.all(),
        {code: paths.archive(code) for code in CODES},
        {code: {"name": _title(code), "language": code} for code in CODES},
        "reader/archive.html",
        _("Archive"),
        of_the_site=True,
    )


def _title(language: str) -> str:
    with override(language):
        return gettext("Archive")


def first_pages() -> Iterator[Finished]:
    """The archive's first page in every language: the years with their months."""
    return map(first_page, CODES)


def first_page(language: str) -> Finished:
    there = {code: paths.archive(code) for code in CODES}
    context = paths.frame(language) | {
        "title": _title(language),
        "description": "",
        "canonical": paths.absolute(there[language]),
        "alternates": paths.alternates(there, there[CODES[0]]),
        "choices": contexts.choices(there, language),
        "years": years(language),
    }
    return html(there[language], language, "reader/archive.html", context)


def years(language: str) -> list[dict[str, Any]]:
    """The years, the newest first, with their months: how many articles, and where the first of them stands."""
    counted = (
        Listing.objects.filter(language=language)
        .values_list(ExtractYear("day"), ExtractMonth("day"))
        .annotate(Count("pk"))
        .order_by()
    )
    path = paths.archive(language)
    found: dict[int, dict[str, Any]] = {}
    above: Counter[int] = Counter()
    for year, month, number in sorted(counted, reverse=True):
        entry = found.setdefault(year, {"year": year, "url": numbered(path, year, 1), "months": []})
        page = numbered(path, year, above[year] // shelves.OF_A_YEAR + 1)
        above[year] += number
        entry["months"].append(
            {"name": name_of(month, language), "number": number, "url": f"{page}#month-{month}"}
        )
    return list(found.values())


def addresses() -> Iterator[Address]:
    """The archive's pages, for a sitemap: the first, and each year's first; one query."""
    rows = list(latest(Listing.objects.annotate(year=ExtractYear("day")), "year"))
    newest = {
        code: max(found[code] for _year, found in rows if code in found)
        for code in CODES
        if any(code in found for _year, found in rows)
    }
    yield from Address.of({code: paths.archive(code) for code in newest}, newest)
    for year, found in rows:
        yield from Address.of({code: numbered(paths.archive(code), year, 1) for code in found}, found)
