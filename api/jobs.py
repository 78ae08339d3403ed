"""Jobs: reports structured in the background; asked about, followed, cancelled."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

from litestar import Response, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent, ServerSentEventMessage

from api.errors import BAD_REQUEST, NOT_FOUND, AnyRequest, ProblemError
from api.offsets import OffsetUnit, Units, recount
from api.uploads import JSON
from groundwork.errors import StoreError
from groundwork.jobs.service import unpack
from groundwork.services import Services
from groundwork.store.events import FIRST, Event
from schemas.job import Job

RETRY_AFTER_S: Final = 2
_LONGEST_WAIT_S: Final = 60
_HEARTBEAT_S: Final = 10.0
_STREAM_S: Final = 25.0
"""A stream ends after this long, and the listener comes back: none holds up a server that ends."""


@get("/v1/jobs/{job_id:str}", operation_id="getJob", summary="Ask how far a job is", tags=["jobs"])
async def get_job(
    job_id: FromPath[str], request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Return a job: always 200, its state tells the rest. ``wait`` waits so long for its end."""
    wait_s = _wait_s(request)
    jobs = services.background.jobs
    if wait_s:
        found = await jobs.wait(services.tenant, job_id, wait_s)
    else:
        found = await jobs.find(services.tenant, job_id)
    return job_answer(_known(found))


@get(
    "/v1/jobs/{job_id:str}/events",
    operation_id="followJob",
    summary="Follow a job as it goes",
    tags=["jobs"],
)
async def follow_job(
    job_id: FromPath[str],
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> ServerSentEvent:
    """Stream what happens to a job, from its beginning: queued, running, chunk, item, usage, done.

    ``item`` holds a verified item as soon as there is one. After a connection broke, the browser
    sends ``Last-Event-ID`` by itself and goes on from there. The stream ends with ``done``, or
    after some time, so come back until ``done`` was seen. ``retry``: begin anew, forget the items.
    With ``offset_unit=utf16`` their ranges count UTF-16 units.
    """
    _known(await services.background.jobs.find(services.tenant, job_id))
    units = await _units(services, job_id) if offset_unit == "utf16" else None
    last = request.headers.get("last-event-id") or FIRST
    return ServerSentEvent(
        _messages(services, job_id, last, units), headers={"Cache-Control": "no-store"}
    )


@delete(
    "/v1/jobs/{job_id:str}",
    status_code=200,
    operation_id="cancelJob",
    summary="Cancel a job",
    tags=["jobs"],
)
async def cancel_job(job_id: FromPath[str], services: NamedDependency[Services]) -> Response[bytes]:
    """Stop a job, waiting or running. One that has ended stays as it is."""
    return job_answer(_known(await services.background.jobs.cancel(services.tenant, job_id)))


def job_answer(job: Job, *, accepted: bool = False, applied: str = "") -> Response[bytes]:
    """Return a job, as 202 with its address when it was only just asked for."""
    headers = {"Cache-Control": "no-store"}
    if not job.state.is_final:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if accepted:
        headers["Location"] = f"/v1/jobs/{job.id}"
    if applied:
        headers["Preference-Applied"] = applied
    return Response(
        job.model_dump_json().encode(),
        status_code=202 if accepted else 200,
        media_type=JSON,
        headers=headers,
    )


async def _units(services: Services, job_id: str) -> Units:
    """Return how to count in the text of a job. Raises ProblemError when it is not kept."""
    packed = await services.background.jobs.store.source(services.tenant, job_id)
    if packed is None:
        raise ProblemError(NOT_FOUND, "the text of this job is not kept any more")
    return Units(unpack(packed).text)


async def _messages(
    services: Services, job_id: str, last: str, units: Units | None
) -> AsyncIterator[ServerSentEventMessage]:
    events = services.background.jobs.follow(services.tenant, job_id, last, _HEARTBEAT_S)
    try:
        async with asyncio.timeout(_STREAM_S):
            async for event in events:
                if event is None:
                    yield ServerSentEventMessage(comment="still here", data=None)
                    continue
                if units is not None and event.type == "item":
                    recount(event.data, units)
                yield _message(event)
                if event.type == "done":
                    return
    except (TimeoutError, StoreError):
        return  # the listener comes back by itself


def _message(event: Event) -> ServerSentEventMessage:
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
    return ServerSentEventMessage(id=event.id, event=event.type, data=data)


def _wait_s(request: AnyRequest) -> float:
    given: Any = request.query_params.get("wait")
    if given is None:
        return 0.0
    if not given.isascii() or not given.isdigit() or int(given[:6]) > _LONGEST_WAIT_S:
        raise ProblemError(BAD_REQUEST, f"wait is a number of seconds, 0 to {_LONGEST_WAIT_S}")
    return float(given)


def _known(job: Job | None) -> Job:
    if job is None:
        raise ProblemError(NOT_FOUND, "there is no such job, or it is not kept any more")
    return job
