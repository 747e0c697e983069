"""What an article's page names as similar: other articles in the same language, and in no other."""

from typing import Any

from publishing.models import Release, Similar

from . import addresses


def of_release(made: Release) -> list[dict[str, Any]]:
    """The similar posts of a live release: {title, url, published_on}; none of one that is not stored."""
    if made.pk is None:
        return []
    rows = Similar.objects.filter(release=made.pk).order_by("position")
    found = rows.values_list("other__title", "other__edition__slug", "other__listing__article__published_on")
    return [
        {"title": title, "url": addresses.article(made.edition.language, slug), "published_on": day}
        for title, slug, day in found
    ]
