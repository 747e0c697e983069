"""Moments as people here read and type them: in the site's time zone, which is always named."""

from datetime import datetime

from django.utils import formats, timezone


def moment(at: datetime) -> str:
    """A moment in the language of whoever reads it: “27 November 2026 10:00 (Europe/Istanbul)”."""
    here = timezone.localtime(at, timezone.get_default_timezone())
    return f"{formats.date_format(here, 'DATE_FORMAT')} {here:%H:%M} ({zone()})"


def zone() -> str:
    """The name of the site's time zone."""
    return timezone.get_default_timezone_name()


def read(text: str) -> datetime | None:
    """A typed time such as 2026-11-27T10:00, the site's own where no offset is given; None for anything else."""
    try:
        at = datetime.fromisoformat(text.strip())
        aware = at if at.tzinfo else at.replace(tzinfo=timezone.get_default_timezone())
        aware.timestamp()
    except (ValueError, OverflowError):
        return None
    return aware
