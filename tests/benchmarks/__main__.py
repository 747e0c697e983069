"""`python -m tests.benchmarks [NAME]`: runs the benchmarks, prints each table, keeps the figures as JSON."""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import tests.benchmarks

RESULTS = Path(os.environ.get("VAR_DIR", "var")) / "bench"


def main(names: list[str]) -> int:
    known = sorted(
        module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__) if module.name[0] != "_"
    )
    for name in names or known:
        if name not in known:
            print(f"There is no benchmark {name!r}: there are {', '.join(known)}.", file=sys.stderr)
            return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name in names or known:
        result = importlib.import_module(f"tests.benchmarks.{name}").run()
        (RESULTS / f"{name}.json").write_text(
            json.dumps(result, ensure_ascii=False, indent=2), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
