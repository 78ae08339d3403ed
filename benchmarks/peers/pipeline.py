"""The deterministic path: text to verified result by rules, from 1 kB to 10 MB.

Each size runs in a process of its own: processor time of the run, imports left out, and the peak
of the whole process. `bare` is the peak of a process that only imported everything. The text is
the example reports, repeated; sizes are bytes of UTF-8.
"""

import json
import subprocess
import sys
from typing import Final

from benchmarks.peers.door import ROOT
from benchmarks.peers.table import Table

_SIZES: Final = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_PROGRAM: Final = """
import asyncio, json, resource, sys
from pathlib import Path
from time import process_time
from groundwork.engine.rules import RuleEngine
from groundwork.pipeline import structure
from groundwork.text.decode import decode
size = int(sys.argv[1])
book = "".join(p.read_text("utf-8") for p in sorted(Path("examples/reports").glob("*.txt")))
def run(size):
    raw = book.encode()
    text = (raw * (size // len(raw) + 1))[:size].decode(errors="ignore")
    began = process_time()
    result = asyncio.run(structure(decode(text), RuleEngine()))
    took = process_time() - began
    return len(text), took, sum(len(r.items) for r in result.reports)
run(1000)
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
done = run(size) if size else (0, 0.0, 0)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([*done, bare, peak]))
"""


def measure() -> Table:
    """Run every size."""
    columns = ("bytes", "characters", "items", "CPU s", "characters a CPU s", "peak MB", "bare MB")
    rows = []
    for size in _SIZES:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(size)],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        characters, seconds, items, bare, peak = json.loads(done.stdout)
        row = [f"{size:,}", f"{characters:,}", f"{items:,}", f"{seconds:.3f}"]
        row += [f"{characters / seconds:,.0f}", f"{peak / 1024:.0f}", f"{bare / 1024:.0f}"]
        rows.append(row)
    note = __doc__.split("\n\n", 1)[1].strip()
    return Table("pipeline", "The deterministic path", columns, rows, note)
