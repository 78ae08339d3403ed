"""Comparisons: last year's goals and plans against this year's achievements."""

import asyncio
import json

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from api.errors import NOT_FOUND, TIMEOUT, AnyRequest, ProblemError
from api.offsets import OffsetUnit, Units, recount
from api.uploads import JSON, read_json
from groundwork.comparison import compare
from groundwork.services import Services, Upload
from schemas.comparison import ComparedReport, Comparison, ComparisonRequest, Side
from schemas.result import Result


@post(
    "/v1/comparisons",
    status_code=200,
    operation_id="compareReports",
    summary="Compare two consecutive years",
    tags=["comparisons"],
)
async def compare_reports(
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[bytes]:
    """Follow last year's goals and plans into this year's achievements and problems.

    Each report is a text, or the id of a result that is kept. Indicators are paired by name and
    unit, all at once, each pair with a score; a pair that is not certain is `unsure`, with its
    doubts, and never counted as met or missed. Spans point into the report they came from;
    with ``offset_unit=utf16`` they count its UTF-16 units.
    """
    sent = await read_json(request, services, ComparisonRequest)
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            found = await _compared(services, sent)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the reports took too long to compare") from None
    if offset_unit == "utf16":
        return await _in_utf16(services, sent, found)
    return _answer(found.model_dump_json().encode())


async def _in_utf16(
    services: Services, sent: ComparisonRequest, found: Comparison
) -> Response[bytes]:
    """Let each side count as its own source does."""
    last = await _units(services, sent.last, found.last)
    this = await _units(services, sent.this, found.this)
    answer = found.model_dump(mode="json")
    for followed in answer["followed"]:
        recount(followed["target"], last)
        recount([followed["achieved"], followed["rivals"]], this)
    return _answer(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


async def _units(services: Services, sent: ComparedReport, side: Side) -> Units:
    if sent.text is not None:
        return Units((await services.read(Upload(sent.text))).text)
    kept = await services.results.find_source(side.sha256)
    if kept is None:
        raise ProblemError(NOT_FOUND, "the source of a result is not kept; send the text")
    return Units(kept.decode())


def _answer(body: bytes) -> Response[bytes]:
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


async def _compared(services: Services, sent: ComparisonRequest) -> Comparison:
    last, this = await asyncio.gather(_result(services, sent.last), _result(services, sent.this))
    return await asyncio.to_thread(compare, last, this)


async def _result(services: Services, report: ComparedReport) -> Result:
    """Return the kept result of a report, or make it. Raises ProblemError for an unknown id."""
    if report.text is None:
        body = await services.results.find(report.id or "")
        if body is None:
            raise ProblemError(NOT_FOUND, "no such result is kept; send the text")
    else:
        source = await services.read(Upload(report.text))
        body = (await services.desk.answer(source, services.tenant)).body or b""
    return await asyncio.to_thread(Result.model_validate_json, body)
