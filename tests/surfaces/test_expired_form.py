"""A form without its token: nothing is done, and the page that says so keeps to the policy."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_it_is_refused_in_the_readers_language(language: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/i18n/setlang/", {"language": "tr"}, headers={"accept-language": language})
    page = response.content.decode()
    assert response.status_code == 403
    assert f'<html lang="{language}">' in page
    assert "<style" not in page
    assert "style=" not in page
