"""Pages that no release makes: there is nothing at this address, or nothing yet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.languages.names import OWN_NAMES
from publishing.models import Release

from . import addresses, archive, contexts, search
from .finished import render


def not_found(language: str, elsewhere: Sequence[Release] = (), *, is_coming: bool = False) -> bytes:
    """The 404 page: where the article can be read, if it is released in other languages, and whether it is coming."""
    available = [
        {
            "code": made.edition.language,
            "own_name": OWN_NAMES[made.edition.language],
            "url": addresses.article(made.edition.language, made.edition.slug or ""),
            "title": made.title,
        }
        for made in elsewhere
    ]
    with override(language):
        title = _("Not published in this language") if available else _("There is no such page")
    context = addresses.frame(language) | {"title": title, "available": available, "is_coming": is_coming}
    return render(language, "reader/not_found.html", context)


def before_the_first_release(language: str, rest: str) -> bytes | None:
    """The pages that a language has before anything was ever released, by what follows the language in the path."""
    match rest:
        case "":
            return render(language, "reader/article_list.html", contexts.list_page(language, ()))
        case "archive/":
            return archive.first_page(language).content
        case "search/":
            return search.page(language).content
    return None
