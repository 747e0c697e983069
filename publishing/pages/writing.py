"""Writing pages: made when a release changes them, stored as bytes, never made at a reader's request."""

from itertools import chain

from publishing.languages import CODES
from publishing.models import Article, Page

from . import addresses, families, storing


def take_turns() -> list[str]:
    """Waits until whoever else writes pages in a transaction has ended it, before anything is read for ours.

    An article's page tells of its siblings and of biographies, a list of all: two workers side by side could
    leave what the slower one had read before the other's release. Returns the paths that this alone wrote.
    """
    paths = sorted(map(addresses.home, CODES))
    fronts = Page.objects.filter(path__in=paths).select_for_update().order_by("path")
    if len(fronts.values_list("pk")) == len(paths):
        return []
    # The very first pages: nothing is there to wait for, so the turn is taken by putting it there.
    blank = [Page(path=addresses.home(code), language=code, etag="") for code in sorted(CODES)]
    Page.objects.bulk_create(blank, ignore_conflicts=True)
    return write_lists()


def write_article(article: Article) -> list[str]:
    """Writes the pages of an article in every language; returns the paths that answer otherwise than before."""
    return storing.store(chain.from_iterable(make(article) for make in families.OF_AN_ARTICLE))


def write_lists() -> list[str]:
    """Writes the pages that tell of the whole site; returns the paths that answer otherwise than before."""
    return storing.store(chain.from_iterable(make() for make in families.OF_THE_SITE))


def write_shelf(place: families.Place) -> list[str]:
    """Writes the pages of one place on a shelf; returns the paths that answer otherwise than before."""
    return storing.store(families.shelf_pages(place))
