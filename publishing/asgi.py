"""The ASGI door, for servers that speak it."""

import gc
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")

application = get_asgi_application()

# What is loaded stays: the collector of garbage need not look at it again (decision 45).
gc.collect()
gc.freeze()
