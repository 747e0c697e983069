"""Footnotes: the references to them in a text, their labels, and the rule draft of a note's translation."""

from publishing.markup.notes.drafting import draft_note, without_boilerplate
from publishing.markup.notes.references import Reference, label, references

__all__ = ["Reference", "draft_note", "label", "references", "without_boilerplate"]
