"""The relay: tells Celery's workers, through the broker, which jobs are due. It performs none itself.

Any number of relays may run; one is enough. Where the broker is away, jobs wait in the database.
"""

import logging
import threading

from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError
from kombu.exceptions import OperationalError as BrokerAway

from publishing.workflow import jobs

from . import loop
from .celery_app import work

log = logging.getLogger("publishing.worker")

SECONDS = 60.0
"""So long an id may be on its way before it is sent again."""
MOST = 100
"""Ids on their way at once: a queue that nobody empties does not grow."""
PAUSE_SECONDS = 5.0
"""Between two tries to reach a broker that is away."""


def run(stop: threading.Event) -> None:
    """Sends the ids of due jobs until told to stop. A database or broker that is away is waited for."""
    tidied = float("-inf")
    while not stop.is_set():
        pause: float = settings.JOB_POLL_SECONDS
        try:
            tidied = loop.tidy(tidied)
            send()
        except OperationalError as error:
            log.warning("the database is away: %s", error)
            connection.close()
        except (BrokerAway, OSError) as error:
            log.warning("the broker is away: %s", type(error).__name__)
            pause = PAUSE_SECONDS
        stop.wait(pause)


def send() -> int:
    """Sends what is due now; returns how many ids. Raises BrokerAway; what did not go off is due again at once."""
    sent = jobs.send(MOST, SECONDS)
    for place, pk in enumerate(sent):
        try:
            work.apply_async((pk,), expires=SECONDS, retry=False, ignore_result=True)
        except (BrokerAway, OSError):
            for each in sent[place:]:
                jobs.call_back(each)
            raise
    return len(sent)
