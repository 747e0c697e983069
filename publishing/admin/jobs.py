"""Jobs and runs, to look up: what waits, what failed and why."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.models import Job, Run

from .filters import by_language
from .naming import language_name
from .readonly import ReadOnlyAdmin, person_column


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("key", "kind", "state", "attempts", "created_at", "finished_at", "error_line")
    list_filter = ("state", "kind")
    search_fields = ("key", "error")
    ordering = ("-pk",)
    fields = (
        "kind", "key", "state", "attempts", "created_at", "not_before", "lease_until", "finished_at", "error",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("error"))
    def error_line(self, row: Job) -> str:
        return row.error.partition("\n")[0][:120]


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("document", "language_named", "asker", "asked_at", "finished_at", "notice")
    list_filter = (by_language("language"),)
    list_select_related = ("document", "asked_by")
    ordering = ("-pk",)
    fields = (
        "document",
        "language_named",
        "engines",
        "asker",
        "asked_at",
        "finished_at",
        "counts",
        "notice",
    )
    readonly_fields = fields
    asker = person_column("asked_by", _("asked for by"))

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, row: Run) -> str:
        return language_name(row.language)
