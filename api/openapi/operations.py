"""What each operation takes and gives, by operation id: the part no signature tells."""

from typing import Final

from api import errors
from api.openapi import examples
from api.openapi.background import ACCEPTED_JOB, BACKGROUND, PREFER, WEBHOOK
from api.openapi.bodies import json_body, text_body
from api.openapi.comparisons import COMPARISON, COMPARISON_REQUEST
from api.openapi.everywhere import OFFSET_UNIT
from api.openapi.explained import explained_answer
from api.openapi.exports import EXPORT_PARAMETERS, export_answer
from api.openapi.parts import (
    REQUEST_ID,
    Json,
    Operation,
    header,
    in_path,
    json_answer,
    schema_ref,
    wish,
)
from groundwork.errors import (
    DecodingError,
    EmptyTextError,
    EngineError,
    InputError,
    StoreError,
    StoreUnavailableError,
    TooLargeError,
    UnreadableFileError,
    UnsupportedMediaError,
)
from schemas.problem import type_of

_WAYS: Final = (
    "The report: as JSON, as the file itself (plain text, Markdown, HTML, Word, PDF), or as the one"
    " file of a form. What kind of file it is and how it is encoded, its bytes decide."
)


_RESULT_ID: Final = examples.RESULT.id
_ADDRESS: Final = f"/v1/reports/{_RESULT_ID}"
_ETAG: Final = {"ETag": header("Tag of these exact bytes.", '"7c1f0e2d4b6a8c9e0f1a2b3c4d5e6f70"')}
_CACHE_STATUS: Final = {
    "Cache-Status": header("RFC 9211: whether the answer was kept.", "groundwork; hit")
}
_LOCATION: Final = {"Location": header("Where the result can be fetched again.", _ADDRESS)}

_IF_NONE_MATCH: Final = wish(
    "If-None-Match",
    "The ETag of the bytes you have; if they are still the same, the answer is 304.",
    '"7c1f0e2d4b6a8c9e0f1a2b3c4d5e6f70"',
)
_ID_PARAMETER: Final = in_path("result_id", "The `id` of a Result.", _RESULT_ID)
_UNCHANGED: Final = {
    "description": "The bytes you have are the current ones.",
    "headers": REQUEST_ID | _ETAG | _CACHE_STATUS,
}

_BODY_PROBLEMS: Final = (
    errors.MALFORMED_BODY,
    errors.SLOW_BODY,
    type_of(TooLargeError),
    type_of(UnsupportedMediaError),
    errors.INVALID_BODY,
    type_of(EmptyTextError),
    type_of(DecodingError),
    errors.INTERNAL,
    errors.TIMEOUT,
)
_UPLOAD_PROBLEMS: Final = (*_BODY_PROBLEMS, type_of(UnreadableFileError))
_STORE_PROBLEMS: Final = (
    errors.NOT_FOUND,
    errors.INTERNAL,
    type_of(StoreUnavailableError),
    type_of(StoreError),
)

