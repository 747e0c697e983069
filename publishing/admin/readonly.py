"""Tables to look at: no add, change, delete or bulk delete of Django's own (there is no back door)."""

# ruff: noqa: ARG002 -- the signatures are Django's

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import display_for_value
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from publishing.workflow import access

from .doors import person_of


class Headed(admin.ModelAdmin):
    """Pages headed by what they show: “Select translation to view” cannot be said well in every language."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name))
        return super().changeform_view(
            request, object_id, form_url, {"title": title, **(extra_context or {})}
        )


def column(field: str, label: object) -> Callable[[Any, Any], Any]:
    """A column of a model under a name that can be said in every language."""

    @admin.display(description=label, ordering=field)
    def shown(_admin: Any, row: Any) -> Any:
        return display_for_value(getattr(row, field), empty_value_display="—")

    return shown


def person_column(field: str, label: object) -> Callable[[Any, Any], str]:
    """A column with a person's name. Django would link it to a page that few may open."""

    @admin.display(description=label, ordering=field)
    def shown(_admin: Any, row: Any) -> str:
        person = getattr(row, field)
        return person.display_name if person else "—"

    return shown


class ReadOnlyAdmin(Headed):
    """Shows rows to whoever has the right to view them. Decisions are taken in the rooms, through verbs."""

    actions = None
    change_form_template = "admin/publishing/record.html"
    list_per_page = 50
    show_full_result_count = False
    view_right = ""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return access.may(person_of(request), self.view_right or f"view_{self.opts.model_name}")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self.has_view_permission(request)
