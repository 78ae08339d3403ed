"""A load generator: so many connections, each with one request at a time, from one process.

    python -m benchmarks.peers.load URL CONNECTIONS SECONDS < bodies.jsonl

The bodies are JSON strings, one a line, sent in turn; with SECONDS 0 each is sent once. Prints the
latencies in milliseconds as JSON. It speaks just enough HTTP/1.1 to be cheaper than what it
measures; its own limit shows in the row of the trivial handler.
"""

import asyncio
import itertools
import json
import sys
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import urlsplit

from groundwork.errors import EngineError


async def run(url: str, connections: int, seconds: float, bodies: list[bytes]) -> list[float]:
    """Return the latency of every request, in milliseconds."""
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    waiting: Iterator[bytes] = itertools.cycle(bodies) if seconds else iter(bodies)
    latencies: list[float] = []
    until = perf_counter() + seconds

    async def one() -> None:
        reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
        for body in waiting:
            began = perf_counter()
            if seconds and began > until:
                break
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await _answer(reader)
            latencies.append((perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return latencies


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise EngineError(head.split(b"\r\n", 1)[0].decode("latin-1"))
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(length)


def main() -> None:
    """Run as told and print the latencies."""
    url, connections, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    bodies = [json.loads(line).encode() for line in sys.stdin]
    began = perf_counter()
    latencies = asyncio.run(run(url, connections, seconds, bodies))
    json.dump({"ms": latencies, "seconds": perf_counter() - began}, sys.stdout)


if __name__ == "__main__":
    main()
