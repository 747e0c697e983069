"""The WSGI door: `granian --interface wsgi publishing.wsgi:application` or any other WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")

_site = get_wsgi_application()

from publishing.reader.door import Door  # noqa: E402 -- its models need a set-up Django

application = Door(_site)

# What is loaded stays: the collector of garbage need not look at it again (decision 45).
gc.collect()
gc.freeze()
