"""What stands as approved was approved: the last decision on record is of this very text and this person."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from publishing.models import AuditEntry, Document, Translation

from .. import auditing
from .flaws import BATCH, Flaw, name

VERBS = ("approve", "omit")


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every approved translation; a joined sentence is approved with its lead."""
    last = AuditEntry.objects.filter(translation=OuterRef("pk"), verb__in=VERBS).order_by("-number")
    rows = Translation.objects.filter(state=Translation.State.APPROVED, joined_to=None).order_by("pk")
    if document:
        rows = rows.filter(segment__document=document)
    told = rows.annotate(
        said=Subquery(last.values("data")[:1]),
        decided=Subquery(last.values("verb")[:1]),
        by=Subquery(last.values("person")[:1]),
    ).select_related("current", "segment")
    for row in told.iterator(chunk_size=BATCH):
        tally["approvals"] += 1
        if not _agrees(row):
            where = _("%(name)s, segment %(key)s (%(language)s)") % {
                "name": name(row.segment.document_id),
                "key": row.segment.key,
                "language": row.language,
            }
            what = _("it stands as approved, and no decision on record says so of this text.")
            yield Flaw("decisions", where, what, _("Return it in the newsroom, and have it reviewed again."))


def _agrees(row: Translation) -> bool:
    verb, data, by = row.decided, row.said, row.by  # type: ignore[attr-defined] -- annotated
    if verb is None or by != row.approved_by_id or not isinstance(data, dict):
        return False
    if row.omitted:
        return bool(verb == "omit")
    return verb == "approve" and row.current is not None and auditing.sha256(row.text) == data.get("text")
