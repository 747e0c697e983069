"""The WSGI door: `granian --interface wsgi publishing.wsgi` or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")

application = get_wsgi_application()
