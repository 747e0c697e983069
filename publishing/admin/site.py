"""The admin site that translators, editors and administrators work in, and the addresses of its rooms."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
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
        from . import (  # noqa: PLC0415
            assignments,
            board,
            bulk,
            catalogs,
            drafts,
            economics,
            editions,
            history,
            imports,
            matches,
            notices,
            queue,
            runs,
            segment_terms,
            terms,
            work,
            workbench,
        )

        return [
            path("queue/<slug:language>/", queue.queue, name="queue"),
            path("documents/<int:document>/", runs.document, name="document"),
            path("runs/<int:run>/", runs.run, name="run"),
            path("documents/<int:document>/<slug:language>/", workbench.workbench, name="workbench"),
            path(
                "documents/<int:document>/<slug:language>/preview/",
                editions.document_preview,
                name="document_preview",
            ),
            path("documents/<int:document>/<slug:language>/bulk/", bulk.bulk, name="bulk"),
            path("documents/<int:document>/<slug:language>/assign/", assignments.assign, name="assign"),
            path(
                "documents/<int:document>/<slug:language>/assigned/<int:person>/withdraw/",
                assignments.withdraw,
                name="withdraw_assignment",
            ),
            path("segments/<slug:key>/<slug:language>/history/", history.history, name="segment_history"),
            path("segments/<slug:key>/<slug:language>/draft/", drafts.draft, name="draft"),
            path("segments/<slug:key>/<slug:language>/matches/", matches.matches, name="matches"),
            path(
                "segments/<slug:key>/<slug:language>/terms/",
                segment_terms.segment_terms,
                name="segment_terms",
            ),
            path("terms/", terms.terms, name="terms"),
            path("terms/add/", terms.add_term, name="add_term"),
            path("terms/<int:term>/", terms.term, name="term"),
            path("queue/<slug:language>/next/", queue.take_next, name="take_next"),
            path("notices/", notices.notices, name="notices"),
            path("board/", board.board, name="board"),
            path("work/", work.work, name="work"),
            path("engines/", economics.economics, name="economics"),
            path("editions/<int:edition>/", editions.edition, name="edition"),
            path("editions/<int:edition>/preview/", editions.preview, name="preview"),
            path(
                "editions/<int:edition>/releases/<int:number>/",
                editions.difference,
                name="release_difference",
            ),
            path("import/article/", imports.article, name="import_article"),
            path("import/catalog/", catalogs.catalog, name="import_catalog"),
            *super().get_urls(),
        ]

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
