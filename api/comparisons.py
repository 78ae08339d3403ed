"""Comparisons: last year's goals and plans against this year's achievements."""

import asyncio

from litestar import Response, post
from litestar.di import NamedDependency

from api.errors import NOT_FOUND, TIMEOUT, AnyRequest, ProblemError
from api.uploads import JSON, read_json
from groundwork.comparison import compare
from groundwork.services import Services, Upload
from schemas.comparison import ComparedReport, Comparison, ComparisonRequest
from schemas.result import Result


@post(
    "/v1/comparisons",
    status_code=200,
    operation_id="compareReports",
    summary="Compare two consecutive years",
    tags=["comparisons"],
)
async def compare_reports(
    request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Follow last year's goals and plans into this year's achievements and problems.

    Each report is a text, or the id of a result that is kept. Indicators are paired by name and
    unit, all at once, each pair with a score; a pair that is not certain is `unsure`, with its
    doubts, and never counted as met or missed. Spans point into the report they came from.
    """
    sent = await read_json(request, services, ComparisonRequest)
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            found = await _compared(services, sent)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the reports took too long to compare") from None
    body = found.model_dump_json().encode()
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


async def _compared(services: Services, sent: ComparisonRequest) -> Comparison:
    last = await _result(services, sent.last)
    this = await _result(services, sent.this)
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
