"""Filters of the lists: languages by their names instead of their codes."""

# ruff: noqa: ARG002 -- the signatures are Django's

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES

from .naming import language_name


def by_language(field: str, title: Any = None) -> type[admin.SimpleListFilter]:
    """A filter on the column that holds a language's code."""

    class LanguageFilter(admin.SimpleListFilter):
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(code, language_name(code)) for code in CODES]

        def queryset(
            self, request: HttpRequest, queryset: models.QuerySet[models.Model]
        ) -> models.QuerySet[models.Model]:
            return queryset.filter(**{field: self.value()}) if self.value() in CODES else queryset

    LanguageFilter.title = title or _("language")
    return LanguageFilter
