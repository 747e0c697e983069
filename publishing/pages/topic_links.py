"""The links from an article to its topics, as far as these have a page in the language."""

from publishing.models import Article, Release

from . import addresses


def of_article(article: Article, language: str) -> list[dict[str, str]]:
    """The article's topics whose name is released in the language, by name: {name, url}. For a live edition."""
    names = Release.objects.live().filter(
        edition__language=language, edition__document__topic__articles=article.pk
    )
    found = names.order_by("title", "pk").values_list("title", "edition__document__topic__slug")
    return [{"name": name, "url": addresses.topic(language, slug)} for name, slug in found]
