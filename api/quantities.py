"""Quantities: every number of a text, no model involved."""

import asyncio

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from api.errors import TIMEOUT, AnyRequest, ProblemError
from api.offsets import OffsetUnit, in_utf16
from api.uploads import JSON, read_source
from groundwork.services import Services
from schemas.requests import QuantitiesAnswer


@post(
    "/v1/quantities",
    status_code=200,
    operation_id="findQuantities",
    summary="Find every number of a text",
    tags=["quantities"],
)
async def find_quantities(
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[bytes]:
    """Return every number of the report text: where it stands, how much it is, and of what.

    A masked number (xx家, *%) is listed without a value. Numbers of site noise are not listed.
    """
    source = await read_source(request, services)
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            found = await services.quantities(source)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the text took too long to read") from None
    body = QuantitiesAnswer(quantities=found).model_dump_json().encode()
    if offset_unit == "utf16":
        body = in_utf16(body, source.text)
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})
