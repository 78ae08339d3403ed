"""Manners of HTTP: HEAD, Allow, packed bodies, addresses below /schema, and what refusals say."""

import gzip
import json
from typing import Any

import pytest

from api.errors import PROBLEM_JSON

pytestmark = pytest.mark.anyio

REPORT = "绿溪镇2023年工作总结\n\n一、主要成效\n新建公园3个,同比增长50%。\n"


async def test_head_tells_what_get_would_without_the_body(client: Any) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    address = made.headers["location"]
    for path in (address, f"{address}/source", f"{address}/export?format=csv", "/livez", "/"):
        get, head = await client.get(path), await client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        for name in ("etag", "content-type", "content-length", "cache-status"):
            assert head.headers.get(name) == get.headers.get(name), (path, name)
    unknown = await client.head("/v1/reports/" + "0" * 64)
    assert (unknown.status_code, unknown.content) == (404, b"")
    kept = await client.head(address, headers={"if-none-match": made.headers["etag"]})
    assert kept.status_code == 304


@pytest.mark.parametrize(
    ("method", "path", "methods"),
    [
        ("PUT", "/v1/reports", {"POST", "OPTIONS"}),
        ("GET", "/v1/reports", {"POST", "OPTIONS"}),
        ("POST", "/v1/jobs/x", {"DELETE", "GET", "HEAD", "OPTIONS"}),
        ("HEAD", "/v1/jobs/x/events", {"GET", "OPTIONS"}),
        ("DELETE", "/livez", {"GET", "HEAD", "OPTIONS"}),
        ("OPTIONS", "/v1/batches/x", {"DELETE", "GET", "HEAD", "OPTIONS"}),
    ],
)
async def test_allow_names_every_method(
    client: Any, method: str, path: str, methods: set[str]
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == (204 if method == "OPTIONS" else 405)
    assert set(answer.headers["allow"].split(", ")) == methods


@pytest.mark.parametrize("coding", ["gzip", "br", "Deflate"])
async def test_a_packed_body_is_refused_with_the_reason(client: Any, coding: str) -> None:
    body = gzip.compress(json.dumps({"text": REPORT}).encode())
    headers = {"content-type": "application/json", "content-encoding": coding}
    for path in ("/v1/reports", "/v1/quantities"):
        answer = await client.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media")
        assert "Content-Encoding" in answer.json()["detail"]
    headers["content-encoding"] = "identity"
    plain = json.dumps({"text": REPORT}).encode()
    assert (await client.post("/v1/quantities", content=plain, headers=headers)).is_success


@pytest.mark.parametrize("path", ["/schema/nope", "/schema/openapi.yaml", "/schema/a/b"])
async def test_what_is_not_below_schema_is_a_problem_like_any_other(client: Any, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM_JSON)
    for there in ("/schema", "/schema/", "/schema/openapi.json"):
        assert (await client.get(there)).status_code == 200


async def test_what_is_too_large_learns_how_large_it_may_be(serve: Any) -> None:
    client = await serve(max_body_bytes=1_000)
    for path in ("/v1/reports", "/v1/quantities"):
        answer = await client.post(path, json={"text": "字" * 1_000})
        assert answer.status_code == 413
        assert "at most 1000 bytes" in answer.json()["detail"]


async def test_no_words_of_the_library_stand_before_ours(client: Any) -> None:
    both = {"id": "0" * 64, "text": REPORT}
    body = {"last": both, "this": {"text": REPORT}}
    answer = await client.post("/v1/comparisons", json=body)
    (field,) = answer.json()["errors"]
    assert field == {"pointer": "/last", "detail": "give text or id, one of them"}
