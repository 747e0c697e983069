"""What is known of one release of an article when its page is made: functions of releases, and of nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone

from publishing.languages import CODES, reading
from publishing.markup.notes import listed
from publishing.models import Article, Edition, Release

from . import addresses


@dataclass(frozen=True, slots=True)
class Facts:
    """An article's release with what its page tells of others: its live siblings, its authors' biographies.

    `siblings` are the live releases by language in the site's order, this one included. `first_at` is when
    readers of each language first had the article. `preparing` are the languages that an editor says are in
    preparation.
    """

    article: Article
    made: Release
    siblings: dict[str, Release]
    biographies: tuple[Release, ...]
    first_at: dict[str, datetime]
    preparing: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.made.edition.language

    @property
    def source(self) -> str:
        return self.made.edition.document.source_language

    @property
    def is_translation(self) -> bool:
        return self.language != self.source

    @property
    def paths(self) -> dict[str, str]:
        return {
            code: addresses.article(code, made.edition.slug or "") for code, made in self.siblings.items()
        }

    @property
    def path(self) -> str:
        return self.paths[self.language]

    @property
    def url(self) -> str:
        return addresses.absolute(self.path)

    @property
    def authors(self) -> list[str]:
        return [biography.title for biography in self.biographies]

    @property
    def published_on(self) -> date | None:
        """When this text was published: an original on its own day, a translation when readers first had it."""
        first = self.first_at.get(self.language) or self.made.released_at
        if self.article.published_on and not self.is_translation:
            return self.article.published_on
        return local_day(first)

    @property
    def original_published_on(self) -> date | None:
        """When the original was published, as far as that is known."""
        return self.article.published_on or local_day(self.first_at.get(self.source))

    @property
    def words(self) -> int:
        return reading.words(listed.running_text(self.made.body))


def first_released(document: int) -> dict[str, datetime]:
    """When readers first had a document, by language."""
    took_place = Release.objects.frozen().filter(edition__document=document)
    return dict(took_place.values_list("edition__language").annotate(first=Min("released_at")).order_by())


def in_preparation(document: int) -> tuple[str, ...]:
    """The languages that an editor says are in preparation, in the site's order."""
    said = Edition.objects.filter(document=document, in_preparation=True).values_list("language", flat=True)
    return tuple(sorted(said, key=CODES.index))


def local_day(at: datetime | None) -> date | None:
    """The day of a moment by the site's clock."""
    return timezone.localdate(at) if at else None
