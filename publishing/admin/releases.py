"""Releases, to look up. They are made, rolled back and withdrawn on the edition's page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.models import Release

from .filters import by_language
from .naming import language_name
from .readonly import ReadOnlyAdmin, column, person_column


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("title", "language", "numbered", "state", "releaser", "released")
    list_filter = ("state", by_language("edition__language"))
    search_fields = ("title", "edition__slug")
    date_hierarchy = "released_at"
    ordering = ("-released_at", "-pk")
    list_select_related = ("edition", "released_by")
    fields = (
        "title", "language", "numbered", "state", "releaser", "released", "note", "manifest",
        "body", "opens",
    )  # fmt: skip
    readonly_fields = fields
    numbered = column("number", _("number"))
    released = column("released_at", _("released"))
    manifest = column("manifest_hash", _("hash of the manifest"))
    body = column("body_hash", _("hash of the body"))
    releaser = person_column("released_by", _("released by"))

    @admin.display(description=_("language"), ordering="edition__language")
    def language(self, row: Release) -> str:
        return language_name(row.edition.language)

    @admin.display(description=_("edition"))
    def opens(self, row: Release) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:edition", args=[row.edition_id]), _("preview and release")
        )
