"""What several reviewers left behind, looked through: one JSON line with the evidence and with what is wrong.

    python -m tests.faults.reviewed

`approve` and `submit` count the audit entries of people named reviewer…; the rest must be empty: `twice` (decided on
by two, or twice by one), `lost` (an approval on record, but the text is not approved by that person), `not_theirs`
(decided on under somebody else's claim), `broken` (documents whose audit chain does not hold).
"""

import json
from collections import Counter
from itertools import pairwise

import django

django.setup()

from publishing.models import AuditEntry, Claim, Translation
from publishing.workflow import auditing


def main() -> None:
    theirs = AuditEntry.objects.filter(
        person__username__startswith="reviewer", verb__in=("approve", "submit")
    ).order_by("pk")
    entries = list(theirs.values_list("verb", "translation", "person"))
    decided = Counter(translation for _, translation, _ in entries)
    approved = dict(Translation.objects.exclude(approved_by=None).values_list("pk", "approved_by"))
    claims = dict(Claim.objects.values_list("translation", "person"))
    told = {
        **Counter(verb for verb, _, _ in entries),
        "twice": [translation for translation, times in decided.items() if times > 1],
        "lost": [t for verb, t, person in entries if verb == "approve" and approved.get(t) != person],
        "not_theirs": [t for _, t, person in entries if claims.get(t) != person],
        "broken": broken(),
    }
    print(json.dumps(told))


def broken() -> list[int]:
    """The documents whose entries do not follow one another, or do not say what their hashes say."""
    found: set[int] = set()
    rows = list(AuditEntry.objects.select_related("document").order_by("document", "number"))
    for before, after in pairwise(rows):
        follows = after.number == before.number + 1 and after.previous_hash == before.hash
        if after.document_id == before.document_id and not follows:
            found.add(after.document_id)
    found.update(row.document_id for row in rows if auditing.digest(row, row.document.key) != row.hash)
    return sorted(found)


if __name__ == "__main__":
    main()
