"""Exchange files: content PO (`po`), translation memories in TMX (`tmx`), writing a file whole (`files`) and
the three-way merge of a catalog that comes back (`merge`). Pure: no database, no settings, no Django."""

from .errors import CatalogError
from .units import Catalog, Unit, digest

__all__ = ["Catalog", "CatalogError", "Unit", "digest"]
