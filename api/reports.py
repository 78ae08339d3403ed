"""Reports: structure a text, and fetch what became of it."""

import asyncio
import re
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from pydantic import BaseModel

from api import caching
from api.errors import NOT_CACHED, NOT_FOUND, TIMEOUT, AnyRequest, ProblemError
from api.uploads import JSON, read_source
from groundwork.errors import StoreError
from groundwork.text.document import SourceText
from groundwork.wiring import Services

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
    request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Read a report and return its goals, achievements, problems and plans.

    Every statement points at exact characters of the source, and every number is verified
    against them. The same text gives the same id, and is answered from the store while it is
    kept. Send it as JSON, as the body itself, or as the one file of a form.
    """
    source = await read_source(request, services)
    result_id = services.content_address(source)
    wishes = caching.wishes(request.headers.get("cache-control"))
    failure: StoreError | None = None
    if not (wishes.fresh or wishes.untouched):
        try:
            body = await services.results.find(result_id)
        except StoreError as error:
            failure = error
        else:
            if body is not None:
                return _answer(result_id, body, caching.HIT, kept=True)
    if wishes.only_kept:
        raise ProblemError(
            NOT_CACHED,
            "no result of this text is kept",
            headers={"Cache-Status": caching.NOT_KEPT + caching.failure_detail(failure)},
        )
    body, sha256 = await _structure(services, source)
    if not wishes.untouched and failure is None:
        try:
            await services.results.save(result_id, body, sha256, source.text)
        except StoreError as error:
            failure = error
    kept = not wishes.untouched and failure is None
    status = caching.missed(asked=wishes.fresh or wishes.untouched, stored=kept, failure=failure)
    return _answer(result_id, body, status, kept=kept)


@get(
    "/v1/reports/{result_id:str}",
    operation_id="getReport",
    summary="Fetch a stored result",
    tags=["reports"],
)
async def get_report(
    result_id: FromPath[str], request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Return a result again, byte for byte, while it is kept."""
    return _unless_known(request, await _find(services, result_id), JSON)


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
    result = await _find(services, result_id)
    sha256 = _SourceRef.model_validate_json(result).source.sha256
    source = await services.results.find_source(sha256)
    if source is None:
        raise _nothing_kept()
    return _unless_known(request, source, "text/plain")


async def _structure(services: Services, source: SourceText) -> tuple[bytes, str]:
    """Do the work within its time; the result as the bytes that are sent and kept."""
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            result = await services.structure(source)
    except TimeoutError:
        raise ProblemError(
            TIMEOUT, f"not done within {services.limits.request_timeout_s:g} s"
        ) from None
    return result.model_dump_json().encode(), result.source.sha256


async def _find(services: Services, result_id: str) -> bytes:
    body = await services.results.find(result_id) if _ID.fullmatch(result_id) else None
    if body is None:
        raise _nothing_kept()
    return body


def _nothing_kept() -> ProblemError:
    return ProblemError(
        NOT_FOUND,
        "no such result is kept; structure the text again",
        headers={"Cache-Status": caching.NOT_KEPT},
    )


def _answer(result_id: str, body: bytes, cache_status: str, *, kept: bool) -> Response[bytes]:
    headers = {"Cache-Status": cache_status, "Cache-Control": caching.KEEP}
    if kept:  # only then is there something to fetch
        address = f"/v1/reports/{result_id}"
        headers |= {"Location": address, "Content-Location": address, "ETag": caching.etag(body)}
    return Response(body, media_type=JSON, headers=headers)


def _unless_known(request: AnyRequest, body: bytes, media_type: str) -> Response[Any]:
    tag = caching.etag(body)
    headers = {"Cache-Status": caching.HIT, "Cache-Control": caching.KEEP, "ETag": tag}
    if caching.matches(request.headers.get("if-none-match"), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
