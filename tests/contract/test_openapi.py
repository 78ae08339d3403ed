"""The OpenAPI document: complete, consistent with the schemas, and the same as what is served."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from api.app import create_app
from api.errors import KINDS, PROBLEM_JSON
from api.openapi import examples
from api.openapi.operations import OPERATIONS
from groundwork.settings import Settings
from schemas.comparison import Comparison, ComparisonRequest
from schemas.problem import Problem, ProblemType
from schemas.requests import (
    Health,
    QuantitiesAnswer,
    TextRequest,
    VerificationAnswer,
    VerificationRequest,
)
from schemas.result import Result

MODELS = {
    model.__name__: model
    for model in (
        Health,
        Problem,
        ProblemType,
        QuantitiesAnswer,
        Result,
        TextRequest,
        VerificationAnswer,
        VerificationRequest,
        Comparison,
        ComparisonRequest,
    )
}
METHODS = {"get", "put", "post", "delete", "patch"}
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    return create_app(Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def document(app: Litestar) -> dict[str, Any]:
    return json.loads(json.dumps(app.openapi_schema.to_schema()))  # type: ignore[no-any-return]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (status or "body", media type, what it holds)."""
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield "body", media_type, content
    for status, answer in operation["responses"].items():
        for media_type, content in answer.get("content", {}).items():
            yield status, media_type, content


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert {"title", "version", "description", "license"} <= document["info"].keys()
    declared = {tag["name"] for tag in document["tags"]}
    assert all(CHINESE.search(tag["description"]) for tag in document["tags"])
    used = {tag for _, _, operation in operations(document) for tag in operation["tags"]}
    assert used == declared


def test_it_keeps_to_the_standard_in_every_detail(document: dict[str, Any]) -> None:
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def samples(document: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any], Any]]:
    """Yield (where, schema, example) of everything that has an example."""
    for path, method, operation in operations(document):
        for each in operation.get("parameters", []):
            yield (method, path, each["name"]), each["schema"], each["example"]
        for status, answer in operation["responses"].items():
            for name, header in answer.get("headers", {}).items():
                yield (method, path, status, name), header["schema"], header["example"]
        for part, media_type, content in contents(operation):
            for name, example in content.get("examples", {}).items():
                yield (method, path, part, media_type, name), content["schema"], example["value"]
    for schema in walk(document["components"]["schemas"]):
        for example in schema["examples"] if isinstance(schema.get("examples"), list) else []:
            yield schema.get("title"), schema, example


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    found = list(samples(document))
    assert len(found) > 300
    for where, schema, example in found:
        whole = {**schema, "components": document["components"]}
        judge = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        assert [error.message for error in judge.iter_errors(example)] == [], where


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    used = {each["$ref"] for each in walk(document) if isinstance(each.get("$ref"), str)}
    assert used <= known


def test_every_operation_is_described_once(document: dict[str, Any]) -> None:
    found = [operation["operationId"] for _, _, operation in operations(document)]
    assert sorted(found) == sorted(OPERATIONS)
    for path, method, operation in operations(document):
        where = f"{method} {path}"
        assert operation["summary"].strip(), where
        assert operation["description"].strip(), where
        assert len(operation["tags"]) == 1, where
        named = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), where
        for each in operation.get("parameters", []):
            assert each["description"], where
            assert "example" in each or "examples" in each, where


def test_every_answer_has_a_description_and_an_example(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert answer["description"], (method, path, status)
        for part, media_type, content in contents(operation):
            where = (method, path, part, media_type)
            binary = (
                content["schema"].get("format") == "binary" or "properties" in content["schema"]
            )
            assert binary or content.get("examples"), where
            if int(part) >= 400 if part != "body" else False:
                assert media_type == PROBLEM_JSON, where


def test_examples_are_valid_and_chinese(document: dict[str, Any]) -> None:
    checked = 0
    for path, method, operation in operations(document):
        for part, media_type, content in contents(operation):
            name = content["schema"].get("$ref", "").rpartition("/")[2]
            for example in content.get("examples", {}).values():
                if name in MODELS:
                    MODELS[name].model_validate_json(json.dumps(example["value"]))
                    checked += 1
                if not path.endswith(("z", "/metrics")):  # health has no words in it
                    text = json.dumps(example, ensure_ascii=False)
                    assert CHINESE.search(text), (method, path, part, media_type)
    assert checked > 30


def test_every_problem_stands_under_its_status(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            problems = answer.get("content", {}).get(PROBLEM_JSON, {}).get("examples", {})
            for name, example in problems.items():
                where = (method, path, status, name)
                assert example["value"]["type"] == f"/problems/{name}", where
                assert example["value"]["status"] == int(status), where
                assert KINDS[f"/problems/{name}"].status == int(status), where


def test_decimals_are_strings_and_fields_have_descriptions(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"} in schemas["Quantity"]["properties"][
        "value"
    ]["anyOf"]
    for name in ("Item", "Quantity", "QuantityCheck", "Report", "Result", "Span"):
        assert schemas[name]["description"], name


def test_the_example_result_keeps_our_promises() -> None:
    result = examples.RESULT
    (report,) = result.reports
    for quantity in report.quantities:
        span = quantity.span
        assert examples.REPORT[span.start : span.end] == span.quote
    for item in report.items:
        for span in item.evidence:
            assert examples.REPORT[span.start : span.end] == span.quote
        for check in item.quantities:
            span = check.quantity.span
            assert item.text[span.start : span.end] == span.quote
    used = {check.source.id for item in report.items for check in item.quantities if check.source}
    assert {quantity.id for quantity in report.quantities} - used == set(report.unclaimed)


def test_every_route_is_in_the_document_or_meant_not_to_be(
    app: Litestar, document: dict[str, Any]
) -> None:
    served = {
        route.path.replace(":str", "")
        for route in app.routes
        if route.path != "/" and not route.path.startswith(("/schema", "/vendor", "/viewer"))
    }
    assert served == set(document["paths"])


@pytest.mark.anyio
async def test_the_document_is_what_is_served(tmp_path: Path, document: dict[str, Any]) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    async with AsyncTestClient(create_app(settings)) as client:
        answer = await client.get("/schema/openapi.json")
    assert answer.json() == document


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
