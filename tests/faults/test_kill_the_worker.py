"""kill -9 of a worker in the middle of a run: another finishes it; nothing is lost, nothing is written twice."""

import random
import time

import pytest

from tests.engines_fake import FakeEngines

from .conftest import FEW, Site

SENTENCES = 60 if FEW else 200
KILLS = 4 if FEW else 25


@pytest.mark.long
def test_a_run_survives_its_workers(site: Site) -> None:
    """Each text is asked once, but for the calls that were in flight at a kill."""
    chance = random.Random(7)
    asked: list[str] = []

    def drafted(text: str, source: str, target: str) -> str:
        """A slow engine: Turkish enough for the guard, and the same for the same text."""
        asked.append(text)
        time.sleep(0.02)
        return f"Türkçesi şudur: {text}"

    with FakeEngines(drafted) as fake:
        site.environment |= fake.environment()
        site.play("stage", str(SENTENCES), "0", "google").wait(timeout=120)
        kills = 0
        while kills < KILLS and not site.ask("Run.objects.get().finished_at is not None"):
            worker = site.worker()
            time.sleep(chance.uniform(0.8, 2.5))
            site.kill(worker)
            kills += 1
        site.worker()
        site.wait_until("Run.objects.get().finished_at is not None", seconds=120)
    assert site.ask('Translation.objects.exclude(state="pretranslated").count()') == 0
    assert site.ask("Revision.objects.count()") == SENTENCES + 1
    assert site.ask("Revision.objects.filter(number__gt=1).count()") == 0
    assert site.ask('AuditEntry.objects.filter(verb="pretranslate").count()') == 1
    assert len(asked) - len(set(asked)) <= kills
