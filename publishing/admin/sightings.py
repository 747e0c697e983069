"""When a text was displayed to somebody: a signed word in the form, which comes back with the decision.

It is evidence for figures, no permission: a missing or forged one costs the figure and nothing else.
"""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from publishing.models import Person

LONGEST = timedelta(hours=8)
"""Who comes back to a page later than that has not been looking at it."""


def sighting(person: Person, key: str, version: int) -> str:
    """The word that says: this person is shown this version of the segment's translation now."""
    return _signer().sign(f"{_what(person, key, version)}.{timezone.now().timestamp():.0f}")


def seen_at(word: str, person: Person, key: str, version: int) -> datetime | None:
    """When this person was shown this version; None where the word does not say so."""
    try:
        said, _dot, seconds = _signer().unsign(word).rpartition(".")
    except BadSignature:
        return None
    if said != _what(person, key, version):
        return None
    at = datetime.fromtimestamp(int(seconds), tz=UTC)
    return at if timezone.now() - at <= LONGEST else None


def _signer() -> Signer:
    return Signer(salt="sighting")


def _what(person: Person, key: str, version: int) -> str:
    return f"{person.pk}.{key}.{version}"
