"""Jobs as they are kept: a hash each, its source, its events, and lists by time.

Every change of state is one script, so that of two who try at once only one succeeds and an
event tells of it exactly once. The queue delivers; the state here is what counts.
"""

import asyncio
import json
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import ValidationError

from groundwork.errors import StoreError
from groundwork.store import keys
from groundwork.store.dead import DeadLetters
from groundwork.store.events import KEPT, EventLog
from groundwork.store.redis import Argument, RedisDoor
from schemas.job import Job, JobError, JobState, Progress

_MOST_LISTED: Final = 100_000
_OPEN: Final = keys.shared_key("jobs")
"""Jobs that have not ended, by the time something was last heard of them."""

_CREATE: Final = """
redis.call('HSET', KEYS[1], unpack(ARGV, 9))
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
redis.call('XADD', KEYS[3], '*', 'type', 'queued', 'data', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[2])
redis.call('ZADD', KEYS[4], ARGV[4], ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[6])
redis.call('ZREMRANGEBYRANK', KEYS[4], 0, -1 - tonumber(ARGV[7]))
redis.call('ZADD', KEYS[5], ARGV[4], ARGV[8])
return 1
"""
_MOVE: Final = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return '' end
if not string.find(ARGV[1], ',' .. state .. ',', 1, true) then return state end
redis.call('HSET', KEYS[1], 'state', ARGV[2], unpack(ARGV, 10))
if ARGV[6] == '1' then redis.call('HINCRBY', KEYS[1], 'attempts', 1) end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'type', ARGV[3], 'data', ARGV[4])
for _, key in ipairs({KEYS[1], KEYS[2], KEYS[3]}) do redis.call('EXPIRE', key, ARGV[7]) end
local webhook = redis.call('HGET', KEYS[1], 'webhook')
if ARGV[3] ~= 'done' then
  redis.call('ZADD', KEYS[5], ARGV[8], ARGV[9])
  return false
end
redis.call('ZREM', KEYS[5], ARGV[9])
if webhook and webhook ~= '' then redis.call('ZADD', KEYS[4], ARGV[8], ARGV[9]) end
return false
"""
_REPORT: Final = """
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'done', ARGV[1], 'total', ARGV[2])
for at = 4, #ARGV, 2 do
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'type', ARGV[at], 'data', ARGV[at + 1])
end
return 1
"""
_OVERDUE: Final = """
local found = redis.call('ZRANGE', KEYS[1], '-inf', ARGV[2], 'BYSCORE', 'LIMIT', 0, ARGV[3])
for _, member in ipairs(found) do redis.call('ZADD', KEYS[1], ARGV[1], member) end
return found
"""
_OVERDUE_AT_ONCE: Final = 50

Events = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is known of a job when it is asked for."""

    id: str
    source: bytes
    """What to work on; ours to pack, the caller's to understand."""
    webhook: str = ""
    """Where to tell of its end; empty: nowhere."""


