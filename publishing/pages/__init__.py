"""Released models and templates into bytes. Release, preview, reader and commands all render through here."""

from .bodies import body
from .contexts import biographies_beside
from .notices import empty_front_page, not_found
from .previews import preview
from .version import version
from .writing import take_turns, write_article, write_lists

__all__ = [
    "biographies_beside",
    "body",
    "empty_front_page",
    "not_found",
    "preview",
    "take_turns",
    "version",
    "write_article",
    "write_lists",
]
