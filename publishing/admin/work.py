"""What people get done, for editors: words by day, time to review, reasons of returns, effort after each engine.

Every figure leads to the decisions that it counts; the same address lists them.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext

from publishing.languages import CODES
from publishing.reports import economics as engines
from publishing.reports import work as reports
from publishing.workflow import access

from . import behind, work_plots
from .doors import page, person_of, room
from .economics import interval
from .naming import language_name


@room
def work(request: HttpRequest) -> HttpResponse:
    """The figures; or, where the address names one, the segments behind it."""
    access.require(person_of(request), access.RELEASE)
    if wanted := behind.read(request.GET):
        return behind.behind(request, wanted)
    context = {
        "title": pgettext("what people get done", "Work"),
        "days": reports.DAYS,
        "weeks": reports.WEEKS,
        "most": reports.MOST,
        "zone": timezone.get_default_timezone_name(),
        "languages": [language_name(code) for code in CODES],
        "words": work_plots.words_by_day(),
        "times": work_plots.review_times(),
        "returns": work_plots.returns(),
        "effort": [_effort(each) for each in engines.worth()],
        "effort_days": engines.DAYS,
    }
    return page(request, "work.html", context)


def _effort(worth: engines.Worth) -> dict[str, Any]:
    return {
        "worth": worth,
        "pair": f"{language_name(worth.source_language)} → {language_name(worth.language)}",
        "untouched": round(100 * worth.untouched_share),
        "median": 100 * worth.edit_ratio.median,
        "plot": interval(worth.edit_ratio, most=1.0),
        "address": work_plots.address(
            engine=worth.engine, source=worth.source_language, language=worth.language
        ),
    }
