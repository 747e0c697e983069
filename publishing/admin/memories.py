"""The imported memory, to look up."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.models import MemoryEntry

from .filters import by_language
from .naming import language_name
from .readonly import ReadOnlyAdmin, column, person_column


@admin.register(MemoryEntry)
class MemoryEntryAdmin(ReadOnlyAdmin):
    list_display = ("source", "target", "from_language", "into_language", "origin")
    list_filter = (
        by_language("source_language", _("source language")),
        by_language("target_language", _("target language")),
    )
    search_fields = ("source", "target", "origin")
    ordering = ("-pk",)
    fields = ("source", "target", "from_language", "into_language", "origin", "brought", "made")
    readonly_fields = fields
    brought = person_column("imported_by", _("imported by"))
    made = column("created_at", _("stored"))

    @admin.display(description=_("source language"), ordering="source_language")
    def from_language(self, row: MemoryEntry) -> str:
        return language_name(row.source_language)

    @admin.display(description=_("target language"), ordering="target_language")
    def into_language(self, row: MemoryEntry) -> str:
        return language_name(row.target_language)
