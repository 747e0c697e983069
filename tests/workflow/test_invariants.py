"""The rules of the design, attacked: three people, a worker and the desk do whatever they can in any order.

A machine of Hypothesis draws the order, the texts, and versions fresh or stale. After every step the rules
must hold, whatever was refused.
"""

import hashlib
import json
import os
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from publishing.catalogs import po
from publishing.languages import sentences
from publishing.models import AuditEntry, Edition, Finding, Job, Page, Release, Revision, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import (
    auditing,
    autosaving,
    editing,
    exchanging,
    ingesting,
    joining,
    omitting,
    pretranslating,
    proposing,
    releasing,
    remembering,
    reviewing,
)
from publishing.workflow.errors import Refused
from tests import cast

from .edition import timeless

SOURCES = (
    cast.SHORT,
    cast.SHORT.replace("Ships left", "Vessels left"),
    cast.SHORT.replace("at once.", "at once. Prices fell."),
    cast.SHORT.replace(" Ships left at once.", ""),
    cast.SHORT.replace("July 2023", "August 2024"),
)
GOOD = {
    "Grain Crosses the Black Sea": "Tahıl Karadeniz’i Geçiyor",
    "The ports opened in July 2023.[1]": "Limanlar Temmuz 2023’te açıldı.[1]",
    "The ports opened in August 2024.[1]": "Limanlar Ağustos 2024’te açıldı.[1]",
    "Ships left at once.": "Gemiler hemen yola çıktı.",
    "Vessels left at once.": "Tekneler hemen yola çıktı.",
    "Prices fell.": "Fiyatlar düştü.",
}
NOTE = "“Ports Reopen”, Reuters, (Erişim Tarihi: 01.08.2023)."
TEXTS = ("{good}", "{good} Evet.", "Yine de {good}", "Limanlar 2032’de açıldı.", "[7] {good}", "", "a\x1bb")
MEMORY = """<tmx version="1.4"><header srclang="en"/><body><tu>
<tuv xml:lang="en"><seg>Prices fell.</seg></tuv><tuv xml:lang="tr"><seg>Fiyatlar düştü.</seg></tuv></tu><tu>
<tuv xml:lang="en"><seg>Grain Crosses the Black Sea</seg></tuv>
<tuv xml:lang="tr"><seg>Tahıl Karadeniz’i Geçiyor</seg></tuv></tu></body></tmx>"""

PEOPLE = st.sampled_from(("ayse", "boris", "carol"))
PLACES = st.integers(0, 4)
LANGUAGES = st.sampled_from(("en", "tr"))


