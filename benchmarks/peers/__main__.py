"""``make bench``: measure, print, and write docs/benchmarks.md.

    python -m benchmarks.peers [--write] [PART ...]

PART is quantities, spans, verification, tokens, pipeline, service or model; without names
everything is measured. ``--write`` writes the page; when only some parts are
measured it leaves the other sections as they are.
"""

import argparse
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.peers.door import ROOT
from benchmarks.peers.page import assemble
from benchmarks.peers.table import Table

PAGE: Final = ROOT / "docs" / "benchmarks.md"
PARTS: Final = {
    "quantities": "quantities:measure",
    "spans": "spans:measure",
    "verification": "verification:measure",
    "tokens": "tokens:measure",
    "pipeline": "pipeline:measure",
    "service": "service:measure",
    "model": "service:measure_model",
}
"""In the order of the page: the module of this folder and its function."""


def main() -> int:
    """Measure what was asked for."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all when left out")
    options.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options.add_argument("--page", type=Path, default=PAGE)
    chosen = options.parse_args()
    tables: dict[str, Table] = {}
    began = time.monotonic()
    for name in chosen.parts or PARTS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        tables[name] = _measure(name)
        print(tables[name].markdown(), flush=True)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if chosen.write:
        old = chosen.page.read_text(encoding="utf-8") if chosen.page.exists() else ""
        chosen.page.write_text(assemble(tables, list(PARTS), old), encoding="utf-8")
    return 0


def _measure(name: str) -> Table:
    module, _, function = PARTS[name].partition(":")
    run: Callable[[], Table] = getattr(import_module(f"benchmarks.peers.{module}"), function)
    return run()


if __name__ == "__main__":
    sys.exit(main())
