"""manage.py import_article FILE: an article's file into documents, blocks and segments."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.reports import wording
from publishing.workflow import access, ingesting, topics

from ._command import HouseCommand, add_json, read_file


class Command(HouseCommand):
    help = "Stores an article from a file, or what has changed in it, and reports what looks wrong in the source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--slug", default="", help="which article this is; else its address or title says it"
        )
        parser.add_argument("--language", default="", help="the article's language: en, tr or ru")
        parser.add_argument("--format", default="text", dest="form", help="text or html")
        parser.add_argument(
            "--topics", default=None, help="slugs of its topics with commas between; others are taken off"
        )
        parser.add_argument("--as", default="", dest="person", help="user name of the editor who imports")
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = access.person_named(options["person"]) if options["person"] else None
        with transaction.atomic():
            done = ingesting.import_article(
                read_file(options["file"]),
                form=options["form"],
                slug=options["slug"],
                language=options["language"],
                actor=actor,
            )
            if options["topics"] is not None:
                names = [name for each in options["topics"].split(",") if (name := each.strip())]
                topics.assign_topics(done.article, names, actor=actor)
        self.report(options, figures(done), lambda: lines(done))


def figures(done: ingesting.Ingested) -> dict[str, Any]:
    return {
        "slug": done.slug,
        "created": done.created,
        "changed": done.changed,
        "documents": done.documents,
        "segments": {
            "new": done.new,
            "reworded": done.reworded,
            "moved": done.moved,
            "retired": done.retired,
        },
        "translations_outdated": done.outdated,
        "dropped": [{"line": d.line, "text": d.text, "reason": d.reason} for d in done.dropped],
        "remarks": [wording.remark(r.code, r.params) for r in done.remarks],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "message": wording.finding(f.code, f.params),
                "text": text,
            }
            for text, f in done.findings
        ],
        "biographies_proposed": done.biographies_proposed,
    }


def lines(done: ingesting.Ingested) -> list[str]:
    """The same for people."""
    written = [_headline(done)]
    for dropped in done.dropped:
        written.append(
            _("Left out, line %(line)d: %(text)s (%(reason)s)")
            % {"line": dropped.line, "text": dropped.text, "reason": wording.dropped(dropped.reason)}
        )
    written += [wording.remark(remark.code, remark.params) for remark in done.remarks]
    for text, found in done.findings:
        around = text[max(0, found.start - 30) : found.end + 30].replace("\n", " ")
        written.append(
            _("Look at the source: %(message)s — “…%(around)s…”")
            % {"message": wording.finding(found.code, found.params), "around": around}
        )
    for name in done.biographies_proposed:
        written.append(
            _("The biography of %(name)s differs from the stored one: kept as a proposal.") % {"name": name}
        )
    return written


def _headline(done: ingesting.Ingested) -> str:
    if done.created:
        return ngettext(
            "Stored as “%(slug)s”: %(number)d segment.",
            "Stored as “%(slug)s”: %(number)d segments.",
            done.new,
        ) % {"slug": done.slug, "number": done.new}
    if not done.changed:
        return _("“%(slug)s” is stored already, word for word: nothing was changed.") % {"slug": done.slug}
    return _(
        "“%(slug)s” was changed. Segments: new %(new)d, reworded %(reworded)d, retired %(retired)d. "
        "Outdated translations: %(outdated)d."
    ) % {
        "slug": done.slug,
        "new": done.new,
        "reworded": done.reworded,
        "retired": done.retired,
        "outdated": done.outdated,
    }
