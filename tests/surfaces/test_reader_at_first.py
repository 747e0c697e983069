"""What readers get from a site on which little or nothing was released yet."""

import pytest
from django.test import Client

from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_front_page_is_there_before_anything_was_released(client: Client, language: str) -> None:
    response = client.get(f"/{language}/")
    assert (response.status_code, response["Content-Language"]) == (200, language)
    assert f'<html lang="{language}">' in response.content.decode()
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("page", ["archive", "search"])
def test_what_every_page_leads_to_is_there_as_well(client: Client, page: str) -> None:
    assert f'href="/tr/{page}/"' in client.get("/tr/").content.decode()
    before = client.get(f"/tr/{page}/")
    assert before.status_code == 200
    releasing.release(cast.article(), "en", actor=cast.carol())
    loop.drain()
    assert client.get(f"/tr/{page}/").content == before.content


def test_an_article_that_nobody_released_is_not_named(client: Client) -> None:
    cast.article()
    for language in ("en", "tr"):
        response = client.get(f"/{language}/grain-crosses-the-black-sea/")
        assert response.status_code == 404
        assert "Grain" not in response.content.decode()
    assert "Grain" not in client.get("/en/").content.decode()


def test_a_biography_that_nobody_released_is_not_shown(client: Client) -> None:
    releasing.release(cast.sample(), "en", actor=cast.carol())
    loop.drain()
    page = client.get("/en/the-future-of-china-russia-north-korea-relations/").content.decode()
    assert "Moscow" in page
    assert "mezun olmuştur" not in page
    assert "TOKMAK" not in page


def test_what_lies_outside_of_the_languages_is_told_in_the_browsers_language(client: Client) -> None:
    response = client.get("/nothing", headers={"accept-language": "tr"})
    assert (response.status_code, response["Content-Language"]) == (404, "tr")
    assert "Accept-Language" in response["Vary"]
