"""What a person may approve at one look: drafts without blocking findings, the safest first."""

from publishing.models import Document, Person, Revision
from publishing.models.translation import State

from .workbench import Row, rows

SHOWN = 40
"""As many as can be read at one sitting."""


def approvable(document: Document, language: str, person: Person) -> tuple[list[Row], int]:
    """The rows to show, and how many there are in all.

    What memory has from between the same neighbours goes first, then what it has exactly, then rules, then
    the rest by risk; within each in the order of the text. The person's own words are not among them.
    """
    found = [
        row
        for row in rows(document, language, person)
        if row.translation.state in {State.PRETRANSLATED, State.SUBMITTED}
        and not row.translation.is_empty_on_purpose
        and not row.blocking
        and not row.translation.current.is_by(person.pk)
        and row.held_by(person) is None
    ]
    found.sort(key=lambda row: (trust(row), row.translation.risk))
    return found[:SHOWN], len(found)


def trust(row: Row) -> int:
    """How a draft ranks: 0 the same sentence between the same neighbours, up to 3 for all the rest."""
    current = row.translation.current
    detail = current.detail or {}
    if current.origin == Revision.Origin.MEMORY and "repaired" not in detail:
        return 0 if detail.get("context") else 1
    return 2 if current.origin == Revision.Origin.RULE else 3
