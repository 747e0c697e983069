"""Bytes of pages that this process has sent before: the database then says which they are, and need not send them.

What is held stands for itself: an etag is the hash of the bytes, so that nothing here can grow old. Whether it is
what a path answers is asked of the database every time.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import NamedTuple


class Form(NamedTuple):
    """A page in one coding: the etag of the page, the bytes of the form."""

    etag: str
    content: bytes


class Held:
    """The forms that were sent last, up to so many bytes in all."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._forms: OrderedDict[Hashable, Form] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Form | None:
        with self._lock:
            form = self._forms.get(key)
            if form is not None:
                self._forms.move_to_end(key)
            return form

    def put(self, key: Hashable, form: Form) -> None:
        """Holds the form in place of what was held for this key; the longest unasked go to make room."""
        with self._lock:
            self._drop(key)
            self._forms[key] = form
            self._size += len(form.content)
            while self._size > self._most:
                self._drop(next(iter(self._forms)))

    def _drop(self, key: Hashable) -> None:
        gone = self._forms.pop(key, None)
        if gone is not None:
            self._size -= len(gone.content)
