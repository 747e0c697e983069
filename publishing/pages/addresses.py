"""Where things are on the site: paths for links, absolute addresses for search engines."""

from django.conf import settings
from django.templatetags.static import static

from publishing.languages import CODES
from publishing.languages.names import OPEN_GRAPH, OWN_NAMES

PROVENANCE, BIBTEX, RIS = "provenance.json", "citation.bib", "citation.ris"
BESIDE = (PROVENANCE, BIBTEX, RIS)
"""The files that stand beside an article's page, below its address."""


def home(language: str) -> str:
    return f"/{language}/"


def article(language: str, slug: str) -> str:
    return f"/{language}/{slug}/"


def beside(path: str, name: str) -> str:
    """The address of a file beside the page of this path."""
    return f"{path}{name}"


def atom(language: str) -> str:
    return f"/{language}/feed.xml"


def rss(language: str) -> str:
    return f"/{language}/rss.xml"


def archive(language: str) -> str:
    return f"/{language}/archive/"


def author(language: str, slug: str) -> str:
    return f"/{language}/authors/{slug}/"


def topic(language: str, slug: str) -> str:
    return f"/{language}/topics/{slug}/"


def search(language: str) -> str:
    return f"/{language}/search/"


def search_index(language: str) -> str:
    """The file by which the search page of an exported site answers; a served site has none."""
    return f"{search(language)}index.json"


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def alternates(paths: dict[str, str], default: str) -> list[dict[str, str]]:
    """hreflang entries of the same page in its released languages; x-default is where a chooser would lead."""
    entries = [{"code": code, "url": absolute(path)} for code, path in paths.items()]
    return [*entries, {"code": "x-default", "url": absolute(default)}] if entries else []


def frame(language: str) -> dict[str, object]:
    """What every page's frame needs: the site's name, its front pages, its style sheet and icon."""
    return {
        "language": language,
        "site_name": settings.SITE_NAME,
        "languages": [
            {"code": code, "own_name": OWN_NAMES[code], "url": home(code), "is_current": code == language}
            for code in CODES
        ],
        "style_url": static("publishing/reader.css"),
        "icon_url": static("publishing/favicon.svg"),
        "feed_url": atom(language),
        "rss_url": rss(language),
        "locale": OPEN_GRAPH[language],
        "archive_url": archive(language),
        "search_url": search(language),
    }
