"""The roles that meet every page of the admin, and an article that is being translated."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from publishing.models import Document, Person, Translation
from tests import cast


@pytest.fixture(autouse=True)
def _quick(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Passwords are not what is tested here; WhiteNoise wants its folder; a request leaves its language on."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = tmp_path
    yield
    translation.deactivate()


@pytest.fixture
def document(db: None) -> Document:
    """An English article with a Turkish translation under way: nothing drafted but the note."""
    made = cast.article()
    cast.opened(made, "tr")
    return made


@pytest.fixture
def rows(document: Document) -> list[Translation]:
    return cast.rows(document)


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A client with somebody logged in."""

    def log_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return log_in
