"""The worker as Celery runs it: a message is the id of a job, and the job's row is all that counts.

    celery -A publishing.worker.celery_app worker

A message may be lost, doubled, late or out of order: the row is claimed under its lease and fence, as by any
other worker, and what is due and was not claimed is sent again (relay.py). So nothing is stored in the broker
that anybody would miss, messages are acknowledged as they come, and there are no results.
"""

import os

import django
from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- Celery imports this module, and the models need a set-up Django

from publishing.worker import loop  # noqa: E402 -- as above

app = Celery("publishing")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL or None,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_default_queue=settings.CELERY_QUEUE,
    task_default_delivery_mode="transient",
    task_ignore_result=True,
    task_acks_late=False,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    enable_utc=True,
)


@app.task(name="publishing.work")
def work(pk: int) -> None:
    """Performs the job, if it is still due. What takes seconds and is due goes first, whatever was sent before."""
    while loop.work_next(quick=True):
        pass
    loop.work_next(pk)
