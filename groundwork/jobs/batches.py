"""Batches: taking lines in as they arrive, cancelling, resuming, and showing what became of them.

A batch can be far larger than memory: lines are cut from the stream, looked at one by one and
kept in blocks. A line that is no request costs only itself.
"""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from groundwork.errors import InputError, TooLargeError
from groundwork.store.batches import BatchIntake, BatchReading, BatchWork, Kept
from groundwork.store.dead import DeadLetters
from groundwork.store.redis import RedisDoor
from schemas.batch import BadLine, Batch, BatchLine

LINE: Final = "line"
"""The work of one line, by its name in the queue."""
_BLOCK_LINES: Final = 200
_BLOCK_BYTES: Final = 1 << 20
_MOST_NUMBERS: Final = 20
"""As many times the lines that are taken a body may have, with blank ones: each takes a moment."""


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How much one batch may bring."""

    lines: int = 50_000
    bytes: int = 200_000_000
    line_bytes: int = 10_000_000


class Batches:
    """The batches of all tenants. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, limits: BatchLimits, ttl_s: int) -> None:
        self._door = door
        self._limits = limits
        self._ttl_s = ttl_s
        self._dead = DeadLetters(door, ttl_s)
        self.work = BatchWork(door, ttl_s)

    async def take_in(self, tenant: str, stream: AsyncIterator[bytes], webhook: str = "") -> Batch:
        """Keep the lines of ``stream`` and let the work begin. Raises InputError."""
        batch_id = f"batch_{secrets.token_hex(12)}"
        intake = BatchIntake(self._door, tenant, batch_id, self._ttl_s)
        try:
            await _Reception(intake, self._limits).read(stream)
            await intake.finish(webhook)
        except BaseException:  # also when the sender goes away
            await asyncio.shield(intake.abandon())
            raise
        return await self._known(tenant, batch_id)

    async def find(self, tenant: str, batch_id: str) -> Batch | None:
        """Return a batch, or None."""
        return await BatchReading(self._door, tenant).find(batch_id)

    def lines(self, tenant: str, batch_id: str) -> AsyncIterator[list[Kept]]:
        """Yield what is kept about each line, block by block, in the order they were sent."""
        return BatchReading(self._door, tenant).lines(batch_id)

    async def webhook(self, tenant: str, batch_id: str) -> str:
        """Return where to tell of the end of a batch; empty: nowhere."""
        return await BatchReading(self._door, tenant).webhook(batch_id)

    async def cancel(self, tenant: str, batch_id: str) -> Batch | None:
        """Stop a batch; return it, or None when there is none."""
        if await self.find(tenant, batch_id) is None:
            return None
        await self.work.cancel(tenant, batch_id)
        return await self.find(tenant, batch_id)

    async def resume(self, tenant: str, batch_id: str) -> Batch | None:
        """Do again what failed or was cancelled; return the batch, or None when there is none."""
        if await self.find(tenant, batch_id) is None:
            return None
        if await self.work.resume(tenant, batch_id) > 0:
            await self._dead.remove_lines(tenant, batch_id)
        return await self.find(tenant, batch_id)

    async def _known(self, tenant: str, batch_id: str) -> Batch:
        batch = await self.find(tenant, batch_id)
        if batch is None:
            raise InputError("the batch is gone")
        return batch


class _Reception:
    """Cuts a stream into lines, looks at each, and keeps the good ones in blocks."""

    def __init__(self, intake: BatchIntake, limits: BatchLimits) -> None:
        self._intake = intake
        self._limits = limits
        self._number = 0
        self._names: dict[bytes, int] = {}
        self._block: list[tuple[int, bytes]] = []
        self._bad: list[BadLine] = []
        self._block_bytes = 0

    async def read(self, stream: AsyncIterator[bytes]) -> None:
        """Read it to its end. Raises InputError."""
        received, rest = 0, bytearray()
        async for chunk in stream:
            received += len(chunk)
            if received > self._limits.bytes:
                raise TooLargeError(f"more than {self._limits.bytes} bytes; split the batch")
            rest += chunk
            if b"\n" in chunk:
                *lines, rest = rest.split(b"\n")
                for line in lines:
                    await self._line(line)
            if len(rest) > self._limits.line_bytes:
                raise TooLargeError(
                    f"line {self._number + 1} is longer than {self._limits.line_bytes} bytes"
                )
        await self._line(rest)
        await self._flush()
        if not self._intake.received:
            raise InputError("the batch holds no line")

    async def _line(self, raw: bytearray) -> None:
        self._number += 1
        line = bytes(raw).strip()
        if not line:
            if self._number > _MOST_NUMBERS * self._limits.lines:
                raise TooLargeError("next to nothing but blank lines")
            return
        held = len(self._block) + len(self._bad)
        if self._intake.received + held >= self._limits.lines:
            raise TooLargeError(f"more than {self._limits.lines} lines; split the batch")
        fault = self._fault(line)
        if fault is not None:
            self._bad.append(BadLine(line=self._number, detail=fault))
        else:
            self._block.append((self._number, line))
            self._block_bytes += len(line)
        if held + 1 >= _BLOCK_LINES or self._block_bytes >= _BLOCK_BYTES:
            await self._flush()

    def _fault(self, line: bytes) -> str | None:
        """Say why a line is no request, without its words, or return None."""
        if len(line) > self._limits.line_bytes:
            return f"longer than {self._limits.line_bytes} bytes"
        try:
            read = BatchLine.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = "".join(f"/{part}" for part in first["loc"])[:200]
            return f"{place}: {first['msg']}" if place else str(first["msg"])[:300]
        name = hashlib.blake2b(read.custom_id.encode(), digest_size=12).digest()
        before = self._names.setdefault(name, self._number)
        if before != self._number:
            return f"/custom_id: line {before} has the same"
        return None

    async def _flush(self) -> None:
        block, self._block, self._block_bytes = self._block, [], 0
        bad, self._bad = self._bad, []
        await self._intake.add(block)
        await self._intake.reject(bad)
