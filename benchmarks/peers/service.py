"""The service under load, and what it adds to a model's own time.

One worker, the embedded store, and the load generator share the machine. `trivial handler` is the
same server and framework giving the same bytes without looking: the ceiling. The first two rows
are medians of three rounds in turns. Uncached reports all differ.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import httpx

from benchmarks.peers import servers
from benchmarks.peers.door import ROOT
from benchmarks.peers.table import Table

_SECONDS: Final = 5.0
_ROUNDS: Final = 3
_CONNECTIONS: Final = 32
_LATENCY_S: Final = 0.2
_REPORT: Final = ROOT / "examples" / "reports" / "street.txt"


def measure() -> Table:
    """Measure the rules' service."""
    columns = ("request", "connections", "requests/s", "p50 ms", "p99 ms")
    rows: list[list[str]] = []
    text = _REPORT.read_text(encoding="utf-8")
    same = [json.dumps({"text": text})]
    with tempfile.TemporaryDirectory() as folder, servers.service(Path(folder)) as url:
        first = httpx.post(url, content=same[0], headers=_JSON, timeout=60, trust_env=False)
        answer = Path(folder) / "answer.json"
        answer.write_bytes(first.content)
        with servers.trivial(answer) as blind:
            runs: dict[str, list[tuple[float, list[float]]]] = {"kept": [], "blind": []}
            for _ in range(_ROUNDS):  # in turns
                runs["blind"].append(_load(blind, _CONNECTIONS, _SECONDS, same))
                runs["kept"].append(_load(url, _CONNECTIONS, _SECONDS, same))
            rows.append(["trivial handler", str(_CONNECTIONS), *_row(runs["blind"])])
            rows.append(["cached report", str(_CONNECTIONS), *_row(runs["kept"])])
        for connections in (1, 8):
            new = _different(text, f"u{connections}", 300)
            run = _load(url, connections, 0, new)
            rows.append(["uncached report, by rules", str(connections), *_row([run])])
        size = f"{len(text.encode()):,} bytes in, {len(first.content):,} out."
    note = __doc__.split("\n\n", 1)[1].strip() + f" The report: {size}"
    return Table("service", "The service", columns, rows, note)


def measure_model() -> Table:
    """Measure the overhead over a model's time."""
    columns = ("reports at once", "reports", "model ms", "p50 ms", "overhead p50 ms", "p99 ms")
    rows = []
    text = _REPORT.read_text(encoding="utf-8")
    short = text[: text.index("\n", 400)]
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.model(_LATENCY_S) as endpoint,
        servers.service(
            Path(folder),
            LLM_BASE_URL=endpoint,
            LLM_MODEL="fake",
            LLM_MODE="json_schema",
            LLM_CONCURRENCY="256",
        ) as url,
    ):
        _load(url, 1, 0, _different(short, "w", 3))
        for at_once in (1, 8, 64):
            count = max(20, 6 * at_once)
            _, latencies = _load(url, at_once, 0, _different(short, f"m{at_once}", count))
            middle, last = statistics.median(latencies), _percentile(latencies, 0.99)
            ideal = _LATENCY_S * 1000
            row = [str(at_once), str(count), f"{ideal:.0f}", f"{middle:.1f}"]
            rows.append([*row, f"{middle - ideal:.1f}", f"{last:.1f}"])
    note = (
        "A fake model answers everything after a fixed time, which is the ideal. Reports differ, so"
        " nothing is cached, and each is one call. The overhead is all of ours: reading, asking,"
        " verifying, keeping, answering, and waiting for the one core that does it."
    )
    return Table("model", "Overhead beside a model", columns, rows, note)


_JSON: Final = {"Content-Type": "application/json"}


def _different(text: str, mark: str, count: int) -> list[str]:
    """Return bodies that no cache has seen."""
    head, _, rest = text.partition("\n")
    return [json.dumps({"text": f"{head}\n{mark}{number}\n{rest}"}) for number in range(count)]


def _load(
    url: str, connections: int, seconds: float, bodies: list[str]
) -> tuple[float, list[float]]:
    """Return requests a second and every latency."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peers.load", url, str(connections), str(seconds)],
        cwd=ROOT,
        input="\n".join(map(json.dumps, bodies)).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace").splitlines()[-1])
    told = json.loads(done.stdout)
    return len(told["ms"]) / told["seconds"], told["ms"]


def _row(runs: list[tuple[float, list[float]]]) -> list[str]:
    rate = statistics.median(rate for rate, _ in runs)
    middle = statistics.median(statistics.median(latencies) for _, latencies in runs)
    last = statistics.median(_percentile(latencies, 0.99) for _, latencies in runs)
    return [f"{rate:,.0f}", f"{middle:.2f}", f"{last:.2f}"]


def _percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]
