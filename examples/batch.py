"""Structure a folder of reports as one batch through the HTTP API, with httpx alone.

    groundwork serve &
    python examples/batch.py examples/reports results.jsonl

Interrupted, the same command goes on: the id of the batch lies beside the results until they are
there. The address is GROUNDWORK_URL, http://127.0.0.1:8000 when it is not set; a key, where one is
needed, GROUNDWORK_API_KEY.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

FINAL = {"succeeded", "partial", "failed", "cancelled"}


def main(folder: Path, out: Path) -> None:
    """Send what is in ``folder``, wait, and write a line of JSON for every report to ``out``."""
    url = os.environ.get("GROUNDWORK_URL", "http://127.0.0.1:8000")
    key = os.environ.get("GROUNDWORK_API_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
        ticket = out.with_name(f"{out.name}.id")
        if not ticket.exists():
            ticket.write_text(send(client, folder))
        address = f"/v1/batches/{ticket.read_text()}"
        failed = wait(client, address)
        receive(client, address, out)
    ticket.unlink()
    if failed:
        sys.exit(f"{failed} failed; their lines in {out} say why")


def send(client: httpx.Client, folder: Path) -> str:
    """Send every report as a line of one body, read as it goes out; return the batch's id."""

    def lines() -> Iterator[bytes]:
        for path in sorted(folder.rglob("*.txt")):
            name = str(path.relative_to(folder))
            body = {"text": path.read_text(encoding="utf-8"), "filename": path.name}
            yield json.dumps({"custom_id": name, "body": body}).encode() + b"\n"

    kind = {"Content-Type": "application/x-ndjson"}
    batch = checked(client.post("/v1/batches", content=lines(), headers=kind)).json()
    for bad in batch["bad_lines"]:
        print(f"line {bad['line']} is no request: {bad['detail']}", file=sys.stderr)
    return str(batch["id"])


def wait(client: httpx.Client, address: str) -> int:
    """Return once the batch has ended: how many reports have no result."""
    while True:
        answer = checked(client.get(address))
        batch, counts = answer.json(), answer.json()["counts"]
        print(f"{counts['total'] - counts['waiting']}/{counts['total']}", file=sys.stderr)
        if batch["state"] in FINAL:
            return int(counts["total"] - counts["succeeded"])
        time.sleep(float(answer.headers.get("Retry-After", 2)))


def receive(client: httpx.Client, address: str, out: Path) -> None:
    """Write the answers, a line each, in the shape of OpenAI's Batch API."""
    part = out.with_name(f".{out.name}")
    with client.stream("GET", f"{address}/results") as answer, part.open("wb") as file:
        answer.raise_for_status()
        for chunk in answer.iter_bytes():
            file.write(chunk)
    part.replace(out)


def checked(answer: httpx.Response) -> httpx.Response:
    """Return an answer that is none of a problem (RFC 9457); end with its words otherwise."""
    if answer.is_error:
        problem = answer.json()
        sys.exit(f"{problem['type']}: {problem['detail']}")
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