class House(RuleBasedStateMachine):
    """One short article, two translators, an editor, a worker, and the desk that corrects the source."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}
        remembering.import_memory(MEMORY.encode(), name="m")
        self.document = cast.article()
        cast.opened(self.document)
        self.revisions: dict[int, dict[str, Any]] = {}
        self.releases: dict[int, dict[str, Any]] = {}
        self.versions: dict[int, int] = {}
        self.exports = [self.export()]
        self.pages_of: dict[object, dict[str, bytes]] = {}
        self.had: dict[str, list[int]] = {"en": [], "tr": []}
        self.public = self.site()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- what is there -------------------------------------------------------------------------------

    def rows(self) -> list[Translation]:
        return cast.rows(self.document)

    def row(self, place: int) -> Translation:
        rows = self.rows()
        return rows[place % len(rows)]

    def export(self) -> bytes:
        return po.write(exchanging.snapshot(self.document, "tr"))

    def site(self) -> dict[str, bytes]:
        return {page.path: bytes(page.content) for page in Page.objects.all()}

    def good(self, row: Translation) -> str:
        parts = [part.strip() for part in sentences.split(row.source, "en")]
        return " ".join(GOOD[part] for part in parts) if all(part in GOOD for part in parts) else NOTE

    def attempt(self, verb: Callable[[], object], *, stale: bool = False) -> bool:
        """Whether the verb was done. What was based on a version that is gone may not be."""
        try:
            with transaction.atomic():
                verb()
        except Refused:
            return False
        assert not stale
        return True

    # --- what people do ------------------------------------------------------------------------------

    @rule(who=PEOPLE, place=PLACES, text=st.sampled_from(TEXTS), behind=st.sampled_from((0, 0, 0, 1, -1)))
    def submit(self, who: str, place: int, text: str, behind: int) -> None:
        row, actor = self.row(place), self.people[who]
        text = text.format(good=self.good(row))
        if self.attempt(
            lambda: editing.submit(row, text=text, actor=actor, seen_version=row.version - behind),
            stale=behind != 0,
        ):
            assert Revision.objects.filter(translation=row, text=text, author=actor, origin="human").exists()

    @rule(who=PEOPLE, place=PLACES, behind=st.sampled_from((0, 0, 0, 1, -1)))
    def approve(self, who: str, place: int, behind: int) -> None:
        row, actor = self.row(place), self.people[who]
        if self.attempt(
            lambda: reviewing.approve(row, actor=actor, seen_version=row.version - behind), stale=behind != 0
        ):
            assert row.current is not None
            assert row.current.author_id != actor.pk

    @rule(who=PEOPLE, place=PLACES, behind=st.sampled_from((0, 0, 1)))
    def return_(self, who: str, place: int, behind: int) -> None:
        row, actor = self.row(place), self.people[who]
        self.attempt(
            lambda: reviewing.return_(
                row, actor=actor, seen_version=row.version - behind, reason="style", note="Olmamış."
            ),
            stale=behind != 0,
        )

    @rule(who=PEOPLE, place=PLACES, behind=st.sampled_from((0, 0, 1)))
    def undo(self, who: str, place: int, behind: int) -> None:
        row, actor = self.row(place), self.people[who]
        if self.attempt(
            lambda: reviewing.undo(row, actor=actor, seen_version=row.version - behind), stale=behind != 0
        ):
            assert Translation.objects.get(pk=row.pk).state != State.APPROVED

    @rule(
        who=PEOPLE, place=PLACES, behind=st.sampled_from((0, 0, 0, 1)), before=st.sampled_from((0, 0, 0, 1))
    )
    def join(self, who: str, place: int, behind: int, before: int) -> None:
        """Everything that either said is still there, and nothing of it is approved."""
        rows = self.rows()
        here = place % len(rows)
        row, lead = rows[here], rows[here - 1]
        lead = next((each for each in rows if each.pk == lead.joined_to_id), lead)
        if self.attempt(
            lambda: joining.join(
                row,
                actor=self.people[who],
                seen_version=row.version - behind,
                seen_before=lead.version - before,
            ),
            stale=bool(behind or before),
        ):
            made = Translation.objects.select_related("current").get(pk=lead.pk)
            assert made.state != State.APPROVED
            assert all(text in made.text for text in (lead.text, row.text))

    @rule(who=PEOPLE, place=PLACES, behind=st.sampled_from((0, 0, 0, 1)))
    def separate(self, who: str, place: int, behind: int) -> None:
        row, actor = self.row(place), self.people[who]
        if self.attempt(
            lambda: joining.separate(row, actor=actor, seen_version=row.version - behind), stale=behind != 0
        ):
            row.refresh_from_db()
            assert (row.joined_to_id, row.joined_source) == (None, "")
            assert row.state != State.APPROVED

    @rule(who=PEOPLE, place=PLACES, reason=st.sampled_from(("Known.", "")))
    def omit(self, who: str, place: int, reason: str) -> None:
        row, actor = self.row(place), self.people[who]
        if self.attempt(lambda: omitting.omit(row, actor=actor, seen_version=row.version, reason=reason)):
            assert who == "carol"
            assert reason

    @rule(who=PEOPLE, place=PLACES)
    def bring_back(self, who: str, place: int) -> None:
        row, actor = self.row(place), self.people[who]
        if self.attempt(lambda: omitting.bring_back(row, actor=actor, seen_version=row.version)):
            assert who == "carol"

    @rule(who=PEOPLE, place=PLACES, text=st.sampled_from(TEXTS))
    def type(self, who: str, place: int, text: str) -> None:
        """What is typed changes nothing but the draft."""
        row, actor = self.row(place), self.people[who]
        self.attempt(lambda: autosaving.keep(row, text, version=row.version, actor=actor))

    @rule(who=PEOPLE)
    def overrule(self, who: str) -> None:
        actor = self.people[who]
        for found in Finding.objects.filter(severity="block").select_related("translation"):
            finding = (found.code, found.start, found.end)
            done = self.attempt(
                lambda found=found, finding=finding: reviewing.overrule(
                    found.translation, actor=actor, seen_version=found.translation.version,
                    finding=finding, reason="Not so.",
                )
            )  # fmt: skip
            assert not done or (who == "carol" and found.code not in {"references", "placeholders", "empty"})

    @rule(writer=PEOPLE, reviewer=PEOPLE, alone=st.booleans())
    def work_through(self, writer: str, reviewer: str, alone: bool) -> None:
        """One writes what is missing, the other approves all that they may; or one tries alone."""
        hands, eyes = self.people[writer], self.people[writer if alone else reviewer]
        for row in self.rows():
            if row.state in {State.MISSING, State.NEEDS_EDIT, State.OUTDATED}:
                text = self.good(row)
                self.attempt(
                    lambda row=row, text=text: editing.submit(
                        row, text=text, actor=hands, seen_version=row.version
                    )
                )
        for row in self.rows():
            self.attempt(lambda row=row: reviewing.approve(row, actor=eyes, seen_version=row.version))

    # --- what the desk and the worker do -------------------------------------------------------------

    @rule(source=st.sampled_from(SOURCES))
    def correct_the_source(self, source: str) -> None:
        before = {row.pk: (row.source, row.text) for row in self.rows()}
        self.attempt(lambda: ingesting.import_article(source.encode()))
        for row in self.rows():
            source_before, text_before = before.get(row.pk, (row.source, ""))
            assert row.text == text_before
            if source_before != row.source:
                assert row.state in {State.OUTDATED, State.MISSING}

    @rule()
    def run(self) -> None:
        human = {row.pk: row.current_id for row in self.rows() if row.current and row.current.author_id}
        self.attempt(lambda: pretranslating.request(self.document, "tr"))
        loop.drain()
        now = {row.pk: row.current_id for row in self.rows()}
        assert {pk: now[pk] for pk in human} == human

    @rule()
    def take_an_export(self) -> None:
        self.exports.append(self.export())

    @rule(
        who=st.sampled_from(("ayse", "boris", "carol", "")),
        which=st.integers(0, 5),
        text=st.sampled_from(("Başka.", "Limanlar Temmuz 2023’te açıldı.[1]", "")),
        place=PLACES,
        dry=st.booleans(),
    )
    def return_a_catalog(self, who: str, which: int, text: str, place: int, dry: bool) -> None:
        lines = self.exports[which % len(self.exports)].decode().split("\n")
        targets = [n for n, line in enumerate(lines) if line.startswith("msgstr ")][1:]
        lines[targets[place % len(targets)]] = f'msgstr "{text}"'
        approved = {row.pk: row.version for row in self.rows() if row.state == State.APPROVED}
        before = list(Revision.objects.values_list("pk", flat=True))
        self.attempt(
            lambda: proposing.import_catalog(
                "\n".join(lines).encode(), actor=self.people.get(who), dry_run=dry
            )
        )
        now = {row.pk: row for row in self.rows()}
        for pk, version in approved.items():
            assert (now[pk].state, now[pk].version) == (State.APPROVED, version)
        for made in Revision.objects.exclude(pk__in=before):
            assert not dry
            assert (made.author, made.origin) == (self.people[who], "import")

    @rule()
    def drain(self) -> None:
        loop.drain()
        assert not Job.objects.exclude(state=Job.State.SUCCESSFUL).exists()
        path = exchanging.path_of(self.document, "tr")
        assert path.read_bytes() == self.export()

    # --- what editors do -----------------------------------------------------------------------------

    @rule(who=PEOPLE, language=LANGUAGES)
    def release(self, who: str, language: str) -> None:
        actor = self.people[who]
        rows = self.rows() if language == "tr" else []
        if self.attempt(lambda: releasing.release(self.document, language, actor=actor)):
            assert who == "carol"
            assert {row.state for row in rows} <= {State.APPROVED}
            assert all(
                row.joined_to_id or (row.current and row.current.author_id) or row.approved_by_id != actor.pk
                for row in rows
            )
            self.had[language].append(self.live(language))
        self.published()

    @rule(who=PEOPLE, language=LANGUAGES)
    def rollback(self, who: str, language: str) -> None:
        if self.attempt(lambda: releasing.rollback(self.document, language, actor=self.people[who])):
            assert who == "carol"
            self.had[language].pop()
            assert self.had[language][-1] == self.live(language)
        self.published()

    @rule(who=PEOPLE, language=LANGUAGES)
    def withdraw(self, who: str, language: str) -> None:
        if self.attempt(lambda: releasing.withdraw(self.document, language, actor=self.people[who])):
            assert who == "carol"
            self.had[language].pop()
        self.published()

    def live(self, language: str) -> int:
        return Release.objects.live().get(edition__document=self.document, edition__language=language).pk

    def published(self) -> None:
        """Public bytes may be others now; the same releases always give the same bytes, but for when that was."""
        loop.drain()
        self.public = self.site()
        shown = Release.objects.exclude(state="superseded").order_by("pk")
        pages = timeless(self.public)
        assert self.pages_of.setdefault(tuple(shown.values_list("pk", "state", "withdrawal")), pages) == pages
        states = tuple(shown.values_list("pk", "state", "withdrawal", "changed_at"))
        assert self.pages_of.setdefault(states, self.public) == self.public
        for edition in Edition.objects.filter(slug__isnull=False):
            page = self.public.get(f"/{edition.language}/{edition.slug}/", b"").decode()
            live = edition.releases.live().first()
            if live:
                assert live.body in page
            else:
                assert not any(made.body in page for made in edition.releases.all())

    # --- what is always true -------------------------------------------------------------------------

    @invariant()
    def nothing_but_a_release_changes_a_public_byte(self) -> None:
        assert self.site() == self.public

    @invariant()
    def nothing_saved_is_lost_or_changed(self) -> None:
        for seen, stored in ((self.revisions, Revision.objects), (self.releases, Release.objects)):
            now = {
                row["id"]: {k: v for k, v in row.items() if k not in {"state", "withdrawal", "changed_at"}}
                for row in stored.values()
            }
            assert {pk: now[pk] for pk in seen} == seen
            seen.update(now)

    @invariant()
    def a_version_only_grows(self) -> None:
        now = dict(Translation.objects.values_list("pk", "version"))
        assert all(now[pk] >= version for pk, version in self.versions.items())
        self.versions = now

    @invariant()
    def missing_is_without_text_and_text_is_never_empty(self) -> None:
        for row in Translation.objects.select_related("current"):
            if row.is_empty_on_purpose:
                assert row.current is None
            else:
                assert (row.state == State.MISSING) == (row.current is None)
            assert row.current is None or row.current.text.strip()

    @invariant()
    def what_is_joined_stands_together_and_shares_its_state(self) -> None:
        rows = self.rows()
        for place, row in enumerate(rows):
            if row.joined_to_id:
                before = rows[place - 1]
                lead = next(each for each in rows if each.pk == row.joined_to_id)
                assert lead.pk in {before.pk, before.joined_to_id}
                assert before.segment.block_id == row.segment.block_id
                assert (row.state, row.approved_by_id) == (lead.state, lead.approved_by_id)
                assert row.segment.text in lead.source
                assert lead.segment.text in lead.source
            assert not row.joined_source or any(each.joined_to_id == row.pk for each in rows)

    @invariant()
    def what_is_approved_was_approved_as_it_is_by_somebody_else(self) -> None:
        rows = Translation.objects.in_use().filter(state=State.APPROVED).select_related("current", "segment")
        for row in rows:
            if row.joined_to_id:
                continue  # its words were approved where they are
            verb = "omit" if row.omitted else "approve"
            entry = AuditEntry.objects.filter(translation=row, verb=verb).latest("number")
            assert row.approved_by_id == entry.person_id
            if row.omitted:
                assert entry.data["source"] == auditing.sha256(row.segment.text)
                continue
            assert not row.current.is_by(entry.person_id)
            assert {name: value for name, value in entry.data.items() if name != "from"} == {
                "revision": row.current.number,
                "text": auditing.sha256(row.current.text),
                "source": auditing.sha256(row.source),
            }

    @invariant()
    def the_chain_of_evidence_holds(self) -> None:
        entries = list(AuditEntry.objects.filter(document=self.document).order_by("number"))
        assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
        assert entries[0].previous_hash == ""
        assert all(after.previous_hash == before.hash for before, after in pairwise(entries))
        assert all(auditing.digest(entry, self.document.key) == entry.hash for entry in entries)

    @invariant()
    def a_manifest_is_the_hashes_of_its_texts(self) -> None:
        texts = dict(Revision.objects.values_list("pk", "text"))
        for made in Release.objects.all():
            said = json.dumps(made.manifest, separators=(",", ":")).encode()
            assert made.manifest_hash == hashlib.sha256(said).hexdigest()
            assert made.body_hash == hashlib.sha256(made.body.encode()).hexdigest()
            for _key, revision, digest in made.manifest:
                assert revision is None or digest == auditing.sha256(texts[revision])


def attack(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_rules_hold_in_any_order() -> None:
    attack(examples=8, steps=20)


@pytest.mark.long
@pytest.mark.django_db
def test_the_rules_hold_in_any_order_for_long() -> None:
    attack(examples=30 if os.environ.get("LONG_ROUNDS") == "few" else 300, steps=60)
