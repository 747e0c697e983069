"""kill -9 of workers in the middle of a run: others finish it; nothing is lost, written twice, or asked twice."""

import random
import sqlite3
import time
from collections import Counter

import psycopg
import pytest

from tests.engines_fake import FakeEngines

from .conftest import FEW, Site, reachable

SEGMENTS = 120 if FEW else 1_000
KILLS = 5 if FEW else 50
WORKERS = 2
UNANSWERED = "SELECT sent FROM publishing_engineanswer WHERE answer IS NULL"


def unanswered(site: Site) -> set[str]:
    """The texts that the books say are being asked; read past the application, which is being killed."""
    url = site.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20) as database:
            return {text for (text,) in database.execute(UNANSWERED)}
    with psycopg.connect(url) as server:
        return {text for (text,) in server.execute(UNANSWERED)}


class SlowEngine:
    """Turkish enough for the guard, the same for the same text; remembers what it was asked, and how often."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.seconds = 0.3

    def __call__(self, text: str, source: str, target: str) -> str:
        self.asked[text] += 1
        time.sleep(self.seconds)
        return f"Türkçesi şudur: {text}"


def kill_again_and_again(site: Site, count: int, chance: random.Random) -> Counter[str]:
    """Kills one of the workers at random moments, and starts another; how often each text was in flight then."""
    workers = [site.worker() for _ in range(WORKERS)]
    in_flight: Counter[str] = Counter()
    for _ in range(count):
        time.sleep(chance.uniform(0.3, 2.5))
        place = chance.randrange(WORKERS)
        site.kill(workers[place])
        in_flight.update(unanswered(site))
        workers[place] = site.worker()
    return in_flight


@pytest.mark.long
@pytest.mark.parametrize("carrier", ["embedded", "redis", "rabbitmq"])
def test_a_run_survives_its_workers(site: Site, carrier: str) -> None:
    """Each text is asked once, but for those that were in flight at a kill, once more for each such kill."""
    if carrier != "embedded":
        site.carried_by(reachable(carrier))
        site.relay()
    engine = SlowEngine()
    with FakeEngines(engine) as fake:
        site.environment |= fake.environment() | {"MT_CONCURRENCY": "google=4"}
        site.play("stage", str(SEGMENTS - 1), "0", "google").wait(timeout=120)
        in_flight = kill_again_and_again(site, KILLS, random.Random(7))
        assert not site.ask("Run.objects.get().finished_at is not None"), (
            "the run was over before the last kill"
        )
        engine.seconds = 0.01
        site.wait_until("Run.objects.get().finished_at is not None", seconds=180)
    check(site, engine.asked, in_flight)


def check(site: Site, asked: Counter[str], in_flight: Counter[str]) -> None:
    """Nothing lost, nothing stored twice, nothing asked without need; and the bill says what was sent."""
    assert site.ask('Translation.objects.exclude(state="pretranslated").count()') == 0
    assert site.ask("Revision.objects.count()") == SEGMENTS
    assert site.ask("Revision.objects.filter(number__gt=1).count()") == 0
    assert site.ask('AuditEntry.objects.filter(verb="pretranslate").count()') == 1
    assert site.ask("EngineAnswer.objects.filter(answer=None).count()") == 0
    too_often = {text: times for text, times in asked.items() if times > 1 + in_flight[text]}
    assert too_often == {}
    charged = site.ask("sum(EngineMonth.objects.values_list('characters', flat=True))")
    assert charged >= sum(len(text) * times for text, times in asked.items())
