"""What each operation takes and gives, by operation id: the part no signature tells."""

from dataclasses import dataclass, field
from typing import Any, Final

from api import errors
from api.openapi import examples
from api.openapi.exports import EXPORT_PARAMETERS, export_answer
from api.uploads import JSON, MULTIPART, RAW_TYPES
from groundwork.errors import (
    DecodingError,
    EmptyTextError,
    EngineError,
    StoreError,
    StoreUnavailableError,
    TooLargeError,
    UnreadableFileError,
    UnsupportedMediaError,
)
from groundwork.text.decode.sniff import HTML, MARKDOWN, PLAIN
from schemas.problem import type_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """The request body, the answers and the headers of one operation."""

    answers: dict[int, Json]
    problems: tuple[str, ...] = (errors.INTERNAL,)
    body: Json | None = None
    parameters: list[Json] = field(default_factory=list)


_WAYS: Final = (
    "The report: as JSON, as the file itself (plain text, Markdown, HTML, Word, PDF), or as the one"
    " file of a form. What kind of file it is and how it is encoded, its bytes decide."
)


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _header(description: str, example: str) -> Json:
    return {"description": description, "schema": {"type": "string"}, "example": example}


_RESULT_ID: Final = examples.RESULT.id
_ADDRESS: Final = f"/v1/reports/{_RESULT_ID}"
_REQUEST_ID: Final = {
    "X-Request-Id": _header("The id of this request, as in the log.", "5f0c1c3e9a7b4d0e8f2a6b1c")
}
_ETAG: Final = {"ETag": _header("Tag of these exact bytes.", '"7c1f0e2d4b6a8c9e0f1a2b3c4d5e6f70"')}
_CACHE_STATUS: Final = {
    "Cache-Status": _header("RFC 9211: whether the answer was kept.", "groundwork; hit")
}
_LOCATION: Final = {"Location": _header("Where the result can be fetched again.", _ADDRESS)}


def _json(
    description: str, schema: str, example: Json, headers: Json | None = None, name: str = "示例"
) -> Json:
    return {
        "description": description,
        "headers": _REQUEST_ID | (headers or {}),
        "content": {JSON: {"schema": _ref(schema), "examples": {name: {"value": example}}}},
    }


def _text_body(summary: str) -> Json:
    text = {"type": "string", "minLength": 1, "pattern": r"\S"}
    file = {"type": "string", "format": "binary", "minLength": 1}
    raw: Json = {kind: {"schema": text if kind.startswith("text/") else file} for kind in RAW_TYPES}
    raw[PLAIN]["examples"] = {"纯文本": {"value": examples.REPORT}}
    raw[MARKDOWN]["examples"] = {"Markdown": {"value": f"# {examples.REPORT}"}}
    raw[HTML]["examples"] = {"网页": {"value": f"<article><pre>{examples.REPORT}</pre></article>"}}
    form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
    return {
        "required": True,
        "description": summary,
        "content": {
            JSON: {
                "schema": _ref("TextRequest"),
                "examples": {"一份简短的工作总结": {"value": {"text": examples.REPORT}}},
            },
            **raw,
            MULTIPART: {"schema": form},
        },
    }


def _json_body(summary: str, schema: str, example: Json) -> Json:
    return {
        "required": True,
        "description": summary,
        "content": {JSON: {"schema": _ref(schema), "examples": {"示例": {"value": example}}}},
    }


def _wish(name: str, description: str, example: str) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


