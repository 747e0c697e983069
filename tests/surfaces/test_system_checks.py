"""manage.py check says what would start but not work well."""

import pytest
from django.db import connection, transaction

from publishing import system_checks
from publishing.models.search import TRIGRAMS


def test_an_engine_of_the_settings_that_cannot_be_asked_is_told(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    monkeypatch.setenv("LIBRETRANSLATE_URL", "http://127.0.0.1:5000")
    settings.MT_ENGINES = ["libretranslate", "babelfish", "deepl"]
    told = [(warning.id, warning.msg) for warning in system_checks.engines_can_be_asked()]
    assert [number for number, _ in told] == ["publishing.W002"] * 2
    assert "babelfish" in told[0][1]
    assert "DEEPL_API_KEY" in told[1][1]


def test_a_setting_of_all_engines_that_cannot_be_read_is_told(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.MT_ENGINES = ["google"]
    assert system_checks.engines_can_be_asked() == []
    monkeypatch.setenv("MT_CONCURRENCY", "google=many")
    (warning,) = system_checks.engines_can_be_asked()
    assert "MT_CONCURRENCY" in warning.msg


def test_nothing_is_told_where_no_engine_is_wanted(settings: object) -> None:
    settings.MT_ENGINES = []
    assert system_checks.engines_can_be_asked() == []


@pytest.mark.django_db
def test_an_index_that_could_not_be_made_is_told() -> None:
    assert system_checks.searches_have_an_index(databases=["default"]) == []
    drop = "TABLE" if connection.vendor == "sqlite" else "INDEX"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER {TRIGRAMS}_{event}")
        cursor.execute(f"DROP {drop} {TRIGRAMS}")
        (warning,) = system_checks.searches_have_an_index(databases=["default"])
        transaction.set_rollback(True)
    assert warning.id == "publishing.W003"


@pytest.mark.django_db
def test_by_the_hint_it_is_made_as_the_migrations_make_it() -> None:
    def definition() -> str:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [TRIGRAMS])
        return str(cursor.fetchone()[0])

    if connection.vendor != "postgresql":
        assert "migrate anew" in system_checks.HOW_TO_MAKE_THE_INDEX[connection.vendor]
        return
    with transaction.atomic(), connection.cursor() as cursor:
        made = definition()
        cursor.execute(f"DROP INDEX {TRIGRAMS}")
        (warning,) = system_checks.searches_have_an_index(databases=["default"])
        cursor.execute(warning.hint.partition("then: ")[2])
        assert definition() == made


def test_no_database_is_asked_where_none_is_named() -> None:
    assert system_checks.searches_have_an_index() == []
