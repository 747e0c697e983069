"""The imported memory, to look up."""

from django.contrib import admin

from publishing.models import MemoryEntry

from .readonly import ReadOnlyAdmin


@admin.register(MemoryEntry)
class MemoryEntryAdmin(ReadOnlyAdmin):
    list_display = ("source", "target", "source_language", "target_language", "origin")
    list_filter = ("source_language", "target_language")
    search_fields = ("source", "target", "origin")
    ordering = ("-pk",)
    fields = ("source", "target", "source_language", "target_language", "origin", "created_at")
    readonly_fields = fields
