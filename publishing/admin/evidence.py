"""The audit entries, to look up: who decided what, and when."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.models import AuditEntry

from .readonly import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "verb", "person", "document", "number")
    list_filter = ("verb",)
    search_fields = ("person__username", "=translation__segment__key", "=document__key")
    search_help_text = _("A user name, or the key of a segment or a document")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    list_select_related = ("person", "document")
    fields = (
        "document",
        "number",
        "at",
        "verb",
        "person",
        "translation",
        "evidence",
        "previous_hash",
        "hash",
    )
    readonly_fields = fields

    @admin.display(description=_("evidence"))
    def evidence(self, row: AuditEntry) -> SafeString:
        return format_html(
            "<pre>{}</pre>", json.dumps(row.data, ensure_ascii=False, indent=2, sort_keys=True)
        )
