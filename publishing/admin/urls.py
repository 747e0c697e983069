"""The addresses of the admin's own rooms; Django's come after them."""

from django.urls import URLPattern, path

from . import (
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
    reported,
    runs,
    segment_terms,
    terms,
    work,
    workbench,
)

rooms: list[URLPattern] = [
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
    path("reported/", reported.reported, name="reported"),
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
]
