"""The house keeps its walls: what may import what, who may write a state, how large a room may grow."""

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "publishing"
GENERATED = HOUSE / "migrations"

FORBIDDEN_NAMES = {"common", "helpers", "misc", "services", "shared", "utils"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60

INDENTED_IMPORT = re.compile(r"^\s+(?:import|from) ", re.MULTILINE)
LATE_IMPORTS = {
    ("publishing/management/commands/worker.py", "_relay"): "Celery is an extra",
    ("manage.py", "main"): "says what is missing where Django is not installed",
    ("publishing/apps.py", "ready"): "models and admin can be imported once the apps are loaded",
    ("publishing/admin/site.py", "get_urls"): "the site is imported before the models are loaded",
    ("publishing/admin/site.py", "each_context"): "the site is imported before the models are loaded",
    ("publishing/admin/site.py", "index"): "the site is imported before the models are loaded",
}
"""Imports inside of functions: where, and why it cannot stand at the module's head."""

WRITERS = {"bulk_create", "create", "get_or_create", "update", "update_or_create"}
STATEFUL = {"Job", "Release", "Translation"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules() -> list[Path]:
    """The project's own Python, without what Django generated."""
    return [path for path in sorted(HOUSE.rglob("*.py")) if GENERATED not in path.parents]


def every_module() -> list[Path]:
    return [ROOT / "manage.py", *modules(), *sorted((ROOT / "tests").rglob("*.py"))]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@functools.cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree(path)))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_point_downwards_only(capsys: pytest.CaptureFixture[str]) -> None:
    kept = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"))
    assert kept == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_import_inside_a_function_has_its_reason() -> None:
    late = {
        (named(path), function.name)
        for path in [ROOT / "manage.py", *modules()]
        if INDENTED_IMPORT.search(path.read_text(encoding="utf-8"))
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert late - set(LATE_IMPORTS) == set(), "import at the module's head, or list it with its reason"
    assert set(LATE_IMPORTS) - late == set(), "listed, but no longer there"


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [named(path) for path in modules() if path.stem in FORBIDDEN_NAMES] == []
    assert [named(path) for path in HOUSE.rglob("*") if path.is_dir() and path.name in FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path) for path in every_module() if tree(path).body and ast.get_docstring(tree(path)) is None
    ]
    assert silent == [], "begin the module with a docstring"


def test_no_module_and_no_function_has_outgrown_its_room() -> None:
    long_modules = {
        named(path): lines
        for path in modules()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE
    }
    long_functions = {
        f"{named(path)}:{function.lineno} {function.name}": lines
        for path in modules()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long_modules == {}
    assert long_functions == {}


def test_nothing_listens_to_signals() -> None:
    listening = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert listening == [], "call the verb, or plan a job in the transaction that needs it"


def test_no_model_overrides_how_it_is_saved_or_deleted() -> None:
    overridden = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in sorted((HOUSE / "models").rglob("*.py"))
        for function in functions(path)
        if function.name in {"asave", "save", "save_base", "delete", "adelete"}
    ]
    assert overridden == []


class TestOnlyTheVerbsWriteAState:
    """An assignment to `.state`, a query that sets it, or a row made with one, anywhere but in workflow/."""

    def test_in_the_house(self) -> None:
        elsewhere = [path for path in modules() if HOUSE / "workflow" not in path.parents]
        assert [f"{named(path)}:{line}" for path in elsewhere for line in writes_of_state(nodes(path))] == []

    @pytest.mark.parametrize(
        "source",
        [
            "row.state = State.APPROVED",
            "row.version, row.state = 3, 'approved'",
            "row.state: str = 'approved'",
            "setattr(row, 'state', 'approved')",
            "Translation.objects.filter(pk=1).update(state='approved')",
            "Job.objects.create(kind='pages', state='ready')",
            "Release.objects.update_or_create(number=1, defaults={'state': 'live'})",
            "Translation.objects.bulk_update(rows, ['current', 'state'])",
            "Translation.objects.bulk_create([models.Translation(state='approved')])",
        ],
    )
    def test_and_a_write_is_seen(self, source: str) -> None:
        assert list(writes_of_state(ast.walk(ast.parse(source)))) == [1]

    @pytest.mark.parametrize(
        "source",
        [
            "if row.state == State.APPROVED: pass",
            "Translation.objects.filter(state='approved')",
            "queue.page('tr', state='missing')",
            "{'state': row.state}",
        ],
    )
    def test_and_a_read_is_none(self, source: str) -> None:
        assert list(writes_of_state(ast.walk(ast.parse(source)))) == []


def writes_of_state(code: Iterable[ast.AST]) -> Iterator[int]:
    """The lines on which a state is written."""
    for node in code:
        assigned = (
            isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store)
        )
        if assigned or (isinstance(node, ast.Call) and _sets_a_state(node)):
            yield node.lineno


def _sets_a_state(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"setattr", "bulk_update", "update_or_create", "get_or_create"}:
        constants = {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}
        return "state" in constants or _has_keyword(call)
    return (name in WRITERS or name in STATEFUL) and _has_keyword(call)


def _has_keyword(call: ast.Call) -> bool:
    return any(keyword.arg == "state" for keyword in call.keywords)