class JobStore:
    """The jobs of all tenants. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, ttl_s: int) -> None:
        self._door = door
        self._ttl_s = ttl_s
        self.dead = DeadLetters(door, ttl_s)

    async def create(self, tenant: str, new: NewJob) -> None:
        """Keep a job that waits for a worker."""
        now_s = time.time()
        packed = await asyncio.to_thread(zlib.compress, new.source, 1)
        event = json.dumps({"state": JobState.QUEUED})
        index = (now_s, new.id, now_s - self._ttl_s, _MOST_LISTED)
        fields = ("state", JobState.QUEUED, "created_at", now_s, "webhook", new.webhook)
        await self._door.script(
            _CREATE,
            [
                keys.job_key(tenant, new.id),
                keys.job_key(tenant, new.id, "source"),
                keys.job_key(tenant, new.id, "events"),
                keys.index_key(tenant, "jobs"),
                _OPEN,
            ],
            [packed, self._ttl_s, event, *index, f"{tenant}/{new.id}", *fields],
        )

    async def forget(self, tenant: str, job_id: str) -> None:
        """Undo ``create``; a store that does not even answer this forgets the job in time."""
        parts = (keys.job_key(tenant, job_id, part) for part in ("", "source", "events"))
        with suppress(StoreError):
            await self._door.do("UNLINK", *parts)
            await self._door.do("ZREM", keys.index_key(tenant, "jobs"), job_id)
            await self.close(tenant, job_id)

    async def find(self, tenant: str, job_id: str) -> Job | None:
        """Return a job, or None."""
        fields = await self._fields(tenant, job_id)
        return _job(job_id, fields) if fields else None

    async def private(self, tenant: str, job_id: str) -> tuple[str, str]:
        """Return the id of the job's delivery in the queue, and where to tell of its end."""
        fields = await self._fields(tenant, job_id)
        return fields.get("delivery", ""), fields.get("webhook", "")

    async def source(self, tenant: str, job_id: str) -> bytes | None:
        """Return what the job works on, or None when it is not kept any more."""
        packed = await self._door.do("GET", keys.job_key(tenant, job_id, "source"))
        try:
            return None if packed is None else await asyncio.to_thread(zlib.decompress, packed)
        except (zlib.error, TypeError) as error:
            raise StoreError("the source of the job is not ours") from error

    async def delivered_as(self, tenant: str, job_id: str, delivery: str) -> None:
        """Remember under which id the queue delivers the job."""
        await self._door.do("HSET", keys.job_key(tenant, job_id), "delivery", delivery)

    async def begin(self, tenant: str, job_id: str) -> bool:
        """Say that a worker has taken the job; False when nothing is to be done any more."""
        fields = ("started_at", time.time(), "done", 0, "total", "")
        taken = {JobState.QUEUED, JobState.RUNNING}
        event = ("running", {"state": JobState.RUNNING})
        state = await self._move((tenant, job_id), taken, JobState.RUNNING, event, fields)
        return state is None

    async def report(
        self, tenant: str, job_id: str, progress: Progress, events: Events = ()
    ) -> bool:
        """Tell how far the job is; False when it does not run any more."""
        flat = [part for kind, data in events for part in (kind, _json(data))]
        total = "" if progress.total is None else progress.total
        return bool(
            await self._door.script(
                _REPORT,
                [keys.job_key(tenant, job_id), keys.job_key(tenant, job_id, "events")],
                [progress.done, total, KEPT, *flat],
            )
        )

    async def finish(
        self,
        tenant: str,
        job_id: str,
        state: JobState,
        *,
        result_id: str = "",
        error: JobError | None = None,
    ) -> bool:
        """Bring the job to its end; False when it had come to one before."""
        told: dict[str, Any] = {"state": state, "result_id": result_id or None}
        if error is not None:
            told["error"] = error.model_dump()
        why = error.model_dump_json() if error else ""
        fields = ("finished_at", time.time(), "result_id", result_id, "error", why)
        alive = {JobState.QUEUED, JobState.RUNNING}
        return await self._move((tenant, job_id), alive, state, ("done", told), fields) is None

    async def again(self, tenant: str, job_id: str) -> bool:
        """Put a job that failed or was cancelled back to the beginning; False if it is not one."""
        fields = ("finished_at", "", "error", "", "done", 0, "total", "")
        event = ("retry", {"state": JobState.QUEUED})
        ended = {JobState.FAILED, JobState.CANCELLED}
        moved = await self._move((tenant, job_id), ended, JobState.QUEUED, event, fields) is None
        if moved:
            await self.dead.remove(tenant, job_id)
        return moved

    async def overdue(self, stale_s: float) -> list[tuple[str, str]]:
        """Return tenant and id of jobs that nothing was heard of for ``stale_s`` seconds.

        Each is told of once in ``stale_s``, to whoever asks first.
        """
        now_s = time.time()
        args = [now_s, now_s - stale_s, _OVERDUE_AT_ONCE]
        return [keys.which(member) for member in await self._door.script(_OVERDUE, [_OPEN], args)]

    async def close(self, tenant: str, job_id: str) -> None:
        """Expect nothing of a job any more: it has ended, or is not kept any more."""
        await self._door.do("ZREM", _OPEN, f"{tenant}/{job_id}")

    def events(self, tenant: str, job_id: str) -> EventLog:
        """Return the events of a job."""
        return EventLog(self._door, keys.job_key(tenant, job_id, "events"))

    async def newest(self, tenant: str, name: str, most: int) -> list[str]:
        """Return ids of the list ``name`` (``jobs``, ``batches``), newest first."""
        key = keys.index_key(tenant, name)
        found = await self._door.do("ZRANGE", key, 0, max(0, most - 1), "REV")
        return [job_id.decode() for job_id in found]

    async def _fields(self, tenant: str, job_id: str) -> dict[str, str]:
        if not keys.is_id(job_id):
            return {}
        found = await self._door.do("HGETALL", keys.job_key(tenant, job_id))
        try:
            return {name.decode(): value.decode() for name, value in (found or {}).items()}
        except UnicodeDecodeError as error:
            raise StoreError("the job is not ours") from error

    async def _move(
        self,
        which: tuple[str, str],
        expected: set[JobState],
        state: JobState,
        event: tuple[str, Mapping[str, Any]],
        fields: Sequence[Argument],
    ) -> bytes | None:
        """Change the state if it is an expected one; else return it (b"" when there is no job)."""
        if not keys.is_id(which[1]):
            return b""
        kind, data = event
        began = "1" if state is JobState.RUNNING else "0"
        known = f",{','.join(sorted(expected))},"
        own = [keys.job_key(*which, part) for part in ("", "events", "source")]
        member = "/".join(which)
        args: list[Argument] = [known, state, kind, _json(data), KEPT, began, self._ttl_s]
        args += [time.time(), member, *fields]
        script_keys = [*own, keys.shared_key("webhooks"), _OPEN]
        found: bytes | None = await self._door.script(_MOVE, script_keys, args)
        return found


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def moment(stamp: str) -> datetime | None:
    """Return a time stamp that was kept, or None for the empty one.

    >>> moment("1700000000.25").isoformat(), moment("")
    ('2023-11-14T22:13:20.250000+00:00', None)
    """
    return datetime.fromtimestamp(float(stamp), UTC) if stamp else None


def _job(job_id: str, fields: Mapping[str, str]) -> Job:
    try:
        result_id = fields.get("result_id") or None
        error = fields.get("error")
        total = fields.get("total")
        return Job(
            id=job_id,
            state=JobState(fields["state"]),
            created_at=moment(fields["created_at"]),
            started_at=moment(fields.get("started_at", "")),
            finished_at=moment(fields.get("finished_at", "")),
            attempts=int(fields.get("attempts", 0)),
            progress=Progress(
                done=int(fields.get("done") or 0), total=int(total) if total else None
            ),
            result_id=result_id,
            result=f"/v1/reports/{result_id}" if result_id else None,
            error=JobError.model_validate_json(error) if error else None,
        )
    except (KeyError, ValueError, ValidationError, OverflowError) as broken:
        raise StoreError("the job is not ours") from broken
