"""What Django's `check` should say about an installation that would start but not work well."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from publishing import engines


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
