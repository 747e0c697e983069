"""No engine's test leaves this machine."""

from collections.abc import Iterator

import pytest

from tests.engines_fake import loopback_only


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    with loopback_only():
        yield
