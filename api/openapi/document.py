"""Putting the document together: the framework knows the routes, the schemas know the words.

Components come from Pydantic itself: the framework's own rendering would call a decimal that
travels as a string a number.
"""

from importlib.metadata import version
from typing import Any, Final

from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import License, OpenAPI, Server, Tag
from pydantic.json_schema import models_json_schema

from api.openapi.everywhere import SECURITY_SCHEMES, secured, with_common
from api.openapi.operations import OPERATIONS, responses
from api.openapi.playground import Playground
from schemas.batch import Batch, BatchAnswer, BatchLine
from schemas.comparison import Comparison, ComparisonRequest
from schemas.job import Job
from schemas.problem import Problem, ProblemType
from schemas.requests import (
    EstimateAnswer,
    Health,
    QuantitiesAnswer,
    TextRequest,
    VerificationAnswer,
    VerificationRequest,
)
from schemas.result import Result

_DESCRIPTION: Final = """\
把工作报告整理为**目标、成效、问题、计划**，每条陈述指向原文的确切字符，每个数字都与其来源逐一核对。

Offsets are half-open `[start, end)` and count Unicode code points of the source text:
`source[start:end] == quote` for every span of every answer. Decimals travel as strings.
`offset_unit=utf16` counts UTF-16 units instead, for readers in JavaScript and Java.
Errors are problem details (RFC 9457); their `type` is stable and explained at its own address.
"""
_REQUESTS: Final = (TextRequest, VerificationRequest, ComparisonRequest, BatchLine)
_ANSWERS: Final = (
    Job,
    Batch,
    BatchAnswer,
    Result,
    QuantitiesAnswer,
    VerificationAnswer,
    EstimateAnswer,
    Comparison,
    Health,
    Problem,
    ProblemType,
)


class _Document(OpenAPI):
    """The framework's document, completed when it is written out."""

    def to_schema(self) -> dict[str, Any]:
        """Return the document as JSON values."""
        document = super().to_schema()
        document["components"] = {
            "schemas": component_schemas(),
            "securitySchemes": SECURITY_SCHEMES,
        }
        for path, item in document["paths"].items():
            for method, operation in item.items():
                _complete(operation, path, method)
        return document


class DocumentConfig(OpenAPIConfig):
    """How the framework is told to write our document."""

    def to_openapi_schema(self) -> OpenAPI:
        """Return the document without its paths, which the framework adds."""
        made = super().to_openapi_schema()
        return _Document(
            info=made.info,
            servers=made.servers,
            tags=made.tags,
            components=made.components,
            paths=made.paths,
        )


def document_config() -> DocumentConfig:
    """Return the configuration of ``/schema``."""
    return DocumentConfig(
        title="Groundwork",
        version=version("groundwork"),
        description=_DESCRIPTION,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        servers=[Server(url="/")],
        tags=[
            Tag(name="reports", description="报告结构化与取回结果"),
            Tag(name="jobs", description="后台任务：查询、跟踪、取消"),
            Tag(name="batches", description="批量提交与取回结果"),
            Tag(name="quantities", description="找出文中的每个数字"),
            Tag(name="verifications", description="对照来源核对结论"),
            Tag(name="comparisons", description="去年的目标与今年的成效逐项对照"),
            Tag(name="service", description="健康检查与错误说明"),
        ],
        path="/schema",
        render_plugins=[Playground()],
        use_handler_docstrings=True,
    )


def component_schemas() -> dict[str, Any]:
    """Return the schemas of everything that is sent or answered, by name."""
    wanted = [(model, "validation") for model in _REQUESTS]
    answers = [(model, "serialization") for model in _ANSWERS]
    _, definitions = models_json_schema(
        [*wanted, *answers],  # type: ignore[list-item]
        ref_template="#/components/schemas/{model}",
    )
    return dict(sorted(definitions["$defs"].items()))


def _complete(operation: dict[str, Any], path: str, method: str) -> None:
    known = with_common(OPERATIONS[operation["operationId"]], path, method)
    if wanted := secured(path):
        operation["security"] = wanted
    operation["responses"] = responses(known)
    if known.parameters:
        operation["parameters"] = known.parameters
    if known.body is not None:
        operation["requestBody"] = known.body
