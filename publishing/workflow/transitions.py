"""The table of transitions: one row per verb, which drives guards, buttons, documentation and tests."""

from collections.abc import Mapping
from dataclasses import dataclass

from publishing.models import Translation
from publishing.models.translation import State

from .errors import EmptyOnPurpose, WrongState


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a verb leads where. `right` names the permission that it takes; a run needs none."""

    verb: str
    sources: frozenset[State]
    target: State
    right: str | None


TABLE: Mapping[str, Transition] = {
    row.verb: row
    for row in (
        Transition(
            "pretranslate",
            frozenset({State.MISSING, State.OUTDATED, State.NEEDS_EDIT}),
            State.PRETRANSLATED,
            right=None,
        ),
        Transition("submit", frozenset(State), State.SUBMITTED, right="translate"),
        Transition(
            "approve",
            frozenset({State.PRETRANSLATED, State.SUBMITTED, State.OUTDATED}),
            State.APPROVED,
            right="translate",
        ),
        Transition(
            "return",
            frozenset({State.PRETRANSLATED, State.SUBMITTED, State.APPROVED}),
            State.NEEDS_EDIT,
            right="translate",
        ),
        Transition("outdate", frozenset(State) - {State.MISSING}, State.OUTDATED, right="ingest"),
    )
}


def verbs_from(state: str) -> tuple[str, ...]:
    """The verbs that a person may use on a translation in this state, in the table's order."""
    return tuple(
        row.verb for row in TABLE.values() if row.right == "translate" and State(state) in row.sources
    )


def check(translation: Translation, verb: str) -> Transition:
    """The row of the verb; raises WrongState where the translation's state is none of its sources.

    Raises EmptyOnPurpose where it has no text of its own to decide on.
    """
    row = TABLE[verb]
    if translation.is_empty_on_purpose:
        raise EmptyOnPurpose
    if State(translation.state) not in row.sources:
        raise WrongState(state=State(translation.state).label)
    return row
