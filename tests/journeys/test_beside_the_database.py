"""A process that drives a browser may be given tests of the database afterwards, when others have more left to do."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Browser

from publishing.workflow import access

pytestmark = pytest.mark.browser


@pytest.mark.django_db
def test_the_database_is_read_in_a_process_that_drives_a_browser(browser: Browser) -> None:
    assert browser.is_connected()
    assert set(Group.objects.values_list("name", flat=True)) == set(access.GROUPS)
