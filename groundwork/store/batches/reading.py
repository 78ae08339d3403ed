"""Showing a batch: how far it is, and what became of each line."""

import json
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from groundwork.errors import StoreError
from groundwork.store import keys
from groundwork.store.jobs import moment
from groundwork.store.redis import RedisDoor
from schemas.batch import BadLine, Batch, BatchCounts
from schemas.job import JobState

_AT_ONCE: Final = 100
_BAD_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about one line: its answer, its fault, or nothing yet."""

    number: int
    outcome: Mapping[str, Any] | None = None
    bad: BadLine | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    """What was asked, of a line without an answer."""


class BatchReading:
    """The batches of one tenant. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, tenant: str) -> None:
        self._door = door
        self._tenant = tenant

    async def find(self, batch_id: str) -> Batch | None:
        """Return a batch, or None."""
        if not keys.is_id(batch_id):
            return None
        found = await self._door.do("HGETALL", keys.batch_key(self._tenant, batch_id))
        if not found:
            return None
        bad_key = keys.batch_key(self._tenant, batch_id, "bad")
        bad = await self._door.do("LRANGE", bad_key, 0, _BAD_SHOWN - 1)
        try:
            fields = {name.decode(): value.decode() for name, value in found.items()}
            return _batch(batch_id, fields, [BadLine.model_validate_json(line) for line in bad])
        except (KeyError, ValueError, ValidationError, OverflowError) as error:
            raise StoreError("the batch is not ours") from error

    async def webhook(self, batch_id: str) -> str:
        """Return where to tell of the end of a batch; empty: nowhere."""
        found = await self._door.do("HGET", keys.batch_key(self._tenant, batch_id), "webhook")
        return found.decode(errors="replace") if found else ""

    async def lines(self, batch_id: str) -> AsyncIterator[list[Kept]]:
        """Yield what is kept about every line, blocks of them in the order they were sent.

        Of lines without an answer only those of a batch that is over are shown.
        """
        over = await self._is_over(batch_id)
        bad = {line.number: line async for line in self._bad(batch_id)}
        numbers = sorted([*bad, *await self._numbers(batch_id, waiting=over)])
        for at in range(0, len(numbers), _AT_ONCE):
            block = numbers[at : at + _AT_ONCE]
            answers = await self._values(batch_id, "results", block)
            unanswered = [n for n in block if answers[n] is None and n not in bad]
            requests = await self._values(batch_id, "lines", unanswered)
            yield [
                bad.get(number) or Kept(number, answers[number], request=requests.get(number) or {})
                for number in block
            ]

    async def _is_over(self, batch_id: str) -> bool:
        state = await self._door.do("HGET", keys.batch_key(self._tenant, batch_id), "state")
        return state not in (JobState.QUEUED.encode(), JobState.RUNNING.encode())

    async def _numbers(self, batch_id: str, *, waiting: bool) -> set[int]:
        found = await self._door.do("HKEYS", keys.batch_key(self._tenant, batch_id, "results"))
        if waiting:
            found += await self._door.do("HKEYS", keys.batch_key(self._tenant, batch_id, "lines"))
        return {int(number) for number in found}

    async def _values(
        self, batch_id: str, part: str, block: Sequence[int]
    ) -> dict[int, dict[str, Any] | None]:
        if not block:
            return {}
        key = keys.batch_key(self._tenant, batch_id, part)
        found = await self._door.do("HMGET", key, *block)
        unpack = zlib.decompress if part == "lines" else bytes
        try:
            read = [None if one is None else json.loads(unpack(one)) for one in found]
        except (ValueError, zlib.error) as error:
            raise StoreError("a line of the batch is not ours") from error
        return dict(zip(block, read, strict=True))

    async def _bad(self, batch_id: str) -> AsyncIterator[Kept]:
        key = keys.batch_key(self._tenant, batch_id, "bad")
        for line in await self._door.do("LRANGE", key, 0, -1):
            bad = BadLine.model_validate_json(line)
            yield Kept(bad.line, bad=bad)


def _batch(batch_id: str, fields: Mapping[str, str], bad: list[BadLine]) -> Batch:
    lines, rejected = int(fields["lines"]), int(fields["rejected"])
    succeeded, failed = int(fields.get("succeeded", 0)), int(fields.get("failed", 0))
    state, rest = JobState(fields["state"]), lines - succeeded - failed
    cancelled = rest if state is JobState.CANCELLED else 0
    if rejected and state is JobState.SUCCEEDED:
        state = JobState.PARTIAL
    return Batch(
        id=batch_id,
        state=state,
        created_at=moment(fields["created_at"]),
        finished_at=moment(fields.get("finished_at", "")),
        counts=BatchCounts(
            total=lines + rejected,
            waiting=rest - cancelled,
            succeeded=succeeded,
            failed=failed,
            rejected=rejected,
            cancelled=cancelled,
        ),
        bad_lines=bad,
        results=f"/v1/batches/{batch_id}/results",
    )
