"""A receiver of webhooks on loopback that answers as told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Receiver:
    """What listens, and what it was told."""

    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    trickles: bool = False
    """Whether a header a moment follows the answer, for ever."""
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass  # the sender went away
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        rows = (row.split(": ", 1) for row in head.splitlines()[1:] if row)
        headers = {name.lower(): value for name, value in rows}
        body = await reader.readexactly(int(headers["content-length"]))
        self.told.append((headers | {"": head.splitlines()[0]}, body))
        writer.write(self.answer)
        while self.trickles and not reader.at_eof():
            writer.write(b"x: y\r\n")
            await asyncio.sleep(0.02)
        await writer.drain()


@asynccontextmanager
async def listening(tls: ssl.SSLContext | None = None, **wanted: Any) -> AsyncIterator[Receiver]:
    receiver, handling = Receiver(**wanted), set[asyncio.Task[None]]()

    def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handling.add(asyncio.create_task(receiver.handle(reader, writer)))

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
    await asyncio.gather(*handling)
