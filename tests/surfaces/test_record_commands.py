"""make_record_key, export_record, verify FILE: a record that leaves the house, and is verified without it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from publishing.workflow import releasing
from tests import cast
from tests.surfaces.commands import SHORT, refused, report, run

PUBLISHED = ("--language", "en")


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> Path:
    """The public key; its private one is the site's."""
    assert "REVIEW_RECORD_KEY" in run("make_record_key", tmp_path / "key")
    settings.REVIEW_RECORD_KEY = str(tmp_path / "key")
    return tmp_path / "key.pub"


@pytest.fixture
def record(key: Path, tmp_path: Path, db: None) -> Path:
    releasing.release(cast.article(), "en", actor=cast.carol())
    assert report("export_record", SHORT, tmp_path / "r.json", *PUBLISHED)["release"] == 1
    return tmp_path / "r.json"


def test_a_record_is_verified_by_whoever_has_the_key(record: Path, key: Path) -> None:
    figures = report("verify", record, "--key", key)
    assert (figures["slug"], figures["release"], figures["segments"]) == (SHORT, 1, 4)
    assert run("verify", record, "--key", key).startswith("The record is whole")


def test_one_changed_byte_is_found(record: Path, key: Path) -> None:
    data = record.read_bytes()
    record.write_bytes(data.replace(b"Ships left", b"Ships lef7"))
    assert "changed after it was signed" in refused("verify", record, "--key", key)


def test_verifying_asks_no_database(tmp_path: Path, key: Path) -> None:
    """Without the mark of a test that uses one, any query fails."""
    (tmp_path / "r.json").write_text("{}")
    with pytest.raises(CommandError, match="no record"):
        run("verify", tmp_path / "r.json", "--key", key)


def test_file_and_key_belong_together(record: Path, key: Path) -> None:
    for arguments in ((record,), ("--key", key)):
        assert "--key" in refused("verify", *arguments)


@pytest.mark.django_db
def test_without_a_key_nothing_is_written(tmp_path: Path) -> None:
    releasing.release(cast.article(), "en", actor=cast.carol())
    assert "make_record_key" in refused("export_record", SHORT, tmp_path / "r.json", *PUBLISHED)
    assert not (tmp_path / "r.json").exists()


@pytest.mark.django_db
def test_what_is_unknown(key: Path, tmp_path: Path) -> None:
    cast.article()
    file = tmp_path / "r.json"
    assert "“nothing”" in refused("export_record", "nothing", file, *PUBLISHED)
    assert "“de”" in refused("export_record", SHORT, file, "--language", "de")
    assert "(ru)" in refused("export_record", SHORT, file, "--language", "ru")
    assert "no such release" in refused("export_record", SHORT, file, *PUBLISHED)
    assert "key" in refused("make_record_key", key.with_suffix(""))
