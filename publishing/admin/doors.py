"""How a request gets into a room: who asks, what they may see, and the page for those who may not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from publishing.models import Person
from publishing.workflow.errors import NotAllowed, WrongLanguage

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Who asks. The admin site has let only people who are logged in come this far."""
    return cast(Person, request.user)


def room(view: View) -> View:
    """A page of the admin site: login first; where `workflow.access` says no, a page that says why (403)."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotAllowed, WrongLanguage) as refusal:
            return page(request, "not_allowed.html", {"refusal": str(refusal)}, status=403)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return admin.site.admin_view(entered)(request, *args, **kwargs)

    return guarded


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the admin's frame."""
    request.current_app = admin.site.name
    full = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/publishing/{template}", full, status=status)
