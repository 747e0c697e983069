"""The whole site into a folder: pages in every stored form, the static files they lead to, and the servers' rules."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings

from publishing.languages import CODES
from publishing.models import Page

from .. import addresses, notices
from ..finished import BROTLI_QUALITY, HTML, compressed, html
from . import naming, questions, resources, servers
from .questions import Questions
from .tree import Tree, opened

AT_ONCE = 50  # pages in memory
_FORMS = {"": "content", ".gz": "gzip", ".br": "brotli"}
_COMPRESSIBLE = (".css", ".svg", ".js", ".txt", ".xml", ".json")


@dataclass(slots=True)
class Report:
    """What an export did. `left_out` are paths that can be no file, or that lead to no address of the site."""

    pages: int = 0
    redirects: int = 0
    written: int = 0
    removed: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """The tree as it shall be: page → file and version, other files' bytes, and the rules."""

    rules: servers.Rules
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    others: dict[str, bytes] = field(default_factory=dict)


def export(folder: str, headers: Mapping[str, str]) -> Report:
    """Writes what differs from the last export, removes what is gone. Raises NotExported.

    `headers` are those that every answer of the site bears. Each file is replaced in one step, pages of
    articles before the lists that lead to them, so that a server may send the folder meanwhile.
    """
    report = Report()
    with opened(folder) as tree:
        plan = _plan(headers, report)
        names = {f"{name}{ending}": version for name, version in plan.pages.values() for ending in _FORMS}
        changed = [
            path
            for path, (name, version) in plan.pages.items()
            if not all(tree.holds(f"{name}{ending}", version) for ending in _FORMS)
        ]
        statics = _write_pages(tree, plan, changed, report)
        prefix = _static_folder()
        if len(changed) < len(plan.pages):
            statics |= {name.removeprefix(prefix) for name in tree.known if name.startswith(prefix)}
        for name, path in resources.files(statics).items():
            plan.others |= _with_forms(f"{prefix}{name}", path.read_bytes())
        _write_others(tree, plan, report)
        kept = {name for of in questions.asked() for name in _write_questions(tree, of, report)}
        for name in sorted(tree.known.keys() - names.keys() - plan.others.keys() - kept):
            tree.remove(name)
            report.removed += 1
        if report.written or report.removed:
            tree.finish()
    return report


def _static_folder() -> str:
    return f"{settings.STATIC_URL.strip('/')}/"


def _plan(headers: Mapping[str, str], report: Report) -> _Plan:
    """Asks what there is, not for its bytes."""
    cached = {"Cache-Control": settings.PAGE_CACHE_CONTROL}
    plan = _Plan(
        servers.Rules({**headers, **cached}, for_good=[f"/{questions.folder(code)}" for code in CODES])
    )
    rows = Page.objects.order_by("path").values_list("path", "status", "etag", "location", "content_type")
    for path, status, etag, location, content_type in rows.iterator(chunk_size=2_000):
        name = naming.file_of(path, status)
        if name is None or (location and not naming.is_sound(location)):
            report.left_out.append(path)
        elif location:
            plan.rules.moved[path] = location
            report.redirects += 1
        else:
            plan.pages[path] = (name, etag)
            report.pages += 1
            if status == 410:
                plan.rules.gone.append(path)
            elif content_type != HTML:
                beside, _slash, file = path.rpartition("/")
                of_an_article = file in addresses.BESIDE and beside.count("/") == 2
                kept = plan.rules.types_beside if of_an_article else plan.rules.types
                kept[file if of_an_article else path] = content_type
    plan.others = _notices() | servers.configuration(plan.rules)
    return plan


def _notices() -> dict[str, bytes]:
    """The door with its choice of languages, for servers that do not choose; and what answers where nothing is."""
    frame = addresses.frame(CODES[0])
    context: dict[str, Any] = frame | {"title": frame["site_name"]}
    made = _with_forms(naming.INDEX, html("/", CODES[0], "reader/chooser.html", context).content)
    for code in CODES:
        made |= _with_forms(f"{code}/{naming.NOT_FOUND}", notices.not_found(code))
    return made | _with_forms(naming.NOT_FOUND, notices.not_found(CODES[0]))


def _with_forms(name: str, content: bytes, quality: int = BROTLI_QUALITY) -> dict[str, bytes]:
    if not name.endswith((".html", *_COMPRESSIBLE)):
        return {name: content}
    forms = compressed(content, quality) | {"content": content}
    return {f"{name}{ending}": forms[column] for ending, column in _FORMS.items()}


def _write_pages(tree: Tree, plan: _Plan, changed: list[str], report: Report) -> set[str]:
    """Writes changed pages in every form; returns the names of the static files that they lead to."""
    statics: set[str] = set()
    if changed:
        tree.expect(f"{plan.pages[path][0]}{ending}" for path in changed for ending in _FORMS)
    fronts = set(map(addresses.home, CODES))
    for batch in _batches(sorted(changed, key=lambda path: (path in fronts, path))):
        rows = {row.path: row for row in Page.objects.filter(path__in=batch)}
        for path in batch:
            row = rows.get(path)
            if row is None or row.location or naming.file_of(path, row.status) != plan.pages[path][0]:
                continue  # gone, moved or withdrawn at this very moment: the next export's
            for ending, column in _FORMS.items():
                tree.write(f"{plan.pages[path][0]}{ending}", row.etag, bytes(getattr(row, column)))
            report.written += len(_FORMS)
            statics |= resources.of_page(bytes(row.content))
    return statics


def _batches(paths: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(paths)
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch


def _write_others(tree: Tree, plan: _Plan, report: Report) -> None:
    versions = {name: hashlib.sha256(content).hexdigest()[:32] for name, content in plan.others.items()}
    changed = [name for name, version in versions.items() if not tree.holds(name, version)]
    if changed:
        tree.expect(changed)
    for name in changed:
        tree.write(name, versions[name], plan.others[name])
    report.written += len(changed)


def _write_questions(tree: Tree, of: Questions, report: Report) -> set[str]:
    """Writes what answers questions in a language, the pieces first; returns the names of its files.

    Their root has the version of all: where it stands there, and no file was touched, nothing is made.
    """
    there = {name for name in tree.known if name.startswith(of.folder)}
    roots = {f"{of.root}{ending}" for ending in _FORMS}
    if all(tree.holds(name, of.version) for name in roots) and all(
        tree.holds(name, str(tree.known[name][0])) for name in there
    ):
        return there | roots
    made = [(name, hashlib.sha256(content).hexdigest()[:32], content) for name, content in of.files()]
    made[-1] = (of.root, of.version, made[-1][2])
    changed = [
        (name, version, content)
        for name, version, content in made
        if not all(tree.holds(f"{name}{ending}", version) for ending in _FORMS)
    ]
    tree.expect(f"{name}{ending}" for name, _version, _content in changed for ending in _FORMS)
    for name, version, content in changed:
        for each, form in _with_forms(name, content, questions.BROTLI_QUALITY).items():
            tree.write(each, version, form)
        report.written += len(_FORMS)
    return {f"{name}{ending}" for name, _version, _content in made for ending in _FORMS}
