"""How batches scale with workers: two take half the time of one, when a slow model is the limit.

``python -m benchmarks.workers`` starts a scripted model that takes 2 s a call, the embedded
server, the service, and one worker, then two; each pair does the same batch of its own reports.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from groundwork.store.embedded import EmbeddedServer
from tests.fakes.processes import House, SlowModel, report, wait_for


def main() -> None:
    """Print the seconds of each and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=64)
    options.add_argument("--delay", type=float, default=2.0, help="seconds a call")
    options.add_argument("--calls", type=int, default=4, help="calls in flight a worker")
    given = options.parse_args()
    seconds = {}
    for workers in (1, 2):
        seconds[workers] = measure(workers, given.lines, given.delay, given.calls)
        ideal = given.lines * given.delay / (workers * given.calls)
        print(f"{workers} worker(s): {seconds[workers]:.1f} s; the model alone {ideal:.1f} s")
    print(f"two take {seconds[2] / seconds[1]:.3f} of the time of one")


def measure(workers: int, lines: int, delay_s: float, calls: int) -> float:
    """Return the seconds from sending a batch to its end."""
    with (
        tempfile.TemporaryDirectory() as name,
        SlowModel(delay_s) as model,
        EmbeddedServer(Path(name) / "store") as store,
    ):
        wanted = {"REDIS_URL": store.url, "LLM_CONCURRENCY": calls, "LLM_MODE": "json_schema"}
        house = House(Path(name), model.url, wanted)
        try:
            house.start("serve", "serve")
            names = [f"worker-{number}" for number in range(workers)]
            for worker in names:
                house.start(worker, "worker")
            for worker in names:
                wait_for(lambda worker=worker: house.ready(worker), "no worker")  # type: ignore[misc]
            _warm(house, workers)
            return _batch(house, 1_000, lines)
        finally:
            house.end()


def _warm(house: House, workers: int) -> None:
    """Let every worker import its client and open its connections."""
    wait_for(lambda: house.client().get("/readyz").status_code == 200, "no service")
    _batch(house, 0, 8 * workers)


def _batch(house: House, first: int, lines: int) -> float:
    sent = "".join(
        json.dumps({"custom_id": str(number), "body": {"text": report(number)}}) + "\n"
        for number in range(first, first + lines)
    )
    with house.client() as client:
        began_s = time.monotonic()
        headers = {"content-type": "application/x-ndjson"}
        batch = client.post("/v1/batches", content=sent.encode(), headers=headers).json()
        where = f"/v1/batches/{batch['id']}"
        ended = wait_for(lambda: _ended(client.get(where).json()), "it does not end", 600)
        assert ended["state"] == "succeeded", ended
        return time.monotonic() - began_s


def _ended(batch: dict[str, object]) -> dict[str, object] | None:
    return batch if batch["finished_at"] else None


if __name__ == "__main__":
    main()
