"""Batches: many reports in, a line each; the answers out, a line each."""

import json
from collections.abc import AsyncIterator
from typing import Final

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from api.errors import BAD_REQUEST, INTERNAL, KINDS, NOT_FOUND, AnyRequest, ProblemError, problem
from api.jobs import RETRY_AFTER_S
from api.offsets import OffsetUnit, in_utf16
from api.uploads import JSON
from groundwork.errors import StoreError, StoreUnavailableError, UnsupportedMediaError
from groundwork.services import Services
from groundwork.store.batches import Kept
from schemas.batch import Batch, BatchAnswer, BatchError

NDJSON: Final = "application/x-ndjson"
LINE_TYPES: Final = (NDJSON, "application/ndjson", "application/jsonl", "text/plain")


@post(
    "/v1/batches",
    status_code=202,
    operation_id="createBatch",
    summary="Structure many reports",
    tags=["batches"],
)
async def create_batch(request: AnyRequest, services: NamedDependency[Services]) -> Response[bytes]:
    """Take reports as lines of ``{"custom_id", "body": {"text"}}`` and return the batch at once.

    The body is read as a stream. A line that is no request is reported by its number and fails
    nothing else. With ``webhook`` the end of the batch is told there.
    """
    if request.content_type[0] not in LINE_TYPES:
        raise UnsupportedMediaError(f"send {NDJSON}: one JSON object a line")
    webhook = await webhook_of(request, services)
    batches = services.background.batches
    batch = await batches.take_in(services.tenant, request.stream(), webhook)
    return _answer(batch, accepted=True)


@get(
    "/v1/batches/{batch_id:str}",
    operation_id="getBatch",
    summary="Ask how far a batch is",
    tags=["batches"],
)
async def get_batch(
    batch_id: FromPath[str], services: NamedDependency[Services]
) -> Response[bytes]:
    """Return a batch: how many lines are done, failed, waiting, and which were no requests."""
    return _answer(_known(await services.background.batches.find(services.tenant, batch_id)))


@get(
    "/v1/batches/{batch_id:str}/results",
    operation_id="getBatchResults",
    summary="Fetch the answers of a batch",
    tags=["batches"],
)
async def get_batch_results(
    batch_id: FromPath[str],
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Stream:
    """Stream the answers, a line each, in the order the reports were sent.

    While the batch runs these are the answers there are so far; once it has ended there is
    exactly one for every line that was sent. The shape is that of OpenAI's Batch API.
    With ``offset_unit=utf16`` the results' ranges count UTF-16 units.
    """
    _known(await services.background.batches.find(services.tenant, batch_id))
    return Stream(
        _lines(services, batch_id, offset_unit),
        media_type=NDJSON,
        headers={"Cache-Control": "no-store"},
    )


@delete(
    "/v1/batches/{batch_id:str}",
    status_code=200,
    operation_id="cancelBatch",
    summary="Cancel a batch",
    tags=["batches"],
)
async def cancel_batch(
    batch_id: FromPath[str], services: NamedDependency[Services]
) -> Response[bytes]:
    """Stop a batch; answers that are there stay. One that has ended stays as it is."""
    return _answer(_known(await services.background.batches.cancel(services.tenant, batch_id)))


@post(
    "/v1/batches/{batch_id:str}/resume",
    status_code=202,
    operation_id="resumeBatch",
    summary="Resume a batch",
    tags=["batches"],
)
async def resume_batch(
    batch_id: FromPath[str], services: NamedDependency[Services]
) -> Response[bytes]:
    """Do again the lines that were cancelled or failed; what succeeded is not done again."""
    batch = await services.background.batches.resume(services.tenant, batch_id)
    return _answer(_known(batch), accepted=True)


async def webhook_of(request: AnyRequest, services: Services) -> str:
    """Return where the end is to be told, or "". Raises InputError for no fit address."""
    url = request.query_params.get("webhook")
    if not url:
        return ""
    sender = services.background.webhooks
    if sender is None:
        raise ProblemError(BAD_REQUEST, "no key for webhooks is configured")
    await sender.check(url)
    return str(url)


def _answer(batch: Batch, *, accepted: bool = False) -> Response[bytes]:
    headers = {"Cache-Control": "no-store"}
    if not batch.state.is_final:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if accepted:
        headers["Location"] = f"/v1/batches/{batch.id}"
    return Response(
        batch.model_dump_json().encode(),
        status_code=202 if accepted else 200,
        media_type=JSON,
        headers=headers,
    )


def _known(batch: Batch | None) -> Batch:
    if batch is None:
        raise ProblemError(NOT_FOUND, "there is no such batch, or it is not kept any more")
    return batch


async def _lines(services: Services, batch_id: str, unit: OffsetUnit) -> AsyncIterator[bytes]:
    async for block in services.background.batches.lines(services.tenant, batch_id):
        for kept in block:
            yield await _line(services, batch_id, kept, unit)


async def _line(services: Services, batch_id: str, kept: Kept, unit: OffsetUnit) -> bytes:
    """Return one line of the answers. A kept result goes out as the bytes it is kept as."""
    line_id = f"{batch_id}-{kept.number}"
    if kept.bad is not None:
        wrong = f"line {kept.number}: {kept.bad.detail}"
        return _failed(line_id, None, "invalid_line", wrong)
    if kept.outcome is None:
        name = str(kept.request.get("custom_id"))
        return _failed(line_id, name, "cancelled", "the batch ended before this line was done")
    name = str(kept.outcome.get("custom_id"))
    if "result_id" not in kept.outcome:
        return _problem_line(line_id, name, kept)
    try:
        body = await services.results.find(str(kept.outcome["result_id"]))
        if unit == "utf16" and body is not None:
            body = await _recounted(services, body)
    except StoreUnavailableError:
        raise  # the stream breaks off, visibly; a line that says less would be taken for the answer
    except StoreError:
        body = None
    if body is None:
        return _failed(line_id, name, "expired", "the result is not kept any more")
    start = f'{{"id":{json.dumps(line_id)},"custom_id":{json.dumps(name, ensure_ascii=False)},'
    start += f'"response":{{"status_code":200,"request_id":{json.dumps(line_id)},"body":'
    return start.encode(errors="replace") + body + b'},"error":null}\n'


async def _recounted(services: Services, body: bytes) -> bytes | None:
    """Return a result in UTF-16 units, or None when its source is not kept any more."""
    sha256 = json.loads(body)["source"]["sha256"]
    source = await services.results.find_source(sha256)
    return None if source is None else in_utf16(body, source.decode())


def _problem_line(line_id: str, name: str, kept: Kept) -> bytes:
    """Return the line of a report that could not be processed, as its own request would answer."""
    outcome = kept.outcome or {}
    kind = str(outcome.get("type"))
    body = problem(kind if kind in KINDS else INTERNAL, str(outcome.get("detail")))
    told = body.model_dump(mode="json", exclude_none=True)
    response = {"status_code": body.status, "request_id": line_id, "body": told}
    line = {"id": line_id, "custom_id": name, "response": response, "error": None}
    return json.dumps(line, ensure_ascii=False).encode(errors="replace") + b"\n"


def _failed(line_id: str, name: str | None, code: str, message: str) -> bytes:
    error = BatchError(code=code, message=message)
    answer = BatchAnswer(id=line_id, custom_id=name, response=None, error=error)
    return answer.model_dump_json().encode() + b"\n"
