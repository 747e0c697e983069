"""The admin site that translators, editors and administrators work in, and the addresses of its rooms."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from publishing.languages.names import OWN_NAMES


class PublishingAdminSite(AdminSite):
    site_title = _("Dragoman")
    site_header = _("Dragoman")
    # Translators: the first page of the admin, where everybody starts the day.
    index_title = _("Newsroom")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Our own rooms before Django's, whose last pattern takes everything."""
        # Views read models, and this module is imported before they are loaded.
        from .urls import rooms  # noqa: PLC0415

        return [*rooms, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from . import newsroom  # noqa: PLC0415 -- as above

        return {
            **super().each_context(request),
            "rooms": newsroom.rooms(request),
            "interface_languages": OWN_NAMES.items(),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The newsroom: what waits for whoever is asking."""
        from . import newsroom  # noqa: PLC0415 -- as above

        return newsroom.newsroom(request, extra_context or {})
