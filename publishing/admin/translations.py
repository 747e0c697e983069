"""Translations and their revisions, to look up; a row leads to the workbench."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from publishing.models import Proposal, Revision, Translation
from publishing.workflow import access

from .addresses import segment_address
from .doors import person_of
from .filters import by_language
from .naming import language_name, origin
from .readonly import ReadOnlyAdmin, column, person_column

EXCERPT = 80


def _excerpt(text: str) -> str:
    return Truncator(text).chars(EXCERPT)


def _workbench(translation: Translation) -> SafeString:
    segment = translation.segment
    address = (
        reverse("admin:segment_history", args=[segment.key, translation.language])
        if segment.retired_at
        else segment_address(segment.document_id, translation.language, segment.key)
    )
    return format_html('<a href="{}">{}</a>', address, _("open"))


@admin.register(Translation)
class TranslationAdmin(ReadOnlyAdmin):
    list_display = ("source", "text_now", "language_named", "state", "changed", "opens")
    list_filter = (by_language("language"), "state")
    search_fields = ("segment__text", "current__text", "=segment__key")
    search_help_text = _("Words of source or translation, or a segment's key")
    ordering = ("-changed_at", "-pk")
    list_select_related = ("segment", "current")
    fields = (
        "source",
        "full_text",
        "language_named",
        "state",
        "saved",
        "approver",
        "changed",
        "opens",
    )
    readonly_fields = fields
    saved = column("version", _("version"))
    changed = column("changed_at", _("changed"))
    approver = person_column("approved_by", _("approved by"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Translation]:
        """What the person may review: a translator does not look into other languages' work."""
        languages = access.languages_of(person_of(request))
        return super().get_queryset(request).filter(language__in=languages)

    @admin.display(description=_("source"))
    def source(self, row: Translation) -> str:
        return _excerpt(row.segment.text)

    @admin.display(description=_("text"))
    def text_now(self, row: Translation) -> str:
        return _excerpt(row.text)

    @admin.display(description=_("text"))
    def full_text(self, row: Translation) -> str:
        return row.text

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, row: Translation) -> str:
        return language_name(row.language)

    @admin.display(description=_("workbench"))
    def opens(self, row: Translation) -> SafeString:
        return _workbench(row)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("excerpt", "came_from", "language", "numbered", "made", "opens")
    list_filter = ("origin", by_language("translation__language"))
    search_fields = ("text", "source")
    ordering = ("-pk",)
    list_select_related = ("translation__segment", "author")
    fields = ("text", "source", "came_from", "numbered", "made", "opens")
    readonly_fields = fields
    numbered = column("number", _("number"))
    made = column("created_at", _("written"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Revision]:
        languages = access.languages_of(person_of(request))
        return super().get_queryset(request).filter(translation__language__in=languages)

    @admin.display(description=_("text"))
    def excerpt(self, row: Revision) -> str:
        return _excerpt(row.text)

    @admin.display(description=_("origin"), ordering="origin")
    def came_from(self, row: Revision) -> str:
        return origin(row)

    @admin.display(description=_("language"), ordering="translation__language")
    def language(self, row: Revision) -> str:
        return language_name(row.translation.language)

    @admin.display(description=_("workbench"))
    def opens(self, row: Revision) -> SafeString:
        return _workbench(row.translation)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("excerpt", "language_named", "reason", "proposer", "made", "opens")
    list_filter = (by_language("language"), "reason")
    search_fields = ("text", "source")
    list_select_related = ("segment", "document", "proposed_by")
    fields = ("text", "source", "language_named", "reason", "proposer", "made", "opens")
    readonly_fields = fields
    made = column("created_at", _("proposed"))
    proposer = person_column("proposed_by", _("proposed by"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Proposal]:
        languages = access.languages_of(person_of(request))
        return super().get_queryset(request).filter(language__in=languages)

    @admin.display(description=_("text"))
    def excerpt(self, row: Proposal) -> str:
        return _excerpt(row.text)

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, row: Proposal) -> str:
        return language_name(row.language)

    @admin.display(description=_("workbench"))
    def opens(self, row: Proposal) -> str:
        if row.segment is None:
            return "—"
        return format_html(
            '<a href="{}">{}</a>', segment_address(row.document_id, row.language, row.segment.key), _("open")
        )
