"""The parts that operations are described with: bodies, answers, headers, parameters."""

from dataclasses import dataclass, field
from typing import Any, Final

from api import errors
from api.uploads import JSON

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """The request body, the answers and the headers of one operation."""

    answers: dict[int, Json]
    problems: tuple[str, ...] = (errors.INTERNAL,)
    body: Json | None = None
    parameters: list[Json] = field(default_factory=list)


def schema_ref(name: str) -> Json:
    """Point at one of the component schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def header(description: str, example: str) -> Json:
    """Describe a header of an answer."""
    return {"description": description, "schema": {"type": "string"}, "example": example}


REQUEST_ID: Final = {
    "X-Request-Id": header("The id of this request, as in the log.", "5f0c1c3e9a7b4d0e8f2a6b1c")
}


def json_answer(
    description: str, schema: str, example: Json, headers: Json | None = None, name: str = "示例"
) -> Json:
    """Describe an answer in JSON."""
    shown = {name: {"summary": name, "value": example}}
    return {
        "description": description,
        "headers": REQUEST_ID | (headers or {}),
        "content": {JSON: {"schema": schema_ref(schema), "examples": shown}},
    }


def wish(name: str, description: str, example: str) -> Json:
    """Describe a request header that may be left out."""
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def asked(name: str, description: str, schema: Json, example: str | int) -> Json:
    """Describe a query parameter that may be left out."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "example": example,
    }


def in_path(name: str, description: str, example: str) -> Json:
    """Describe a part of the path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }
