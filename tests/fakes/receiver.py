"""A receiver of webhooks on loopback that answers as told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Receiver:
    """What listens, and what it was told."""

    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        rows = (row.split(": ", 1) for row in head.splitlines()[1:] if row)
        headers = {name.lower(): value for name, value in rows}
        body = await reader.readexactly(int(headers["content-length"]))
        self.told.append((headers | {"": head.splitlines()[0]}, body))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening(**wanted: Any) -> AsyncIterator[Receiver]:
    receiver = Receiver(**wanted)
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
