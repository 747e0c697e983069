"""The interface in three languages: collecting its strings and compiling its catalogs, with Babel alone."""
