"""How far one machine goes by rules: taking a large batch in, and working it off.

``python -m benchmarks.batches`` sends ``--lines`` reports (each a corpus report with its own
first line) as one batch and prints what the service and the server need for it, then how many
reports a second one worker and two workers do of a smaller batch.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.workers import _ended
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.redis import RedisDoor
from tests.fakes.processes import House, children, is_store, wait_for

CORPUS = Path(__file__).parent / "corpus" / "text"
NDJSON = {"content-type": "application/x-ndjson"}


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=50_000, help="of the large batch")
    options.add_argument("--work", type=int, default=600, help="lines that are worked off")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with EmbeddedServer(folder / "store", max_memory_mb=4_096) as store:
            wanted = {"REDIS_URL": store.url, "RATE_LIMIT_PER_MIN": 0}
            house = House(folder, "", wanted)
            try:
                _measure(house, store, given.lines, given.work)
            finally:
                house.end()


def _measure(house: House, store: EmbeddedServer, lines: int, work: int) -> None:
    house.start("serve", "serve")
    wait_for(lambda: house.client().get("/readyz").status_code == 200, "no service")
    sent_bytes = sum(map(len, _lines("w", lines)))
    before_mb, held = _service_mb(house), _used_mb(store.url)
    began_s = time.monotonic()
    batch = _send(house, _lines("w", lines))
    took_s = time.monotonic() - began_s
    after_mb, kept_mb = _service_mb(house), _used_mb(store.url) - held
    print(
        f"taking in {lines} lines, {sent_bytes / 1e6:.0f} MB: {took_s:.1f} s,"
        f" service {before_mb:.0f} -> {after_mb:.0f} MB at most, server +{kept_mb:.0f} MB"
    )
    with house.client() as client:
        client.delete(f"/v1/batches/{batch['id']}")
    for workers in (1, 2):
        name = f"worker-{workers}"
        house.start(name, "worker")
        wait_for(lambda name=name: house.ready(name), "no worker")  # type: ignore[misc]
        _done(house, _send(house, _lines(f"warm{workers}", 20)))
        held = _used_mb(store.url)
        began_s = time.monotonic()
        _done(house, _send(house, _lines(f"run{workers}", work)))
        took_s = time.monotonic() - began_s
        each_kb = (_used_mb(store.url) - held) / work * 1000
        print(
            f"{workers} worker(s): {work / took_s:.1f} reports/s,"
            f" {each_kb:.1f} kB kept a report (result, source, answer)"
        )


def _lines(name: str, count: int) -> Iterator[bytes]:
    reports = [path.read_text() for path in sorted(CORPUS.glob("*.txt"))]
    for number in range(count):
        text = f"({name}{number})\n{reports[number % len(reports)]}"
        line = {"custom_id": f"{name}{number}", "body": {"text": text}}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _send(house: House, lines: Iterator[bytes]) -> Any:
    with house.client() as client:
        client.timeout = 600
        return client.post("/v1/batches", content=lines, headers=NDJSON).raise_for_status().json()


def _done(house: House, batch: Any) -> None:
    with house.client() as client:
        where = f"/v1/batches/{batch['id']}"
        wait_for(lambda: _ended(client.get(where).json()), "it does not end", 900)


def _service_mb(house: House) -> float:
    """Return the most memory that the process that answers has held so far."""
    serving = [pid for pid in children(house.running["serve"].pid) if not is_store(pid)]
    found = 0.0
    for pid in serving:
        for row in Path(f"/proc/{pid}/status").read_text().splitlines():
            if row.startswith("VmHWM:"):
                found = max(found, int(row.split()[1]) / 1024)
    return found


def _used_mb(url: str) -> float:
    async def ask() -> float:
        door = RedisDoor(url)
        told = await door.do("INFO", "memory")
        await door.close()
        used = told["used_memory"] if isinstance(told, dict) else 0
        return float(used) / 1e6

    return asyncio.run(ask())


if __name__ == "__main__":
    main()
