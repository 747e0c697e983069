"""What many tests begin with, made once: a transaction around all of them, which is rolled back at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test.utils import override_settings
from django.utils import translation

QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
"""A real hash is slow on purpose; here it would be most of what the tests do."""


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """What is stored within is there until the end of the block, and gone then; catalogs go below `folder`."""
    translation.deactivate()
    with (
        transaction.atomic(),
        override_settings(CATALOG_ROOT=folder / "locale", PASSWORD_HASHERS=[QUICK_HASHER]),
    ):
        yield
        transaction.set_rollback(True)
