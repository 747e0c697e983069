"""The interface's PO files: brought up to date with the sources, and compiled for Django."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from publishing.catalogs import files
from publishing.languages import CODES

from . import collecting


def paths() -> list[tuple[str, Path]]:
    """The catalog of every interface language but English, which the strings are written in."""
    (folder,) = settings.LOCALE_PATHS
    return [(code, Path(folder) / code / "LC_MESSAGES/django.po") for code in CODES if code != "en"]


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream)


def update() -> Iterator[tuple[Path, int]]:
    """Writes each catalog anew from the sources, keeping its translations; yields what is left to translate."""
    fresh = collecting.template()
    for code, path in paths():
        catalog = read(path) if path.exists() else Catalog(locale=code)
        catalog.update(fresh, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        files.write_whole(path, written(catalog, code))
        yield path, len(untranslated(catalog))


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without a translation, or with a fuzzy one."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not all(forms(message.string)))
    ]


def forms(string: object) -> list[str]:
    return list(string) if isinstance(string, (list, tuple)) else [str(string or "")]


def written(catalog: Catalog, code: str) -> bytes:
    """The catalog's bytes: no line numbers and no dates, so that only what changed differs."""
    stream = BytesIO()
    write_po(stream, catalog, width=0, omit_header=True, include_lineno=False, sort_by_file=False)
    header = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: Dragoman\\n"\n"Language: {code}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + stream.getvalue()


def compile_all() -> None:
    """Writes the .mo beside every .po, whole or not at all; fuzzy entries stay out."""
    for _code, path in paths():
        if path.exists():
            compiled = BytesIO()
            write_mo(compiled, read(path))
            target = path.with_suffix(".mo")
            files.write_whole(target, compiled.getvalue())
            target.touch()
