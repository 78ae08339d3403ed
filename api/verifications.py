"""Verifications: anyone's claims about a source, judged without a model."""

import asyncio

from litestar import Response, post
from litestar.di import NamedDependency

from api.errors import INVALID_BODY, TIMEOUT, AnyRequest, ProblemError
from api.uploads import JSON, read_json
from groundwork.errors import TooLargeError
from groundwork.wiring import Services, Upload
from schemas.problem import FieldProblem
from schemas.requests import VerificationAnswer, VerificationRequest


@post(
    "/v1/verifications",
    status_code=200,
    operation_id="verifyClaims",
    summary="Verify claims against a source",
    tags=["verifications"],
)
async def verify_claims(
    request: AnyRequest, services: NamedDependency[Services]
) -> Response[bytes]:
    """Judge each number of each claim against the cited spans of the source.

    Only the cited spans count as evidence; without ``spans`` the whole source is. A claim's
    verdict is the worst of its numbers': supported, masked, unsupported, contradicted;
    ``unchecked`` when it has none.
    """
    sent = await read_json(request, services, VerificationRequest)
    _check(sent, services)
    await services.read(Upload(sent.source))  # as long and as readable as any other text
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            checked = await services.verify(sent.source, sent.claims)
    except TimeoutError:
        raise ProblemError(TIMEOUT, "the claims took too long to judge") from None
    body = VerificationAnswer(claims=checked).model_dump_json().encode()
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


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
        raise ProblemError(INVALID_BODY, f"{len(wrong)} ranges do not fit", wrong[:20])
