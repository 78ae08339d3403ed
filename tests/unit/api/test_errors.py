"""One body for every error; hostile input ends in a 4xx that quotes nothing of it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from api import errors
from api.uploads import parse
from groundwork.errors import (
    EmptyTextError,
    EngineError,
    GroundworkError,
    InputError,
    StoreError,
)
from schemas.problem import Problem
from schemas.requests import TextRequest, VerificationRequest
from schemas.result import Result

pytestmark = pytest.mark.anyio

JSON = "application/json"
FORM = "multipart/form-data; boundary=x"
SECRET = "内部秘密数字8848"


def part(head: str, content: bytes = b"a") -> bytes:
    return b"--x\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n--x--\r\n"


TEXT_BODIES = [
    (JSON, b"", 400, "malformed-body"),
    (JSON, b"{", 400, "malformed-body"),
    (JSON, b'{"text": "\xff\xfe"}', 400, "malformed-body"),
    (JSON, b'{"text": "\xed\xa0\x80"}', 400, "malformed-body"),
    (JSON, b'{"text": "\\ud800"}', 400, "malformed-body"),
    (JSON, b"[" * 100_000, 400, "malformed-body"),
    (JSON, b'{"a":' * 30_000, 400, "malformed-body"),
    (JSON, b'{"text": ' + b"9" * 10_000 + b"}", 400, "malformed-body"),
    (JSON, '{"text": "今年"}'.encode("gb18030"), 400, "malformed-body"),
    (JSON, b'{"text": NaN}', 422, "invalid-body"),
    (JSON, b'{"text": null}', 422, "invalid-body"),
    (JSON, b'["text"]', 422, "invalid-body"),
    (JSON, b'{"text": "a", "more": Infinity}', 422, "invalid-body"),
    (JSON, b'{"text": ""}', 422, "empty-text"),
    (JSON, b'{"text": " \\n\\t\\u3000"}', 422, "empty-text"),
    (JSON, json.dumps({"text": "长" * 20_001}).encode(), 413, "too-large"),
    ("text/plain", b"", 422, "empty-text"),
    ("text/plain", bytes(range(256)) * 4, 422, "decoding"),
    ("text/plain", "长".encode() * 20_001, 413, "too-large"),
    ("text/plain", b"a" * 200_001, 413, "too-large"),
    ("text/plain; charset=none-such", b"\xff\xfd\xfc\x00\x01", 422, "decoding"),
    ("application/x-www-form-urlencoded", b"text=a", 415, "unsupported-media"),
    ("image/png", b"\x89PNG", 415, "unsupported-media"),
    ("", b"text", 415, "unsupported-media"),
    ("multipart/form-data", b"--x--", 400, "malformed-body"),
    (FORM, b"", 422, "invalid-body"),
    (FORM, b"nothing of the kind", 400, "malformed-body"),
    (FORM, part('Content-Disposition: form-data; name="file"'), 422, "invalid-body"),
    (
        FORM,
        part('Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=no'),
        400,
        "malformed-body",
    ),
    (FORM, part('Content-Disposition: form-data; name="a"', b"\xff"), 400, "malformed-body"),
]


def assert_problem(answer: Any, status: int, name: str) -> Problem:
    assert answer.headers["content-type"] == "application/problem+json"
    body = Problem.model_validate_json(answer.content)
    assert (answer.status_code, body.type) == (status, f"/problems/{name}"), answer.text
    assert body.status == status
    assert body.request_id == answer.headers["x-request-id"]
    assert (body.title, body.zh) == (errors.KINDS[body.type].title, errors.KINDS[body.type].zh)
    return body


@pytest.mark.parametrize("address", ["/v1/reports", "/v1/quantities"])
@pytest.mark.parametrize(
    ("media_type", "body", "status", "name"), TEXT_BODIES, ids=lambda value: repr(value)[:30]
)
async def test_bodies_that_cannot_be_read(
    client: Any, address: str, media_type: str, body: bytes, status: int, name: str
) -> None:
    answer = await client.post(address, content=body, headers={"content-type": media_type})
    assert_problem(answer, status, name)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/source", "/claims"]),
        ({"source": "a", "claims": [{"id": "1"}]}, ["/claims/0/text"]),
        ({"source": "a", "claims": [{"id": 1, "text": "a"}]}, ["/claims/0/id"]),
        (
            {
                "source": "abc",
                "claims": [{"id": "1", "text": "a", "spans": [{"start": 0, "end": 4}]}],
            },
            ["/claims/0/spans/0"],
        ),
        (
            {
                "source": "abc",
                "claims": [{"id": "1", "text": "a", "spans": [{"start": 2, "end": 2}]}],
            },
            ["/claims/0/spans/0"],
        ),
        ({"source": "a", "claims": [], "a/b~c": 1}, ["/a~1b~0c"]),
    ],
)
async def test_fields_that_do_not_fit_are_pointed_at(
    client: Any, body: dict[str, Any], pointers: list[str]
) -> None:
    answer = await client.post("/v1/verifications", json=body)
    problem = assert_problem(answer, 422, "invalid-body")
    assert [field.pointer for field in problem.errors or ()] == pointers


async def test_a_thousand_wrong_fields_make_a_short_answer(client: Any) -> None:
    body = {"source": "a", "claims": [{"no": 1}] * 1000}
    answer = await client.post("/v1/verifications", json=body)
    assert len(assert_problem(answer, 422, "invalid-body").errors or ()) == 20
    assert len(answer.content) < 5000


async def test_too_many_claims(client: Any) -> None:
    claims = [{"id": "1", "text": "a"}] * 21
    answer = await client.post("/v1/verifications", json={"source": "a", "claims": claims})
    assert_problem(answer, 413, "too-large")


async def test_claims_are_only_read_as_json(client: Any) -> None:
    answer = await client.post("/v1/verifications", content=b"a")
    assert_problem(answer, 415, "unsupported-media")


@pytest.mark.parametrize(
    ("method", "address", "status", "name"),
    [
        ("GET", "/none-such", 404, "not-found"),
        ("GET", "/v2/reports", 404, "not-found"),
        ("GET", "/v1/reports/a/b/c", 404, "not-found"),
        ("GET", "/problems/none-such", 404, "not-found"),
        ("GET", "/vendor/../app.py", 404, "not-found"),
        ("GET", "/vendor/%2e%2e/%2e%2e/app.py", 404, "not-found"),
        ("GET", "/schema/none-such.json", 404, "not-found"),
        ("DELETE", "/v1/reports", 405, "method-not-allowed"),
        ("POST", "/livez", 405, "method-not-allowed"),
        ("PATCH", "/v1/quantities", 405, "method-not-allowed"),
    ],
)
async def test_unknown_addresses_and_methods(
    client: Any, method: str, address: str, status: int, name: str
) -> None:
    answer = await client.request(method, address)
    assert_problem(answer, status, name)
    assert ("allow" in answer.headers) == (status == 405)


async def test_what_nobody_foresaw_says_nothing(
    serve: Any, scripted: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = await serve(engine=scripted(failure=RuntimeError(SECRET)))
    answer = await client.post("/v1/reports", json={"text": f"新增{SECRET}家。"})
    assert_problem(answer, 500, "internal")
    assert SECRET not in answer.text
    logged = "".join(capsys.readouterr())
    assert "RuntimeError" in logged
    assert SECRET not in logged


@pytest.mark.parametrize("body", [f'{{"text": 1, "{SECRET}', f'{{"text": ["{SECRET}"]}}'])
async def test_an_error_quotes_no_body(client: Any, body: str) -> None:
    answer = await client.post("/v1/reports", content=body.encode(), headers={"content-type": JSON})
    assert answer.status_code in {400, 422}
    assert SECRET not in answer.text


def all_errors(*roots: type[GroundworkError]) -> list[type[GroundworkError]]:
    return [each for root in roots for each in (root, *all_errors(*root.__subclasses__()))]


@pytest.mark.parametrize(
    "kind", all_errors(InputError, StoreError, EngineError), ids=lambda kind: kind.__name__
)
def test_every_core_error_has_a_row_or_its_parent_has(kind: type[GroundworkError]) -> None:
    known = errors.KINDS[errors._kind_of(kind("reason"))]
    assert known is not errors.KINDS[errors.INTERNAL]
    assert (known.status < 500) == issubclass(kind, InputError)


def test_an_error_without_a_row_takes_its_parents() -> None:
    class OddTextError(EmptyTextError):
        pass

    assert errors._kind_of(OddTextError("")) == "/problems/empty-text"


async def test_every_type_explains_itself(client: Any) -> None:
    for kind, known in errors.KINDS.items():
        answer = await client.get(kind)
        assert answer.status_code == 200
        assert answer.json()["zh"] == known.zh


WORDS = st.text(st.characters(categories=["L", "N", "P", "Z", "S"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.integers(0, 40), st.binary(max_size=3))
@pytest.mark.parametrize("model", [TextRequest, VerificationRequest])
def test_any_bytes_are_a_body_or_a_problem(
    model: type[TextRequest], value: Any, cut: int, noise: bytes
) -> None:
    whole = TypeAdapter(Any).dump_json(value)
    for body in (whole, whole[:cut] + noise + whole[cut:], noise):
        refused = None
        try:
            parse(body, model)
        except errors.ProblemError as error:
            refused = error.kind
        assert refused in {None, errors.MALFORMED_BODY, errors.INVALID_BODY}


def test_a_result_is_no_problem() -> None:
    assert "type" not in Result.model_fields
