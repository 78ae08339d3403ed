"""Reports: structure a text, and fetch what became of it."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from pydantic import BaseModel

from api import caching
from api.batches import webhook_of
from api.errors import (
    INTERNAL,
    KINDS,
    NOT_CACHED,
    NOT_FOUND,
    TIMEOUT,
    AnyRequest,
    ProblemError,
)
from api.jobs import job_answer
from api.offsets import OffsetUnit, in_utf16
from api.prefer import Preference, preference
from api.uploads import JSON, read_source
from groundwork.jobs.desk import Answer, Wishes
from groundwork.services import Services
from groundwork.text.document import SourceText

_ID: Final = re.compile(r"[0-9a-f]{64}")


class _SourceRef(BaseModel):
    """The one part of a stored result that is needed to find its source."""

    class _Sha(BaseModel):
        sha256: str

    source: _Sha


@post(
    "/v1/reports",
    status_code=200,
    operation_id="structureReport",
    summary="Structure a report",
    tags=["reports"],
)
async def structure_report(
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[bytes]:
    """Read a report and return its goals, achievements, problems and plans.

    Every statement points at exact characters of the source, and every number is verified
    against them. The same text gives the same id, and is answered from the store while it is
    kept. Send it as JSON, as the body itself, or as the one file of a form. With
    ``Prefer: respond-async`` or ``wait=SECONDS`` what takes longer becomes a job.
    """
    source = await read_source(request, services)
    wishes = caching.wishes(request.headers.get("cache-control"))
    wanted = preference(request.headers.get("prefer"), services.limits.request_timeout_s)
    if wanted.in_background and not (wishes.fresh or wishes.untouched or wishes.only_kept):
        made = await _in_background(request, services, source, wanted)
        return _counted(made, source.text, offset_unit)
    answer = await _in_time(services, services.desk.answer(source, services.tenant, wishes))
    if answer.body is None:
        raise ProblemError(
            NOT_CACHED,
            "no result of this text is kept",
            headers={"Cache-Status": caching.NOT_KEPT + caching.failure_detail(answer.failure)},
        )
    return _counted(_answer(answer, wishes), source.text, offset_unit)


@get(
    "/v1/reports/{result_id:str}",
    operation_id="getReport",
    summary="Fetch a stored result",
    tags=["reports"],
)
async def get_report(
    result_id: FromPath[str],
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[bytes]:
    """Return a result again, byte for byte, while it is kept.

    With ``offset_unit=utf16`` its offsets count UTF-16 units, as strings of JavaScript do.
    """
    body = await _find(services, result_id)
    if offset_unit == "utf16":
        source = await _find_source(services, body)
        body = await asyncio.to_thread(in_utf16, body, source.decode())
    return _unless_known(request, body, JSON)


@get(
    "/v1/reports/{result_id:str}/source",
    operation_id="getReportSource",
    summary="Fetch the source text of a result",
    tags=["reports"],
)
async def get_source(
    result_id: FromPath[str], request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Return the text that the offsets of a result count in, one code point each."""
    source = await _find_source(services, await _find(services, result_id))
    return _unless_known(request, source, "text/plain")


async def _in_background(
    request: AnyRequest, services: Services, source: SourceText, wanted: Preference
) -> Response[bytes]:
    """Answer from the store, or queue a job and wait for it as long as is wanted."""
    kept = await services.desk.answer(source, services.tenant, Wishes(only_kept=True))
    if kept.body is not None:
        return _answer(kept, Wishes())
    jobs, tenant = services.background.jobs, services.tenant
    job = await jobs.submit(tenant, source, await webhook_of(request, services))
    if wanted.wait_s:
        job = await jobs.wait(tenant, job.id, wanted.wait_s) or job
    if job.error is not None:
        kind = job.error.type if job.error.type in KINDS else INTERNAL
        raise ProblemError(kind, job.error.detail)
    body = await services.results.find(job.result_id) if job.result_id else None
    if body is None:
        return job_answer(job, accepted=True, applied=wanted.applied)
    made = _answer(Answer(job.result_id or "", body, kept=True), Wishes())
    made.headers["Preference-Applied"] = wanted.applied
    return made


async def _in_time(services: Services, pending: Awaitable[Answer]) -> Answer:
    """Await the work within its time."""
    limit_s = services.limits.request_timeout_s
    try:
        async with asyncio.timeout(limit_s):
            return await pending
    except TimeoutError:
        raise ProblemError(TIMEOUT, f"not done within {limit_s:g} s") from None


async def _find(services: Services, result_id: str) -> bytes:
    body = await services.results.find(result_id) if _ID.fullmatch(result_id) else None
    if body is None:
        raise _nothing_kept()
    return body


async def _find_source(services: Services, result: bytes) -> bytes:
    sha256 = _SourceRef.model_validate_json(result).source.sha256
    source = await services.results.find_source(sha256)
    if source is None:
        raise _nothing_kept()
    return source


def _nothing_kept() -> ProblemError:
    return ProblemError(
        NOT_FOUND,
        "no such result is kept; structure the text again",
        headers={"Cache-Status": caching.NOT_KEPT},
    )


def _answer(answer: Answer, wishes: Wishes) -> Response[bytes]:
    body, status = answer.body or b"", caching.HIT
    if not answer.hit:
        asked = wishes.fresh or wishes.untouched
        status = caching.missed(asked=asked, stored=answer.kept, failure=answer.failure)
        status += "; collapsed" if answer.joined else ""
    headers = {"Cache-Status": status, "Cache-Control": caching.KEEP}
    if answer.kept:  # only then is there something to fetch
        address = f"/v1/reports/{answer.result_id}"
        headers |= {"Location": address, "Content-Location": address, "ETag": caching.etag(body)}
    return Response(body, media_type=JSON, headers=headers)


def _counted(made: Response[bytes], source: str, unit: OffsetUnit) -> Response[bytes]:
    """Let the offsets of a result count as the sender does; a job has none."""
    if unit == "utf16" and made.status_code in {None, 200}:
        made.content = in_utf16(made.content, source)
        if "ETag" in made.headers:
            made.headers["ETag"] = caching.etag(made.content)
            made.headers["Content-Location"] += "?offset_unit=utf16"
    return made


def _unless_known(request: AnyRequest, body: bytes, media_type: str) -> Response[Any]:
    tag = caching.etag(body)
    headers = {"Cache-Status": caching.HIT, "Cache-Control": caching.KEEP, "ETag": tag}
    if caching.matches(request.headers.get("if-none-match"), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
