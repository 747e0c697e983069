"""Released models and templates into bytes. Release, preview, reader and commands all render through here."""

from . import search
from .bodies import body
from .contexts import biographies_beside
from .families import places, places_of
from .notices import before_the_first_release, not_found
from .plain import plain
from .previews import preview
from .version import version
from .writing import take_turns, write_article, write_lists, write_shared, write_shelf

__all__ = [
    "before_the_first_release",
    "biographies_beside",
    "body",
    "not_found",
    "places",
    "places_of",
    "plain",
    "preview",
    "search",
    "take_turns",
    "version",
    "write_article",
    "write_lists",
    "write_shared",
    "write_shelf",
]