_IF_NONE_MATCH: Final = _wish(
    "If-None-Match",
    "The ETag of the bytes you have; if they are still the same, the answer is 304.",
    '"7c1f0e2d4b6a8c9e0f1a2b3c4d5e6f70"',
)
_ID_PARAMETER: Final = {
    "name": "result_id",
    "in": "path",
    "required": True,
    "description": "The `id` of a Result.",
    "schema": {"type": "string"},
    "example": _RESULT_ID,
}
_UNCHANGED: Final = {
    "description": "The bytes you have are the current ones.",
    "headers": _REQUEST_ID | _ETAG | _CACHE_STATUS,
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
        body=_text_body(_WAYS),
        parameters=[
            _wish(
                "Cache-Control",
                "`no-cache`: work anew. `no-store`: keep nothing. `only-if-cached`: do no work.",
                "no-cache",
            )
        ],
        answers={
            200: _json(
                "The structured, verified report.",
                "Result",
                examples.plain(examples.RESULT),
                _CACHE_STATUS | _LOCATION | _ETAG,
                name="规则引擎的结果",
            )
        },
        problems=(*_UPLOAD_PROBLEMS, type_of(EngineError), errors.NOT_CACHED),
    ),
    "getReport": Operation(
        parameters=[_ID_PARAMETER, _IF_NONE_MATCH],
        answers={
            200: _json(
                "The result, byte for byte as it was first given.",
                "Result",
                examples.plain(examples.RESULT),
                _CACHE_STATUS | _ETAG,
                name="已保存的结果",
            ),
            304: _UNCHANGED,
        },
        problems=_STORE_PROBLEMS,
    ),
    "getReportSource": Operation(
        parameters=[_ID_PARAMETER, _IF_NONE_MATCH],
        answers={
            200: {
                "description": "The source text in UTF-8.",
                "headers": _REQUEST_ID | _CACHE_STATUS | _ETAG,
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
        answers={200: export_answer(_REQUEST_ID | _ETAG), 304: _UNCHANGED},
        problems=(errors.BAD_REQUEST, *_STORE_PROBLEMS),
    ),
    "findQuantities": Operation(
        body=_text_body(_WAYS),
        answers={
            200: _json(
                "Every number of the report text, in text order.",
                "QuantitiesAnswer",
                examples.plain(examples.QUANTITIES),
                name="文中的数字",
            )
        },
        problems=_UPLOAD_PROBLEMS,
    ),
    "verifyClaims": Operation(
        body=_json_body(
            "A source and claims about it.",
            "VerificationRequest",
            examples.plain(examples.VERIFICATION_REQUEST),
        ),
        answers={
            200: _json(
                "The claims, judged, in the order they came in.",
                "VerificationAnswer",
                examples.plain(examples.VERIFICATION),
                name="一条有据,一条与来源矛盾",
            )
        },
        problems=_BODY_PROBLEMS,
    ),
    "isAlive": Operation(
        answers={200: _json("The process answers.", "Health", {"status": "ok"}, name="正常")}
    ),
    "isReady": Operation(
        answers={
            200: _json(
                "The work can be done; `degraded` when results cannot be kept.",
                "Health",
                {"status": "ok", "store": "ok"},
                name="正常",
            )
        }
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
        answers={
            200: _json(
                "What the type means.",
                "ProblemType",
                examples.plain(_EXPLAINED)
                if (_EXPLAINED := errors.explain(type_of(EmptyTextError)))
                else {},
                name="空文本",
            )
        },
        problems=(errors.NOT_FOUND, errors.INTERNAL),
    ),
}


def responses(operation: Operation) -> Json:
    """Return every answer of an operation by status, its problems included."""
    found: Json = {str(status): answer for status, answer in operation.answers.items()}
    for kind in operation.problems:
        known = errors.KINDS[kind]
        answer = found.setdefault(
            str(known.status),
            {
                "description": "",
                "headers": _REQUEST_ID,
                "content": {errors.PROBLEM_JSON: {"schema": _ref("Problem"), "examples": {}}},
            },
        )
        listed = answer["content"][errors.PROBLEM_JSON]["examples"]
        listed[kind.rpartition("/")[2]] = {
            "summary": known.zh,
            "value": examples.problem_example(kind),
        }
        answer["description"] = "; ".join(filter(None, (answer["description"], known.title)))
    return dict(sorted(found.items()))
