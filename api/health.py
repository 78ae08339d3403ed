"""Health, and the meaning of problems: what machines and people ask when something is off."""

import asyncio
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.errors import NOT_FOUND, AnyRequest, ProblemError, explain
from api.uploads import JSON
from api.web.problems import problem_page
from groundwork.errors import StoreError
from groundwork.metrics import CONTENT_TYPE, Metrics
from groundwork.services import Services
from schemas.base import Schema
from schemas.problem import ProblemType
from schemas.requests import Health

_FRESH: Final = {"Cache-Control": "no-store", "Vary": "Accept"}


@get("/livez", operation_id="isAlive", summary="Tell whether the process answers", tags=["service"])
async def livez() -> Response[bytes]:
    """Answer, and look at nothing else."""
    return _uncached(Health(status="ok"))


@get(
    "/readyz", operation_id="isReady", summary="Tell whether the work can be done", tags=["service"]
)
async def readyz(services: NamedDependency[Services]) -> Response[bytes]:
    """Tell how the store is.

    Without it reports are structured all the same, though not kept: that is ``degraded``, with
    status 200, because taking the service away would help nobody.
    """
    try:
        await services.ping_store()
    except StoreError:
        return _uncached(Health(status="degraded", store="unavailable"))
    return _uncached(Health(status="ok", store="ok"))


@get("/metrics", operation_id="getMetrics", summary="Read the service's figures", tags=["service"])
async def read_metrics(metrics: NamedDependency[Metrics]) -> Response[bytes]:
    """Return requests, durations, cache, verdicts and tokens in Prometheus' text format.

    They count over all tenants: where API keys are needed, they answer to a token of their own,
    the setting `metrics_token`.
    """
    metrics.settle()
    text = await asyncio.to_thread(metrics.text)
    return Response(text, media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


@get(
    "/problems/{name:str}",
    operation_id="explainProblem",
    summary="Explain a type of problem",
    tags=["service"],
)
async def explain_problem(name: FromPath[str], request: AnyRequest) -> Response[bytes]:
    """Say what the ``type`` of an error answer means, to a browser as a page."""
    found: ProblemType | None = explain(f"/problems/{name}")
    if found is None:
        raise ProblemError(NOT_FOUND, "there is no problem of this type")
    if "text/html" in request.headers.get("accept", ""):
        return Response(problem_page(found), media_type="text/html", headers=_FRESH)
    return _uncached(found)


def _uncached(body: Schema) -> Response[bytes]:
    return Response(
        body.model_dump_json(exclude_none=True).encode(),
        media_type=JSON,
        headers=_FRESH,
    )
