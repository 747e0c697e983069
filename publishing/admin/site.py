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
        """What every page is given: Django's own, but for the list of tables, and what our frame needs.

        The list is for Django's sidebar, which we do not show, and would be a tenth of a page's time.
        """
        from . import newsroom  # noqa: PLC0415 -- as above

        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": request.META["SCRIPT_NAME"] or self.site_url,
            "has_permission": self.has_permission(request),
            "available_apps": [],
            "is_popup": False,
            "is_nav_sidebar_enabled": self.enable_nav_sidebar,
            "log_entries": self.get_log_entries(request),
            "rooms": newsroom.rooms(request),
            "interface_languages": OWN_NAMES.items(),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The newsroom: what waits for whoever is asking."""
        from . import newsroom  # noqa: PLC0415 -- as above

        return newsroom.newsroom(request, extra_context or {})
