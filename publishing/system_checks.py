"""What Django's `check` should say about an installation that would start but not work well."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from publishing import engines
from publishing.models import SearchText
from publishing.models.search import ON_POSTGRESQL, TRIGRAMS


@checks.register()
def interface_is_compiled(**_scope: Any) -> Sequence[checks.CheckMessage]:
    """The interface's catalogs are compiled at set-up; without them people read English."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                return [
                    checks.Warning(
                        f"{source.relative_to(folder.parent)} is newer than its compiled form.",
                        hint="Run: python manage.py compile_interface",
                        id="publishing.W001",
                    )
                ]
    return []


@checks.register()
def engines_can_be_asked(**_scope: Any) -> Sequence[checks.CheckMessage]:
    """The engines of MT_ENGINES are read when they are asked, which is long after the start."""
    warnings = []
    for name in settings.MT_ENGINES:
        try:
            engines.require(name)
        except (engines.UnknownEngine, engines.NotConfigured) as error:
            warnings.append(checks.Warning(f"MT_ENGINES: {error}", id="publishing.W002"))
    return warnings


@checks.register(checks.Tags.database)
def searches_have_an_index(
    databases: Sequence[str] | None = None, **_scope: Any
) -> Sequence[checks.CheckMessage]:
    """Migrations make it where they can. Without it a search reads all texts, which is slow and not wrong."""
    warnings = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            if SearchText._meta.db_table not in tables:
                continue  # not migrated yet
            constraints = connection.introspection.get_constraints(cursor, SearchText._meta.db_table)
        if TRIGRAMS not in {*tables, *constraints}:
            warnings.append(
                checks.Warning(
                    "A search reads all texts: its index is missing.",
                    hint=HOW_TO_MAKE_THE_INDEX[connection.vendor],
                    id="publishing.W003",
                )
            )
    return warnings


HOW_TO_MAKE_THE_INDEX = {
    "postgresql": f"As a role that may: CREATE EXTENSION pg_trgm; then: {ON_POSTGRESQL};",
    "sqlite": "This SQLite was built without FTS5, or is older than 3.34: take another, and migrate anew.",
}
