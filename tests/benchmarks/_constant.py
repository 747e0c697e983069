"""What our page is measured against: Django with no middleware and no database, and a view that is always the same.

Served as `tests.benchmarks._constant`; CONSTANT_SIZES are the sizes in bytes that it answers at /SIZE/.
"""

import os
from collections.abc import Callable

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SIZES = [int(size) for size in os.environ["CONSTANT_SIZES"].split()]


def constant(size: int) -> Callable[[HttpRequest], HttpResponse]:
    content = b"x" * size
    length = str(size)  # as a server would otherwise have to send it in chunks
    return lambda _: HttpResponse(content, headers={"Content-Length": length})


urlpatterns = [path(f"{size}/", constant(size)) for size in SIZES]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="none is needed")
application = get_wsgi_application()
