"""How long a keystroke takes to be seen: at the workbench with a document of 300 segments open, beside a bare field.

From the key's own time stamp to the moment after the next frame was painted, in headless Chromium; and how many keys
Chromium's own Event Timing says took longer than a frame or two until their paint (it tells of 16 ms and more).
Every letter is a key event of its own: what is merely inserted, as Playwright does with letters that are not on an
American keyboard, has no key and no time stamp.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys import newsroom

SEGMENTS = int(os.environ.get("TYPING_SEGMENTS", "300"))
KEYS = int(os.environ.get("TYPING_KEYS", "400"))
WORDS = "слово и дело "
BARE = "<!doctype html><title>bare</title><textarea id=text rows=6 cols=60></textarea>"
WATCH = """() => {
  window.taken = [];
  window.told = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.name === "keydown") window.told.push(each.duration);
  }).observe({type: "event", durationThreshold: 16});
  const field = document.querySelector("#text");
  let pressed = 0;
  field.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  field.addEventListener("input", () => {
    const from = pressed;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.taken.push(performance.now() - from);
      channel.port2.postMessage(0);
    });
  });
  field.focus();
}"""
STAGE = """
from publishing.models import Document
from publishing.worker import loop
from publishing.workflow import ingesting, pretranslating
from tests.benchmarks.ingest import articles
(text,) = articles(1, {segments})
document = ingesting.import_article(text.encode()).article.document
pretranslating.request(document, "ru")
loop.drain()
print(document.pk)
"""


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as made, newsroom.chromium() as browser:
        folder = Path(made)
        port = newsroom.stage(folder)
        document = _article(folder, port)
        with newsroom.serve(folder, port) as address, newsroom.seen(address, browser) as room:
            boris = room.log_in("boris")
            boris.goto(f"/admin/documents/{document}/ru/")
            boris.wait_for_selector("#workbench.is-live #text")
            segments = boris.locator(".line").count()
            figures = _typed(boris)
            bare = room.page()
            bare.set_content(BARE)
            beside = _typed(bare)
    for name, each in (("at the workbench", figures), ("in a bare field", beside)):
        print(
            f"{name:18} p50 {each['p50']:6.1f} ms   p99 {each['p99']:6.1f} ms   longest {each['most']:6.1f} ms   "
            f"by Event Timing over 16 ms {each['over_16']:.0f}, over 50 ms {each['over_50']:.0f}"
        )
    print(f"{segments} segments, {KEYS} keys")
    return {"name": "typing", "figures": figures | {"segments": segments}, "beside": beside}


def _article(folder: Path, port: int) -> int:
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", STAGE.format(segments=SEGMENTS)],
        cwd=newsroom.ROOT, env=newsroom.environment_of(folder, port), check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(said.stdout.split()[-1])


def _typed(page: Page) -> dict[str, float]:
    """Types at some 12 keys a second, faster than people do."""
    page.evaluate(WATCH)
    keyboard = page.context.new_cdp_session(page)
    for letter in (WORDS * (KEYS // len(WORDS) + 1))[:KEYS]:
        key = {"key": letter, "text": letter, "unmodifiedText": letter}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        page.wait_for_timeout(80)
    page.wait_for_timeout(500)
    assert page.locator("#text").input_value().endswith((WORDS * KEYS)[:KEYS])
    taken, told = page.evaluate("() => [window.taken, window.told]")
    assert len(taken) == KEYS, f"{len(taken)} of {KEYS} keys were seen"
    return _percentiles(taken) | {"over_16": len(told), "over_50": sum(each > 50 for each in told)}


def _percentiles(taken: Sequence[float]) -> dict[str, float]:
    parts = statistics.quantiles(taken, n=100)
    return {"p50": parts[49], "p99": parts[98], "most": max(taken), "keys": len(taken)}
