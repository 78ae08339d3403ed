"""Estimates: what structuring a text will probably cost, before anything is spent."""

import asyncio
from contextlib import suppress

from litestar import Response, post
from litestar.di import NamedDependency

from api.errors import TIMEOUT, AnyRequest, ProblemError
from api.uploads import JSON, read_source
from groundwork.errors import StoreError
from groundwork.services import Services
from groundwork.text.document import SourceText
from schemas.requests import EstimateAnswer


@post(
    "/v1/estimates",
    status_code=200,
    operation_id="estimateCost",
    summary="Estimate what a report will cost",
    tags=["reports"],
)
async def estimate_cost(
    request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Tell how many calls and tokens structuring this text will probably take.

    Nothing is sent to a model. Rules cost nothing, nor does a result that is kept. Re-asks, which
    an estimate cannot know, come on top.
    """
    source = await read_source(request, services)
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            expected = await services.estimate(source)
            is_kept = await _is_kept(services, source)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the text took too long to read") from None
    body = EstimateAnswer(
        engine=services.engine.info.name,
        model=services.engine.info.model,
        characters=len(source.text),
        kept=is_kept,
        calls=expected.calls,
        prompt_tokens=expected.prompt_tokens,
        completion_tokens=expected.completion_tokens,
        cost=expected.cost,
    )
    return Response(
        body.model_dump_json().encode(), media_type=JSON, headers={"Cache-Control": "no-store"}
    )


async def _is_kept(services: Services, source: SourceText) -> bool:
    with suppress(StoreError):  # then nothing is kept, as far as anyone can tell
        return await services.results.find(services.content_address(source)) is not None
    return False
