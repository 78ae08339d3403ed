"""Verifications: anyone's claims about a source, judged without a model."""

import asyncio

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from api.errors import INVALID_BODY, TIMEOUT, AnyRequest, ProblemError
from api.offsets import OffsetUnit, Units, in_utf16
from api.uploads import JSON, read_json
from groundwork.errors import TooLargeError
from groundwork.services import Services, Upload
from schemas.problem import FieldProblem
from schemas.requests import SpanRange, VerificationAnswer, VerificationRequest


@post(
    "/v1/verifications",
    status_code=200,
    operation_id="verifyClaims",
    summary="Verify claims against a source",
    tags=["verifications"],
)
async def verify_claims(
    request: AnyRequest,
    services: NamedDependency[Services],
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[bytes]:
    """Judge each number of each claim against the cited spans of the source.

    Only the cited spans count as evidence; without ``spans`` the whole source is. A claim's
    verdict is the worst of its numbers': supported, masked, unsupported, contradicted;
    ``unchecked`` when it has none. With ``offset_unit=utf16`` the spans that come in count UTF-16
    units as well as those that go out.
    """
    sent = await read_json(request, services, VerificationRequest)
    if offset_unit == "utf16":
        sent = _from_utf16(sent)
    _check(sent, services)
    await services.read(Upload(sent.source))  # as long and as readable as any other text
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            checked = await services.verify(sent.source, sent.claims)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the claims took too long to judge") from None
    body = VerificationAnswer(claims=checked).model_dump_json().encode()
    if offset_unit == "utf16":
        body = in_utf16(body, sent.source, [claim.text for claim in sent.claims])
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


def _from_utf16(sent: VerificationRequest) -> VerificationRequest:
    """Let the spans of a request count code points; half a character is no place to cut."""
    units, wrong, claims = Units(sent.source), [], []
    for claim_number, claim in enumerate(sent.claims):
        spans = []
        for span_number, span in enumerate(claim.spans or ()):
            start, end = units.to_points(span.start), units.to_points(span.end)
            if start is None or not end:
                place = f"/claims/{claim_number}/spans/{span_number}"
                wrong.append(FieldProblem(pointer=place, detail="cuts a character in two"))
            else:
                spans.append(SpanRange(start=start, end=end))
        counted = None if claim.spans is None else spans
        claims.append(claim.model_copy(update={"spans": counted}))
    if wrong:
        raise ProblemError(INVALID_BODY, f"ranges that do not fit: {len(wrong)}", tuple(wrong[:20]))
    return sent.model_copy(update={"claims": claims})


def _check(sent: VerificationRequest, services: Services) -> None:
    """Refuse what is too much, and ranges that are none, naming their place."""
    limits = services.limits
    if len(sent.claims) > limits.max_claims:
        raise TooLargeError(f"{len(sent.claims)} claims; at most {limits.max_claims} are judged")
    characters = sum(len(claim.text) for claim in sent.claims)
    if characters > limits.max_characters:
        raise TooLargeError(
            f"claims of {characters} characters; at most {limits.max_characters} are read"
        )
    wrong = tuple(
        FieldProblem(
            pointer=f"/claims/{claim_number}/spans/{span_number}",
            detail=f"not a range of the source's {len(sent.source)} characters",
        )
        for claim_number, claim in enumerate(sent.claims)
        for span_number, span in enumerate(claim.spans or ())
        if not span.start < span.end <= len(sent.source)
    )
    if wrong:
        raise ProblemError(INVALID_BODY, f"ranges that do not fit: {len(wrong)}", wrong[:20])
