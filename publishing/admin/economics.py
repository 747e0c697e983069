"""The engines' room: what reviewers make of their drafts, what the month costs, and approvals that were too fast."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import engines
from publishing.models import Effort
from publishing.reports import economics as reports
from publishing.reports import wording
from publishing.reports.economics import Middle, Worth
from publishing.workflow import access

from .addresses import segment_address
from .doors import page, person_of, room
from .naming import language_name

WIDTH, HEIGHT = 200, 24


@room
def economics(request: HttpRequest) -> HttpResponse:
    """For editors: figures of the last half year."""
    access.require(person_of(request), access.RELEASE)
    bills = reports.bills(engines.available())
    context = {
        "title": _("Engines"),
        "worth": [_shown(each) for each in reports.worth()],
        "days": reports.DAYS,
        "bills": [
            {
                "bill": bill,
                "reason": wording.OUTCOMES.get(bill.reason, ""),
                "bar": _share(bill.used, bill.budget) if bill.budget else "",
            }
            for bill in bills
        ],
        "fast": [_fast(effort) for effort in reports.too_fast()],
    }
    return page(request, "economics.html", context)


def _shown(worth: Worth) -> dict[str, Any]:
    return {
        "worth": worth,
        "pair": f"{language_name(worth.source_language)} → {language_name(worth.language)}",
        "untouched": round(100 * worth.untouched_share),
        "ratio": {
            "middle": _hundredfold(worth.edit_ratio),
            "plot": interval(worth.edit_ratio, most=1.0),
        },
        "ter": {"middle": worth.ter, "plot": interval(worth.ter, most=100.0)},
        "chrf": {"middle": worth.chrf, "plot": interval(worth.chrf, most=100.0)},
        "spread": spread(worth.bins),
    }


def _hundredfold(middle: Middle) -> Middle:
    def times(value: float | None) -> float | None:
        return None if value is None else 100 * value

    return Middle(middle.n, 100 * middle.median, times(middle.low), times(middle.high))


def interval(middle: Middle, *, most: float) -> SafeString:
    """The median as a dot on a line from 0 to `most`, its interval as a bar. Hidden: the table says it in figures."""

    def x(value: float) -> float:
        return round(4 + (WIDTH - 8) * min(value, most) / most, 1)

    low, high = middle.low, middle.high
    bar: str | SafeString = ""
    if low is not None and high is not None:
        bar = format_html(
            '<line class="interval" x1="{}" x2="{}" y1="12" y2="12"/>', x(low), max(x(high), x(low) + 0.1)
        )
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" aria-hidden="true"><line class="axis" x1="4" x2="{}" y1="12" y2="12"/>'
        '<line class="tick" x1="4" x2="4" y1="8" y2="16"/><line class="tick" x1="{}" x2="{}" y1="8" y2="16"/>'
        '{}<circle class="median" cx="{}" cy="12" r="4"/></svg>',
        WIDTH, HEIGHT, WIDTH - 4, WIDTH - 4, WIDTH - 4, bar, x(middle.median),
    )  # fmt: skip


def spread(bins: tuple[int, ...]) -> SafeString:
    """How many drafts fell into each tenth of the edit ratio, as columns."""
    highest = max(bins) or 1
    step = WIDTH / len(bins)
    columns = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        (
            (round(place * step + 1, 1), HEIGHT - height, round(step - 2, 1), height)
            for place, number in enumerate(bins)
            if (height := round(HEIGHT * number / highest, 1) if number else 0)
        ),
    )
    return format_html(
        '<svg class="plot spread" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', WIDTH, HEIGHT, columns
    )


def _share(used: int, budget: int) -> SafeString:
    """How much of the budget is gone."""
    return format_html(
        '<svg class="bar budget" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="{}" x="0" width="{}" height="1"/></svg>',
        "state-needs_edit" if used * 10 >= budget * 9 else "state-approved",
        min(100, round(100 * used / budget, 1)),
    )


def _fast(effort: Effort) -> dict[str, Any]:
    approval = effort.approval
    return {
        "effort": effort,
        "seconds": round(effort.seconds or 0),
        "person": approval.person.display_name if approval.person else "",
        "address": segment_address(approval.document_id, effort.language, approval.translation.segment.key),
        "source": approval.translation.source,
        "source_language": effort.source_language,
        "language_name": language_name(effort.language),
    }
