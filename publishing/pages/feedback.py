"""The form by which readers report a mistake, and the pages that answer it. The form is a function of the release."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.models import Release

from . import addresses
from .finished import render


def form(made: Release) -> dict[str, Any] | None:
    """What `reader/_report.html` needs of a release; None for what was not released, which nobody can report."""
    if made.pk is None:
        return None
    site = f"{settings.SITE_URL}/"
    return {
        # A path where it can be: then the form works by every name that the site answers to.
        "action": "/" + settings.FEEDBACK_URL.removeprefix(site)
        if settings.FEEDBACK_URL.startswith(site)
        else settings.FEEDBACK_URL,
        "page": page_of(made),
        "release": made.number,
        "answers": bool(settings.EMAIL_HOST),
        "script_url": static("publishing/report.js"),
    }


def page_of(made: Release) -> str:
    """The address of the page that a report is about, and that its answer leads back to."""
    return addresses.article(made.edition.language, made.edition.slug or "")


def thanks(language: str, back: str) -> bytes:
    """The page that answers a report."""
    with override(language):
        title = _("Thank you")
    return _page(language, "reader/report_thanks.html", {"title": title, "back": back})


def again(made: Release, errors: Mapping[str, Sequence[str]], typed: Mapping[str, str]) -> bytes:
    """The form once more, with what is wrong and everything that was typed."""
    language = made.edition.language
    with override(language):
        title = _("Report a mistake")
    context = {
        "title": title,
        "report": form(made),
        "errors": errors,
        "typed": typed,
        "back": page_of(made),
    }
    return _page(language, "reader/report_again.html", context)


def refused(language: str, reason: str) -> bytes:
    """The page for what is no report of ours: `reason` says why."""
    with override(language):
        title = _("Not accepted")
    return _page(language, "reader/report_refused.html", {"title": title, "reason": reason})


def _page(language: str, template: str, context: dict[str, Any]) -> bytes:
    return render(language, template, addresses.frame(language) | context)
