"""Editions that go out jointly go out at one moment or not at all, whoever is killed and whoever else decides."""

import random
import time

import pytest

from .conftest import FEW, Site

ARTICLES = 4
EDITIONS = ARTICLES * 2
KILLS = 4 if FEW else 25
EDITORS = 4 if FEW else 8
LIVE = 'Release.objects.filter(state="live").exclude(edition__language="en").count()'
IDLE = 'not Job.objects.filter(state__in=("ready", "running")).exists()'


@pytest.mark.long
def test_a_worker_that_is_killed_releases_all_or_none(site: Site) -> None:
    assert site.play("newsstand", str(ARTICLES), "0.5").wait(timeout=180) == 0
    chance, seen = random.Random(3), set()
    for _ in range(KILLS):
        worker = site.play("slow_worker")
        time.sleep(chance.uniform(0.8, 3.0))
        site.kill(worker)
        seen.add(site.ask(LIVE))
        assert seen <= {0, EDITIONS}
    site.worker()
    site.wait_until(f"{LIVE} == {EDITIONS} and {IDLE}")
    rows = 'Release.objects.filter(state="live").exclude(edition__language="en")'
    assert site.ask(f'{rows}.values("released_at").distinct().count()') == 1
    assert site.ask(f'{rows}.values("number").distinct().count()') == 1
    assert site.ask('AuditEntry.objects.filter(verb="release").count()') == EDITIONS + ARTICLES
    # One such file stands beside the page of every live edition.
    assert site.ask('Page.objects.filter(path__endswith="/provenance.json").count()') == EDITIONS + ARTICLES


@pytest.mark.long
def test_editors_who_release_the_same_jointly_wait_for_each_other(site: Site) -> None:
    """Each in an order of their own: nobody is locked out for ever, and what each released is whole."""
    assert site.play("newsstand", str(ARTICLES)).wait(timeout=180) == 0
    start = str(time.time() + 3 + EDITORS * 0.7)
    processes = [site.play("jointly", str(seed), start) for seed in range(EDITORS)]
    outcomes = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert outcomes == ["done"] * EDITORS
    assert site.ask(LIVE) == EDITIONS
    made = site.ask(
        'list(Release.objects.exclude(edition__language="en").values("released_by", "number")'
        '.annotate(n=Count("pk")).values_list("n", flat=True))'
    )
    assert made == [EDITIONS] * EDITORS
