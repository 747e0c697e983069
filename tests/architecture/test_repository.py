"""The repository keeps its promises: what is committed, what is locked, and that the documents tell the truth."""

import argparse
import ast
import functools
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from packaging.requirements import Requirement

from publishing.catalogs import po_header
from publishing.models import Job, Release, Translation
from publishing.quality.catalogue import CATALOGUE
from publishing.workflow import transitions

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PICTURES = DOCS / "pictures"

# In pieces, so that this file names none of them either.
REGISTRIES = [
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("golang", "org"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:root|work|(?:home|Users)/\w+)/")
LEFTOVER = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
PYTHONS = ("3.11.0", "3.11.9", "3.12.0", "3.13.0")


@functools.cache
def committed() -> list[Path]:
    """The files that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every committed file that is text."""
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data:
            yield named(path), data.decode("utf-8", "replace")


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class TestWhatIsCommitted:
    @pytest.mark.parametrize("host", REGISTRIES)
    def test_names_no_package_registry(self, host: str) -> None:
        assert [name for name, text in texts() if host in text] == []

    def test_names_no_path_of_somebodys_machine(self) -> None:
        found = {name: found[0] for name, text in texts() if (found := MACHINE_PATH.search(text))}
        assert found == {}

    def test_leaves_no_work_behind_as_a_comment(self) -> None:
        code = (".py", ".js", ".css", ".html", ".toml", "Makefile", "run")
        assert [name for name, text in texts() if name.endswith(code) and LEFTOVER.search(text)] == []

    def test_holds_the_same_sample_twice(self) -> None:
        name = "sample_article.txt"
        assert (ROOT / "publishing/demo" / name).read_bytes() == (ROOT / "tests/data" / name).read_bytes()

    @pytest.mark.parametrize(
        "path",
        [
            "locale/tr/articles/1-a-title.po",
            "locale/en/authors/2-a-name.po",
            "locale/tr/LC_MESSAGES/django.mo",
            "var/dragoman.sqlite3",
            "uv.lock",
            "pylock.toml",
            ".env",
        ],
    )
    def test_leaves_out_what_each_machine_makes(self, path: str) -> None:
        assert is_ignored(path)

    def test_holds_the_interface_catalogs(self) -> None:
        assert not is_ignored("locale/tr/LC_MESSAGES/django.po")


def is_ignored(path: str) -> bool:
    asked = subprocess.run(
        ["git", "check-ignore", "-q", "--no-index", path], cwd=ROOT, capture_output=True, check=False
    )
    if asked.returncode > 1:
        pytest.skip("this is no git checkout")
    return asked.returncode == 0


def pins(name: str) -> list[tuple[Requirement, int]]:
    """The requirements of a locked file, each with the number of its hashes."""
    joined = text_of(ROOT / f"requirements/{name}.txt").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(Requirement(line.partition(" --hash")[0]), line.count("--hash=sha256:")) for line in lines]


def asked_for(name: str) -> set[str]:
    lines = text_of(ROOT / f"requirements/{name}.in").splitlines()
    return {Requirement(line).name.lower() for line in lines if line.strip() and line[0] not in "#-"}


def applies(pin: Requirement, python: str) -> bool:
    environment = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    return pin.marker is None or pin.marker.evaluate(environment)


@pytest.mark.parametrize("name", ["base", "postgres", "dev"])
class TestALock:
    def test_has_a_hash_for_every_requirement(self, name: str) -> None:
        assert [pin.name for pin, hashes in pins(name) if not hashes] == []

    def test_pins_one_version_of_each_for_every_python(self, name: str) -> None:
        for python in PYTHONS:
            versions = defaultdict(list)
            for pin, _hashes in pins(name):
                if applies(pin, python):
                    versions[pin.name.lower()].append(str(pin.specifier))
            assert asked_for(name) - set(versions) == set(), python
            assert {n: v for n, v in versions.items() if len(v) != 1 or not v[0].startswith("==")} == {}

    def test_agrees_with_what_the_site_runs_on(self, name: str) -> None:
        base = {(pin.name, str(pin.marker)): str(pin.specifier) for pin, _ in pins("base")}
        here = {(pin.name, str(pin.marker)): str(pin.specifier) for pin, _ in pins(name)}
        assert {key: pin for key, pin in here.items() if base.get(key, pin) != pin} == {}


def own_commands() -> dict[str, BaseCommand]:
    return {
        name: load_command_class(app, name)
        for name, app in sorted(get_commands().items())
        if app == "publishing"
    }


def options(command: BaseCommand) -> set[str]:
    """The options of a command that are its own, not Django's."""
    parser, plain = command.create_parser("manage.py", "x"), BaseCommand().create_parser("manage.py", "x")
    return _flags(parser) - _flags(plain)


def _flags(parser: argparse.ArgumentParser) -> set[str]:
    return {flag for action in parser._actions for flag in action.option_strings}


class TestCommands:
    def test_say_what_they_do(self) -> None:
        assert [name for name, command in own_commands().items() if not command.help] == []

    def test_stand_in_the_reference_with_every_option(self) -> None:
        written = sections(REFERENCE / "commands.md")
        for name, command in own_commands().items():
            assert f"`{name}`" in written, "docs/reference/commands.md lacks it"
            assert {f for f in options(command) if f"`{f}" not in written[f"`{name}`"]} == set(), name

    def test_in_the_documents_are_there(self) -> None:
        known = get_commands()
        lost = {
            (named(path), name)
            for path in documents()
            for name in re.findall(r"manage\.py ([a-z_]+)", text_of(path))
            if name not in known
        }
        assert lost == set()

    def test_of_make_in_the_documents_are_there(self) -> None:
        targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
        lost = {
            (named(path), name)
            for path in documents()
            for name in re.findall(r"(?:`|^)make ([a-z-]+)", text_of(path), re.MULTILINE)
            if name not in targets
        }
        assert lost == set()

    def test_of_the_readme_come_first(self) -> None:
        code = text_of(ROOT / "README.md").split("```")[1].splitlines()[1:3]
        assert [line.split("#")[0].strip() for line in code] == ["make demo", "make test"]


