"""The audit entries, to look up: who decided what, and when."""

# ruff: noqa: ARG002 -- the signatures are Django's

import json
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.models import AuditEntry

from .naming import DECISIONS, decision
from .readonly import ReadOnlyAdmin, column, person_column


class VerbFilter(admin.SimpleListFilter):
    """Verbs in words, those that the table knows."""

    title = _("decision")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(verb, str(label)) for verb, label in DECISIONS.items()]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[models.Model]
    ) -> models.QuerySet[models.Model]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("when", "verb_named", "who", "document", "numbered")
    list_filter = (VerbFilter,)
    search_fields = ("person__username", "=translation__segment__key", "=document__key")
    search_help_text = _("A user name, or the key of a segment or a document")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    list_select_related = ("person", "document")
    fields = (
        "document",
        "numbered",
        "when",
        "verb_named",
        "who",
        "translation",
        "evidence",
        "previous",
        "own_hash",
    )
    readonly_fields = fields
    numbered = column("number", _("number"))
    when = column("at", _("time"))
    previous = column("previous_hash", _("hash of the entry before"))
    own_hash = column("hash", _("hash"))
    who = person_column("person", _("person"))

    @admin.display(description=_("decision"), ordering="verb")
    def verb_named(self, row: AuditEntry) -> str:
        return decision(row.verb)

    @admin.display(description=_("evidence"))
    def evidence(self, row: AuditEntry) -> SafeString:
        return format_html(
            "<pre>{}</pre>", json.dumps(row.data, ensure_ascii=False, indent=2, sort_keys=True)
        )
