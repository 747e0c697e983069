"""The queue as Django's admin alone would show it, a changelist of five columns; and the barest approval there is."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from publishing.models import Person, Translation
from publishing.workflow import reviewing

site = admin.AdminSite(name="plain")


@admin.register(Translation, site=site)
class TranslationAdmin(admin.ModelAdmin):
    list_display = ("source", "target", "language", "state", "changed_at")
    list_filter = ("language", "state")
    list_select_related = ("segment", "current")
    search_fields = ("segment__text", "current__text")

    def source(self, row: Translation) -> str:
        return row.segment.text

    def target(self, row: Translation) -> str:
        return row.text


def approve_barely(pk: int, version: int, person: int) -> int:
    """One conditional UPDATE: no evidence, no rights, no checks; how many rows it changed."""
    row = Translation.objects.filter(pk=pk, version=version)
    return row.update(version=version + 1, state="approved", approved_by=person, changed_at=timezone.now())


def barely(request: HttpRequest, pk: int, version: int, person: int) -> HttpResponse:
    return HttpResponse(str(approve_barely(pk, version, person)))


def by_the_verb(request: HttpRequest, pk: int, version: int, person: int) -> HttpResponse:
    """The verb in the same clothes, with what a view must read before it can call one."""
    row, actor = Translation.objects.get(pk=pk), Person.objects.get(pk=person)
    return HttpResponse(str(reviewing.approve(row, actor=actor, seen_version=version).version))


urlpatterns = [
    path("plain/", site.urls),
    path("barely/<int:pk>/<int:version>/<int:person>/", barely),
    path("verb/<int:pk>/<int:version>/<int:person>/", by_the_verb),
    path("", include("publishing.urls")),
]
"""Beside the site's own addresses: to change the root of all addresses would cost the next page a tenth of a second."""
CHANGELIST = "/plain/publishing/translation/"

DEFAULT_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
"""What a Django site has that nobody has thought about, as in W6."""