OPERATIONS: Final[dict[str, Operation]] = {
    "structureReport": Operation(
        body=text_body(_WAYS),
        parameters=[
            wish(
                "Cache-Control",
                "`no-cache`: work anew. `no-store`: keep nothing. `only-if-cached`: do no work.",
                "no-cache",
            ),
            PREFER,
            WEBHOOK,
            OFFSET_UNIT,
        ],
        answers={
            200: json_answer(
                "The structured, verified report.",
                "Result",
                examples.plain(examples.RESULT),
                _CACHE_STATUS | _LOCATION | _ETAG,
                name="规则引擎的结果",
            ),
            202: ACCEPTED_JOB,
        },
        problems=(
            *_UPLOAD_PROBLEMS,
            errors.BAD_REQUEST,
            type_of(InputError),
            type_of(EngineError),
            type_of(StoreUnavailableError),
            type_of(StoreError),
            errors.NOT_CACHED,
        ),
    ),
    "getReport": Operation(
        parameters=[_ID_PARAMETER, OFFSET_UNIT, _IF_NONE_MATCH],
        answers={
            200: json_answer(
                "The result, byte for byte as it was first given.",
                "Result",
                examples.plain(examples.RESULT),
                _CACHE_STATUS | _ETAG,
                name="已保存的结果",
            ),
            304: _UNCHANGED,
        },
        problems=(errors.BAD_REQUEST, *_STORE_PROBLEMS),
    ),
    "getReportSource": Operation(
        parameters=[_ID_PARAMETER, _IF_NONE_MATCH],
        answers={
            200: {
                "description": "The source text in UTF-8.",
                "headers": REQUEST_ID | _CACHE_STATUS | _ETAG,
                "content": {
                    "text/plain": {
                        "schema": {"type": "string"},
                        "examples": {"原文": {"value": examples.REPORT}},
                    }
                },
            },
            304: _UNCHANGED,
        },
        problems=_STORE_PROBLEMS,
    ),
    "exportReport": Operation(
        parameters=[_ID_PARAMETER, *EXPORT_PARAMETERS, _IF_NONE_MATCH],
        answers={200: export_answer(REQUEST_ID | _ETAG), 304: _UNCHANGED},
        problems=(errors.BAD_REQUEST, *_STORE_PROBLEMS),
    ),
    "estimateCost": Operation(
        body=text_body(_WAYS),
        answers={
            200: json_answer(
                "What structuring it would probably take.",
                "EstimateAnswer",
                examples.plain(examples.ESTIMATE),
                name="按规则引擎不花费用",
            )
        },
        problems=_UPLOAD_PROBLEMS,
    ),
    "findQuantities": Operation(
        body=text_body(_WAYS),
        parameters=[OFFSET_UNIT],
        answers={
            200: json_answer(
                "Every number of the report text, in text order.",
                "QuantitiesAnswer",
                examples.plain(examples.QUANTITIES),
                name="文中的数字",
            )
        },
        problems=_UPLOAD_PROBLEMS,
    ),
    "verifyClaims": Operation(
        parameters=[OFFSET_UNIT],
        body=json_body(
            "A source and claims about it.",
            "VerificationRequest",
            examples.plain(examples.VERIFICATION_REQUEST),
        ),
        answers={
            200: json_answer(
                "The claims, judged, in the order they came in.",
                "VerificationAnswer",
                examples.plain(examples.VERIFICATION),
                name="一条有据,一条与来源矛盾",
            )
        },
        problems=_BODY_PROBLEMS,
    ),
    "compareReports": Operation(
        body=json_body(
            "Two reports: a text each, or the id of a kept result.",
            "ComparisonRequest",
            examples.plain(COMPARISON_REQUEST),
        ),
        parameters=[OFFSET_UNIT],
        answers={
            200: json_answer(
                "Every target of last year, and what became of it.",
                "Comparison",
                examples.plain(COMPARISON),
                name="目标完成",
            )
        },
        problems=(
            *_BODY_PROBLEMS,
            errors.NOT_FOUND,
            type_of(EngineError),
            type_of(StoreUnavailableError),
            type_of(StoreError),
        ),
    ),
    "isAlive": Operation(
        answers={200: json_answer("The process answers.", "Health", {"status": "ok"}, name="正常")}
    ),
    "isReady": Operation(
        answers={
            200: json_answer(
                "The work can be done; `degraded` when results cannot be kept.",
                "Health",
                {"status": "ok", "store": "ok"},
                name="正常",
            )
        }
    ),
    "getMetrics": Operation(
        answers={
            200: {
                "description": "The figures in Prometheus' text format.",
                "headers": REQUEST_ID,
                "content": {
                    "text/plain": {
                        "schema": {"type": "string"},
                        "examples": {"指标": {"summary": "指标", "value": examples.FIGURES}},
                    }
                },
            }
        },
        problems=(errors.UNAUTHENTICATED, errors.RATE_LIMITED, errors.INTERNAL),
    ),
    "explainProblem": Operation(
        parameters=[
            {
                "name": "name",
                "in": "path",
                "required": True,
                "description": "The last part of a problem's `type`.",
                "schema": {"type": "string"},
                "example": "empty-text",
            }
        ],
        answers={200: explained_answer()},
        problems=(errors.NOT_FOUND, errors.INTERNAL),
    ),
} | BACKGROUND


def responses(operation: Operation) -> Json:
    """Return every answer of an operation by status, its problems included."""
    found: Json = {str(status): answer for status, answer in operation.answers.items()}
    for kind in operation.problems:
        known = errors.KINDS[kind]
        answer = found.setdefault(
            str(known.status),
            {
                "description": "",
                "headers": REQUEST_ID,
                "content": {errors.PROBLEM_JSON: {"schema": schema_ref("Problem"), "examples": {}}},
            },
        )
        listed = answer["content"][errors.PROBLEM_JSON]["examples"]
        listed[kind.rpartition("/")[2]] = {
            "summary": known.zh,
            "value": examples.problem_example(kind),
        }
        answer["description"] = "; ".join(filter(None, (answer["description"], known.title)))
    return dict(sorted(found.items()))
