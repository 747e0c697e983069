"""Sets a site up for readers' reports: the short article, reviewed, released in Turkish.

python -m tests.faults.stand
"""

import django

django.setup()

from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast
from tests.workflow import edition


def main() -> None:
    document = cast.article()
    edition.approved(document, "tr", cast.boris(), cast.ayse())
    releasing.release(document, "tr", actor=cast.carol())
    loop.drain()


if __name__ == "__main__":
    main()
