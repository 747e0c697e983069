"""Everything that is stored, in database and on disk, so that a test can say: nothing was half done."""

from pathlib import Path
from typing import Any

from django.apps import apps


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every model of ours, in the order of its key."""
    return {
        model.__name__: [
            {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in apps.get_app_config("publishing").get_models()
    }


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
