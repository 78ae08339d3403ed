"""Writing the lines of a batch while they arrive, a block at a time."""

import asyncio
import time
import zlib
from collections.abc import Sequence
from typing import Final

from groundwork.store import keys
from groundwork.store.redis import Argument, RedisDoor
from schemas.batch import BadLine
from schemas.job import JobState

_ARRIVING_S: Final = 900
"""Seconds without another block after which a batch whose sender is gone is forgotten."""
_PARTS: Final = ("lines", "todo", "open", "results", "bad")

Line = tuple[int, bytes]
"""Its number, and the request as it was sent."""


class BatchIntake:
    """One batch that is being received. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, tenant: str, batch_id: str, ttl_s: int) -> None:
        self._door = door
        self._tenant = tenant
        self._id = batch_id
        self._ttl_s = ttl_s
        self._good = 0
        self._rejected = 0

    @property
    def received(self) -> int:
        """Lines so far, bad ones included."""
        return self._good + self._rejected

    async def add(self, lines: Sequence[Line]) -> None:
        """Keep a block of lines."""
        if not lines:
            return
        packed = await asyncio.to_thread(_packed, lines)  # a megabyte takes some 10 ms
        await self._door.do_all(
            [
                ("HSET", self._key("lines"), *packed),
                ("RPUSH", self._key("todo"), *(number for number, _ in lines)),
                ("EXPIRE", self._key("lines"), _ARRIVING_S),
                ("EXPIRE", self._key("todo"), _ARRIVING_S),
            ]
        )
        self._good += len(lines)

    async def reject(self, bad: Sequence[BadLine]) -> None:
        """Remember lines that are no requests, and the reasons."""
        if not bad:
            return
        await self._door.do_all(
            [
                ("RPUSH", self._key("bad"), *(line.model_dump_json() for line in bad)),
                ("EXPIRE", self._key("bad"), _ARRIVING_S),
            ]
        )
        self._rejected += len(bad)

    async def finish(self, webhook: str) -> None:
        """Let the work begin: from now on the batch exists."""
        now_s = time.time()
        state = JobState.QUEUED if self._good else JobState.FAILED
        fields: list[Argument] = ["state", state, "created_at", now_s, "lines", self._good]
        fields += ["rejected", self._rejected, "webhook", webhook]
        if not self._good:
            fields += ["finished_at", now_s]
        index = keys.index_key(self._tenant, "batches")
        commands: list[Sequence[Argument]] = [
            *(("EXPIRE", self._key(part), self._ttl_s) for part in _PARTS),
            ("HSET", self._key(), *fields),
            ("EXPIRE", self._key(), self._ttl_s),
            ("ZADD", index, now_s, self._id),
            ("ZREMRANGEBYSCORE", index, "-inf", now_s - self._ttl_s),
        ]
        member = f"{self._tenant}/{self._id}"
        if self._good:
            commands.append(("ZADD", keys.shared_key("active"), now_s, member))
        elif webhook:
            commands.append(("ZADD", keys.shared_key("webhooks"), now_s, member))
        await self._door.do_all(commands)

    async def abandon(self) -> None:
        """Forget what has arrived."""
        await self._door.do("UNLINK", self._key(), *(self._key(part) for part in _PARTS))

    def _key(self, part: str = "") -> str:
        return keys.batch_key(self._tenant, self._id, part)


def _packed(lines: Sequence[Line]) -> list[int | bytes]:
    return [part for number, line in lines for part in (number, zlib.compress(line, 1))]
