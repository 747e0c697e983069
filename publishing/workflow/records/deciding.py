"""What the entries of a chain say of each translation at the moment of a release."""

from collections.abc import Iterable
from typing import Any

from publishing.models import AuditEntry

from .. import auditing

SET_ASIDE = {"overrule", "dismiss"}


class Decisions:
    """The entries up to a release, read once from first to last."""

    def __init__(self, entries: Iterable[AuditEntry], keys: dict[int, str]) -> None:
        """`keys` are the segments' keys by translation, of one language: what else was decided is passed over."""
        self.approvals: dict[str, list[AuditEntry]] = {}
        self.omissions: dict[str, AuditEntry] = {}
        self.leads: dict[str, str] = {}
        self.set_aside: dict[str, list[AuditEntry]] = {}
        for entry in entries:
            key = keys.get(entry.translation_id or 0)
            if key:
                self._read(entry, key)

    def _read(self, entry: AuditEntry, key: str) -> None:
        if entry.verb == "approve":
            self.approvals.setdefault(key, []).append(entry)
        elif entry.verb in SET_ASIDE:
            self.set_aside.setdefault(key, []).append(entry)
        elif entry.verb == "omit":
            self.omissions[key] = entry
        elif entry.verb == "bring_back":
            self.omissions.pop(key, None)
        elif entry.verb == "join":
            self.leads.update(dict.fromkeys(entry.data["segments"][1:], entry.data["segments"][0]))
        elif entry.verb == "separate":
            for each in entry.data["segments"]:
                self.leads.pop(each, None)

    def approval(self, key: str, text: str) -> AuditEntry | None:
        """The last decision that approved this very text."""
        hashed = auditing.sha256(text)
        found = [each for each in self.approvals.get(key, ()) if each.data.get("text") == hashed]
        return found[-1] if found else None

    def overruled(self, key: str, revision: int) -> list[dict[str, Any]]:
        """The findings of a revision that were set aside, with the reasons."""
        return [
            {
                "decision": each.number,
                "verb": each.verb,
                "finding": each.data.get("finding"),
                "reason": each.data.get("reason"),
                "by": each.person_id,
            }
            for each in self.set_aside.get(key, ())
            if each.data.get("revision") == revision
        ]
