"""A worker that takes its time between one edition and the next, so that a kill finds it in the middle."""

import threading
import time

import django

django.setup()

from publishing.worker import loop
from publishing.workflow import releasing

PAUSE = 0.25


def main() -> None:
    go_live = releasing.go_live

    def slowly(*given: object) -> object:
        made = go_live(*given)
        time.sleep(PAUSE)
        return made

    releasing.go_live = slowly
    loop.run(threading.Event())


if __name__ == "__main__":
    main()