def sections(path: Path) -> dict[str, str]:
    """Heading → what stands under it, up to the next heading of any rank."""
    pieces = re.split(r"^#+ (.+)$", without_code(text_of(path)), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def without_code(text: str) -> str:
    """The text without its fenced code, where `#` begins a comment and no heading."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def tables(path: Path) -> list[list[str]]:
    """The rows of all tables, headings left out."""
    lines = text_of(path).splitlines()
    rules = {n for n, line in enumerate(lines) if re.fullmatch(r"\|[-:| ]+\|", line)}
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for n, line in enumerate(lines)
        if line.startswith("|") and n not in rules and n + 1 not in rules
    ]


class TestSettings:
    def test_stand_in_the_reference(self) -> None:
        described = {row[0].strip("`") for row in tables(REFERENCE / "settings.md")}
        assert variables() - described == set(), "read in code, not in docs/reference/settings.md"
        assert described - variables() == set(), "in docs/reference/settings.md, read nowhere"


def variables() -> set[str]:
    """Every variable of the environment that the site, its tests or the build read."""
    found = set(re.findall(r"\$\{?([A-Z][A-Z_]+)(?=[:}-])", text_of(ROOT / ".ci/run")))
    for path in [*(ROOT / "publishing").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        if "env" in text_of(path):
            found |= set(_read_in(ast.parse(text_of(path))))
    for module in ("configuration", "variables"):
        source = text_of(ROOT / f"publishing/engines/{module}.py")
        found |= set(re.findall(r'environment, "([A-Z_]+)"', source))
    return found - {"DJANGO_SETTINGS_MODULE"}


def _read_in(module: ast.Module) -> Iterator[str]:
    """The first argument of `env.text(…)`, `os.environ.get(…)` and their like."""
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        reader = ast.unparse(node.func)
        first = node.args[0]
        if re.fullmatch(r"env\.\w+|os\.getenv|os\.environ\.\w+", reader) and isinstance(first, ast.Constant):
            yield str(first.value)
            if reader == "env.secret":
                yield f"{first.value}_FILE"


class TestTheReference:
    def test_of_transitions_is_the_table(self) -> None:
        rows = [row for row in tables(REFERENCE / "states.md") if row[0].strip("`") in transitions.TABLE]
        written = {
            row[0].strip("`"): (set(re.findall(r"`(\w+)`", row[1])), row[2].strip("`"), row[3].strip("`"))
            for row in rows
        }
        assert written == {
            verb: ({str(state) for state in row.sources}, str(row.target), row.right or "none")
            for verb, row in transitions.TABLE.items()
        }

    @pytest.mark.parametrize("noun", [Translation, Release, Job])
    def test_of_states_names_each(self, noun: type[Translation | Release | Job]) -> None:
        section = sections(REFERENCE / "states.md")[f"States of a {noun.__name__.lower()}"]
        assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(noun.State.values)

    def test_of_catalogs_names_each_field_of_the_header(self) -> None:
        fields = re.findall(r'^ {8}"([A-Z][\w-]+)":', text_of(Path(po_header.__file__)), re.MULTILINE)
        page = text_of(REFERENCE / "catalogs.md")
        assert len(fields) > 10
        assert [field for field in fields if f"`{field}`" not in page] == []

    def test_of_findings_is_the_catalogue(self) -> None:
        written = {row[0].strip("`"): (row[1], row[2]) for row in tables(REFERENCE / "findings.md")}
        assert written == {
            code: (entry.severity, "yes" if entry.overrulable else "no") for code, entry in CATALOGUE.items()
        }


LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:publishing|tests|docs|templates|locale|requirements|\.ci)/[\w./-]*)`")


class TestDocuments:
    def test_link_to_what_is_there(self) -> None:
        lost = {
            (named(path), link)
            for path in documents()
            for link in LINK.findall(text_of(path))
            if not link.startswith(("http://", "https://", "mailto:")) and not leads_somewhere(path, link)
        }
        assert lost == set()

    def test_name_files_that_are_there(self) -> None:
        lost = {
            (named(path), name)
            for path in documents()
            for name in PATH.findall(text_of(path))
            if not (ROOT / name).exists()
        }
        assert lost == set()

    def test_have_one_title_and_skip_no_rank(self) -> None:
        for path in documents():
            ranks = [len(marks) for marks in re.findall(r"^(#+) ", without_code(text_of(path)), re.MULTILINE)]
            assert (ranks[0], ranks.count(1)) == (1, 1), path
            assert [pair for pair in pairwise(ranks) if pair[1] > pair[0] + 1] == [], path

    def test_of_decisions_have_context_decision_and_consequence(self) -> None:
        for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
            title, *parts = sections(path)
            assert title.startswith(f"{int(path.name[:4])}. "), path
            assert parts == ["Context", "Decision", "Consequence"], path
            assert f"]({path.name})" in text_of(path.parent / "README.md"), path


def leads_somewhere(path: Path, link: str) -> bool:
    """Whether a relative link leads to a file, and to a heading in it. Pictures may come later, together."""
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if PICTURES in target.parents and not PICTURES.exists():
        return True
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in {slug(heading) for heading in sections(target)}


def slug(heading: str) -> str:
    """The anchor that Markdown viewers make of a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
