"""Jobs and runs, to look up: what waits, what failed and why."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.models import Job, Run
from publishing.reports import wording

from .filters import by_language
from .naming import language_name
from .readonly import ReadOnlyAdmin, column, person_column


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("named", "kind", "state", "attempts", "planned", "finished", "error_line")
    list_filter = ("state", "kind")
    search_fields = ("key", "error")
    ordering = ("-pk",)
    fields = (
        "kind", "named", "state", "attempts", "planned", "due", "leased", "finished", "error",
    )  # fmt: skip
    readonly_fields = fields
    named = column("key", _("job"))
    planned = column("created_at", _("planned"))
    finished = column("finished_at", _("finished"))
    due = column("not_before", _("not before"))
    leased = column("lease_until", _("lease ends"))

    @admin.display(description=_("error"))
    def error_line(self, row: Job) -> str:
        return row.error.partition("\n")[0][:120]


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("document", "language_named", "state", "asker", "asked", "finished", "said")
    list_filter = ("state", by_language("language"))
    list_select_related = ("document", "asked_by")
    ordering = ("-pk",)
    fields = (
        "document",
        "language_named",
        "state",
        "engines",
        "asker",
        "asked",
        "finished",
        "result",
        "said",
    )
    readonly_fields = fields
    asked = column("asked_at", _("asked for"))
    finished = column("finished_at", _("finished"))
    result = column("counts", _("result"))
    asker = person_column("asked_by", _("asked for by"))

    @admin.display(description=_("notice"))
    def said(self, row: Run) -> str:
        return wording.troubles(row)

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, row: Run) -> str:
        return language_name(row.language)
