"""The whole site as files that any web server can send, written again where a page changed, whole or not at all."""

from .site import Report, export
from .tree import NotExported

__all__ = ["NotExported", "Report", "export"]
