"""Released models and templates into bytes. Release, preview, reader and commands all render through here."""

from .bodies import body
from .notices import not_found
from .previews import preview
from .writing import write_article, write_lists

__all__ = ["body", "not_found", "preview", "write_article", "write_lists"]
