"""A plugin of pytest: the tests run in the order in which they were listed, those without a database not last."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next(n for n, each in enumerate(config.args) if item.nodeid.startswith(each)))
