"""Tests depend on no other test: what one of them leaves behind, or takes along."""

import pytest
from django.contrib.auth.models import Group

from publishing.workflow import access


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["before", "after"])
def test_a_test_that_commits_leaves_what_migrations_stored(turn: str) -> None:
    """All that is stored goes with such a test. The second of these two fails where nothing comes back."""
    assert set(Group.objects.values_list("name", flat=True)) == set(access.GROUPS)
