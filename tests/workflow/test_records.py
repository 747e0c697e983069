"""records: a release with the evidence that it rests on, signed; any byte that is changed is found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publishing.models import Document, Edition
from publishing.workflow import (
    anchoring,
    auditing,
    freezing,
    joining,
    omitting,
    records,
    releasing,
    renaming,
)
from publishing.workflow.records.building import NoSuchRelease
from publishing.workflow.records.keys import KeyThere, NoKey, UnusableKey
from publishing.workflow.records.signing import AnotherKey, ForgedRecord, NotTheRecord
from tests import cast
from tests.workflow import edition

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture(scope="module")
def _reworded(for_the_file: None) -> None:
    """The short article, released in Turkish by Carol; then reworded."""
    document = cast.article()
    boris, ayse, carol = cast.boris(), cast.ayse(), cast.carol()
    rows = edition.approved(document, "tr", boris, ayse)
    releasing.release(document, "tr", actor=carol, note="At last.")
    anchoring.anchor()
    edition.reworded(rows[2], "Gemiler derhal yola çıktı.", boris, ayse)


@pytest.fixture
def document(_reworded: None, db: None) -> Document:
    return Document.objects.get()


def built(document: Document, language: str = "tr", number: int | None = None) -> dict[str, Any]:
    return records.build(Edition.objects.get(document=document, language=language), number)


def checked(record: dict[str, Any]) -> list[str]:
    """What a reader of the signed file is told."""
    return records.check(records.read(records.signed(record, KEY), KEY.public_key()))


@pytest.mark.django_db
class TestWhatItSays:
    def test_every_sentence_with_who_wrote_and_who_approved_it(self, document: Document) -> None:
        record = built(document)
        people = record["people"]
        told = [
            (
                each["source"],
                each["text"],
                people.get(str(each["author"])),
                people[str(each["approved"]["by"])],
            )
            for each in record["segments"]
        ]
        assert [text for _source, text, *_people in told] == list(edition.TURKISH)
        assert told[2][0] == "Ships left at once."
        assert {who[2:] for who in told[:3]} == {("Борис", "Ayşe")}
        assert told[3][2:] == (None, "Ayşe")
        assert record["segments"][3]["origin"] == "rule"
        assert checked(record) == []

    def test_who_released_it_and_the_bytes(self, document: Document) -> None:
        made = built(document)["release"]
        assert (made["number"], made["note"]) == (1, "At last.")
        assert "Gemiler hemen yola çıktı." in made["body"]

    def test_the_chain_and_the_anchors_up_to_now(self, document: Document) -> None:
        record = built(document)
        assert [entry["number"] for entry in record["entries"]] == list(range(1, 14))
        assert [made["number"] for made in record["anchors"]] == [1]

    def test_the_original_is_its_sentences_and_its_decision(self, document: Document) -> None:
        releasing.release(document, "en", actor=cast.person("frida", cast.access.EDITORS))
        record = built(document, "en")
        assert [each["text"] for each in record["segments"]][2] == "Ships left at once."
        assert checked(record) == []

    def test_an_omission_with_its_reason(self, document: Document) -> None:
        row = cast.rows(document)[2]
        omitting.omit(
            row, actor=cast.Person.objects.get(username="carol"), seen_version=row.version, reason="Twice."
        )
        releasing.release(document, "tr", actor=cast.person("frida", cast.access.EDITORS))
        record = built(document)
        assert record["segments"][2]["omitted"]["reason"] == "Twice."
        assert record["segments"][2]["source"] == "Ships left at once."
        assert checked(record) == []
        assert checked(built(document, number=1)) == []

    def test_joined_sentences_have_one_decision(self, document: Document) -> None:
        mert = cast.person("mert", cast.access.TRANSLATORS, "tr")
        before, row = cast.rows(document)[1:3]
        lead = joining.join(row, actor=mert, seen_version=row.version, seen_before=before.version)
        edition.reworded(
            lead,
            "Limanlar Temmuz 2023’te açıldı,[1] gemiler yola çıktı.",
            mert,
            cast.Person.objects.get(username="ayse"),
        )
        releasing.release(document, "tr", actor=cast.Person.objects.get(username="carol"))
        record = built(document)
        first, second = record["segments"][1:3]
        assert first["source"] == "The ports opened in July 2023.[1] Ships left at once."
        assert (first["joined"], second["joined_to"]) == ([second["key"]], first["key"])
        assert checked(record) == []

    def test_what_stood_above_and_beside_the_body(self, document: Document) -> None:
        made = built(document)["release"]
        assert made["title"] == edition.TURKISH[0]
        assert freezing.front_hash(made) == made["front_hash"]

    def test_the_slug_of_today_though_it_was_another_at_the_release(self, document: Document) -> None:
        renaming.give_slug(document, "tr", "tahil", actor=cast.Person.objects.get(username="carol"))
        record = built(document)
        assert record["edition"]["slug"] == "tahil"
        assert checked(record) == []

    def test_what_was_never_released_has_none(self, document: Document) -> None:
        with pytest.raises(NoSuchRelease):
            built(document, "en")
        with pytest.raises(NoSuchRelease):
            built(document, "tr", 2)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all values in a record."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for name, each in pairs for found in leaves(each, (*path, name))]
    return [path]


def changed(record: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made = json.loads(json.dumps(record))
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = "changed"
    return dict(made)


@pytest.mark.django_db
class TestWhoeverChangesIt:
    def test_in_any_field_is_found(self, document: Document) -> None:
        record = built(document)
        signature = json.loads(records.signed(record, KEY))["signature"]
        for path in leaves(record):
            forged = {"record": changed(record, path), "signature": signature}
            with pytest.raises(ForgedRecord):
                records.read(auditing.canonical(forged).encode() + b"\n", KEY.public_key())

    def test_in_any_byte_is_found(self, document: Document) -> None:
        data = records.signed(built(document), KEY)
        for place in range(0, len(data), 41):
            forged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises((ForgedRecord, NotTheRecord, AnotherKey)):
                records.read(forged, KEY.public_key())

    def test_by_cutting_or_adding_is_found(self, document: Document) -> None:
        data = records.signed(built(document), KEY)
        for forged in (data[:-1], data[: len(data) // 2], data + b"\n", b" " + data, b""):
            with pytest.raises(NotTheRecord):
                records.read(forged, KEY.public_key())

    def test_by_reordering_is_found(self, document: Document) -> None:
        found = json.loads(records.signed(built(document), KEY))
        reordered = {"signature": found["signature"], "record": found["record"]}
        with pytest.raises(NotTheRecord):
            records.read(
                json.dumps(reordered, ensure_ascii=False, separators=(",", ":")).encode() + b"\n",
                KEY.public_key(),
            )
        found["record"]["segments"].reverse()
        with pytest.raises(ForgedRecord):
            records.read(auditing.canonical(found).encode() + b"\n", KEY.public_key())

    def test_and_signs_it_anew_has_another_key(self, document: Document) -> None:
        with pytest.raises(AnotherKey):
            records.read(records.signed(built(document), OTHER), KEY.public_key())


Change = Callable[[dict[str, Any]], object]


def as_it_was_written_before(record: dict[str, Any]) -> dict[str, Any]:
    """The same release in format 1, with its chain as it was then: its decisions told of no title and no slug."""
    record["format"] = "dragoman/review-record/1"
    record["anchors"], previous = [], ""
    for name in ("corrections", "front_hash"):
        del record["release"][name]
    for entry in record["entries"]:
        for name in ("front", "slug"):
            entry["data"].pop(name, None)
        entry["previous"] = previous
        said = {name: value for name, value in entry.items() if name != "hash"}
        entry["hash"] = previous = auditing.sha256(auditing.canonical(said))
    return record


@pytest.mark.django_db
class TestARecordOfTheFormatBefore:
    def test_is_verified_as_it_was(self, document: Document) -> None:
        assert checked(as_it_was_written_before(built(document))) == []

    def test_has_a_title_that_is_a_sentence_of_it(self, document: Document) -> None:
        record = as_it_was_written_before(built(document))
        record["release"]["title"] = "Yalan"
        assert checked(record)

    def test_may_be_written_in_todays_format_for_a_release_of_that_time(self, document: Document) -> None:
        record = as_it_was_written_before(built(document))
        record["format"] = "dragoman/review-record/2"
        record["release"] |= {"corrections": [], "front_hash": ""}
        assert checked(record) == []


LIES: dict[str, Change] = {
    "another text": lambda r: r["segments"][1].update(text="Yalan."),
    "another source": lambda r: r["segments"][1].update(source="A lie."),
    "another approver": lambda r: r["segments"][1]["approved"].update(by=r["segments"][1]["author"]),
    "another decision": lambda r: r["segments"][1]["approved"].update(decision=4),
    "no approval": lambda r: r["segments"][1].update(approved=None),
    "an invented omission": lambda r: r["segments"][1].update(omitted={"decision": 5, "by": 1, "at": "", "reason": ""}),
    "a sentence less": lambda r: r["segments"].pop(),
    "another body": lambda r: r["release"].update(body=""),
    "another manifest": lambda r: r["release"]["manifest"].pop(),
    "another release": lambda r: r["release"].update(number=2),
    "another editor": lambda r: r["release"].update(released_by=0),
    "a changed entry": lambda r: r["entries"][4].update(person=0),
    "an entry less": lambda r: r["entries"].pop(5),
    "the last entries cut": lambda r: r["entries"].__delitem__(slice(6, None)),
    "another anchor": lambda r: r["anchors"][0].update(previous="f"),
    "another title": lambda r: r["release"].update(title="Yalan"),
    "a summary": lambda r: r["release"].update(summary="Yalan."),
    "another moment": lambda r: r["release"].update(released_at="2020-01-01T00:00:00.000000+00:00"),
    "other people": lambda r: r["release"]["provenance"].update(reviewers=["Eve"]),
    "a correction": lambda r: r["release"].update(corrections=[{"at": "", "text": "Yalan."}]),
    "an exception": lambda r: r["release"].update(exception="Because."),
    "another slug": lambda r: r["edition"].update(slug="yalan"),
    "the format from before": lambda r: r.update(format="dragoman/review-record/1"),
    "another format": lambda r: r.update(format="x"),
    "nothing": lambda r: r.clear(),
    "no list": lambda r: r.update(entries=7),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_site_that_signs_a_lie_contradicts_its_own_evidence(document: Document, lie: Change) -> None:
    record = built(document)
    lie(record)
    assert checked(record)


HOSTILE = {
    "deep": b"[" * 200_000,
    "huge number": b'{"record":{"a":' + b"9" * 10_000 + b'},"signature":{}}\n',
    "doubled name": b'{"record":{"a":1,"a":1},"signature":{"algorithm":"Ed25519","key":"","value":""}}\n',
    "no number": b'{"record":{"a":NaN},"signature":{}}\n',
    "half a character": b'{"record":{"a":"\\ud800"},"signature":{"algorithm":"Ed25519","key":"","value":""}}\n',
    "no text": b"\xff\xfe",
    "no object": b"[]\n",
    "other types": b'{"record":[],"signature":{"algorithm":1,"key":2,"value":3}}\n',
    "no signature": b'{"record":{}}\n',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_no_records(data: bytes) -> None:
    with pytest.raises(NotTheRecord):
        records.read(data, KEY.public_key())


class TestKeys:
    def test_a_private_one_for_its_owner_alone_and_a_public_one(self, tmp_path: Path, settings: Any) -> None:
        public = records.make_key(tmp_path / "key")
        assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
        settings.REVIEW_RECORD_KEY = str(tmp_path / "key")
        data = records.signed({"format": "x"}, records.signing_key())
        assert records.read(data, records.public_key(public)) == {"format": "x"}

    def test_none_is_overwritten(self, tmp_path: Path) -> None:
        records.make_key(tmp_path / "key")
        before = (tmp_path / "key").read_bytes()
        with pytest.raises(KeyThere):
            records.make_key(tmp_path / "key")
        assert (tmp_path / "key").read_bytes() == before

    def test_without_one_nothing_is_signed(self, settings: Any) -> None:
        settings.REVIEW_RECORD_KEY = ""
        with pytest.raises(NoKey):
            records.signing_key()

    def test_what_is_no_key_is_said(self, tmp_path: Path, settings: Any) -> None:
        (tmp_path / "file").write_text("no key")
        public = records.make_key(tmp_path / "key")
        for path in (tmp_path / "file", public, tmp_path / "absent"):
            settings.REVIEW_RECORD_KEY = str(path)
            with pytest.raises(UnusableKey):
                records.signing_key()
        for path in (tmp_path / "file", tmp_path / "key", tmp_path / "absent"):
            with pytest.raises(UnusableKey):
                records.public_key(path)
