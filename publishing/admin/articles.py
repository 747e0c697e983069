"""Articles, authors and their editions, to look up. They come in through the import and change through it."""

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.models import Article, Author, Edition, Segment

from .filters import by_language
from .naming import language_name
from .readonly import ReadOnlyAdmin, column


class DocumentAdmin(ReadOnlyAdmin):
    """Rows that own a document, named by the beginning of its title."""

    list_select_related = ("document",)
    search_fields = ("document__segments__text",)
    search_help_text = _("Words of the source text")
    list_filter = (by_language("document__source_language", _("source language")),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[models.Model]:
        titles = Segment.objects.in_use().filter(
            document=OuterRef("document"), block__kind__in=("title", "name")
        )
        first = titles.order_by("position").values("text")[:1]
        return super().get_queryset(request).annotate(title_text=Subquery(first))

    @admin.display(description=_("title"), ordering="title_text")
    def title(self, row: models.Model) -> str:
        return row.title_text or str(row)

    @admin.display(description=_("source language"), ordering="document__source_language")
    def source_language(self, row: models.Model) -> str:
        return language_name(row.document.source_language)


@admin.register(Article)
class ArticleAdmin(DocumentAdmin):
    list_display = ("title", "source_language", "published_on", "original_address")
    date_hierarchy = "published_on"
    search_fields = ("document__segments__text", "original_address", "document__editions__slug")
    fields = ("title", "source_language", "published_on", "original_address", "made", "on_the_board")
    readonly_fields = ("title", "source_language", "made", "on_the_board")
    made = column("created_at", _("stored"))

    @admin.display(description=_("work on it"))
    def on_the_board(self, row: Article) -> SafeString:
        # Translators: link from an article to the page with its languages, runs and editions.
        return _link(reverse("admin:document", args=[row.document_id]), _("languages and runs"))


@admin.register(Author)
class AuthorAdmin(DocumentAdmin):
    list_display = ("title", "source_language", "slug")
    fields = ("title", "slug", "source_language")
    readonly_fields = ("title", "source_language")


@admin.register(Edition)
class EditionAdmin(DocumentAdmin):
    list_display = ("title", "language_named", "slug", "source_language")
    list_filter = (by_language("language"), "document__kind")
    search_fields = ("slug", "document__segments__text")
    fields = ("title", "language_named", "slug", "opens")
    readonly_fields = ("title", "language_named", "opens")

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, row: Edition) -> str:
        return language_name(row.language)

    @admin.display(description=_("work on it"))
    def opens(self, row: Edition) -> SafeString:
        # Translators: link to the page where an editor previews and releases an edition.
        return _link(reverse("admin:edition", args=[row.pk]), _("preview and release"))


def _link(address: str, text: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)
