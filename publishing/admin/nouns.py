"""Everything that registers itself with the admin site, imported once the site stands (see apps.py)."""

from . import articles, evidence, jobs, memories, people, releases, translations

__all__ = ["articles", "evidence", "jobs", "memories", "people", "releases", "translations"]
