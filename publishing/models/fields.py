"""Column types and defaults that several nouns share."""

import os
from typing import Any

from django.db import models


class LanguageField(models.CharField):
    """One of the site's language codes: en, tr, ru."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 2
        super().__init__(*args, **kwargs)


def new_key() -> str:
    """A permanent key: 64 random bits as 16 hexadecimal digits."""
    return os.urandom(8).hex()
