"""A loopback server that speaks the protocols of the engines and misbehaves on order.

    with FakeEngines() as fake, loopback_only():
        environment.update(fake.environment())
        engines.get("deepl").translate(["Hello."], "en", "ru")     # [pseudo("Hello.", "en", "ru")]
        fake.misbehave("429")

It answers `pseudo(...)` unless it is given a function or a table of its own, records every request in `seen`
and `counts`, and refuses what the real service refuses: DeepL a GET, a key outside of the header or XML that is
none, MyMemory more than 500 bytes, LibreTranslate a missing key when it has one. It can be slow (`latency`) and
have limits (`max_batch`, `max_inflight`).
"""

from tests.engines_fake.answering import pseudo
from tests.engines_fake.faults import (
    CONTENTS,
    ERROR_PAGE,
    FAULTS,
    GOOGLE_ERROR,
    MYMEMORY_LANGUAGE,
    MYMEMORY_QUOTA,
    SHAPES,
    STATUSES,
    TEXTS,
    WIRES,
)
from tests.engines_fake.isolation import loopback_only
from tests.engines_fake.protocols import DEEPL_KEY, LIBRETRANSLATE_KEY
from tests.engines_fake.server import Counts, FakeEngines, Seen

__all__ = [
    "CONTENTS",
    "DEEPL_KEY",
    "ERROR_PAGE",
    "FAULTS",
    "GOOGLE_ERROR",
    "LIBRETRANSLATE_KEY",
    "MYMEMORY_LANGUAGE",
    "MYMEMORY_QUOTA",
    "SHAPES",
    "STATUSES",
    "TEXTS",
    "WIRES",
    "Counts",
    "FakeEngines",
    "Seen",
    "loopback_only",
    "pseudo",
]
