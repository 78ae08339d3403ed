"""Reports over HTTP: ways of sending, keeping, fetching, and going on without a store."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from groundwork.errors import EngineError, StoreError, StoreUnavailableError
from groundwork.services import Limits
from groundwork.store.memory import MemoryStore
from schemas.result import Result
from schemas.span import Span

pytestmark = pytest.mark.anyio

REPORT = """河湾县农业农村局2023年工作总结

一、主要成效
建成高标准农田3.2万亩,粮食总产量达到18.6万吨,同比增长2.4%。

二、存在的问题
冷链设施不足,产地初加工率仅为41%。

三、2024年工作计划
力争新增家庭农场60家以上。
"""


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            yield value
        for key, inner in value.items():
            if key != "quantity":  # its span counts in the claim's text
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


async def test_a_report_becomes_verified_items(client: Any) -> None:
    answer = await client.post("/v1/reports", json={"text": REPORT})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    result = Result.model_validate_json(answer.content)
    assert {item.kind for report in result.reports for item in report.items} >= {
        "achievement",
        "problem",
    }
    found = list(spans(answer.json()))
    assert found
    for span in found:
        assert REPORT[span["start"] : span["end"]] == span["quote"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
async def test_raw_text_is_read_in_its_encoding(client: Any, encoding: str) -> None:
    answer = await client.post(
        "/v1/reports", content=REPORT.encode(encoding), headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 200, answer.text
    source = answer.json()["source"]
    assert source["sha256"] == hashlib.sha256(REPORT.encode()).hexdigest()
    assert source["characters"] == len(REPORT)
    assert source["encoding"] is not None


@pytest.mark.parametrize("media_type", ["text/plain; charset=GBK", "application/octet-stream"])
async def test_the_charset_may_be_declared_or_not(client: Any, media_type: str) -> None:
    answer = await client.post(
        "/v1/reports", content=REPORT.encode("gbk"), headers={"content-type": media_type}
    )
    assert answer.json()["source"]["characters"] == len(REPORT)


async def test_a_file_of_a_form_is_read(client: Any) -> None:
    file = ("总结.txt", REPORT.encode("gb18030"), "text/plain")
    answer = await client.post("/v1/reports", files={"file": file})
    assert answer.status_code == 200, answer.text
    assert answer.json()["source"]["characters"] == len(REPORT)


async def test_a_web_page_is_read_as_its_text(client: Any) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in REPORT.splitlines() if line)
    page = f"<!doctype html><html><body><article>{paragraphs}</article></body></html>"
    answer = await client.post(
        "/v1/reports", content=page.encode(), headers={"content-type": "text/html; charset=utf-8"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["source"]["media_type"] == "text/html"
    source = (await client.get(answer.headers["location"] + "/source")).text
    assert "3.2万亩" in source
    assert "<p>" not in source


async def test_json_may_begin_with_a_byte_order_mark(client: Any) -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"text": REPORT}).encode()
    answer = await client.post(
        "/v1/reports", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 200, answer.text


async def test_the_second_answer_is_kept_bytes(serve: Any, scripted: Any) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    first = await client.post("/v1/reports", json={"text": REPORT})
    second = await client.post("/v1/reports", json={"text": REPORT})
    assert first.headers["cache-status"] == "groundwork; fwd=miss; stored"
    assert second.headers["cache-status"] == "groundwork; hit"
    assert second.content == first.content
    assert second.headers["etag"] == first.headers["etag"]
    assert engine.calls == 1


async def test_a_result_can_be_fetched_again(client: Any) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    assert made.headers["location"] == f"/v1/reports/{made.json()['id']}"
    fetched = await client.get(made.headers["location"])
    assert fetched.content == made.content
    assert fetched.headers["cache-status"] == "groundwork; hit"
    assert fetched.headers["etag"] == made.headers["etag"]


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("part", ["", "/source"])
async def test_what_the_sender_has_is_not_sent(client: Any, known: str, part: str) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    address = made.headers["location"] + part
    tag = (await client.get(address)).headers["etag"]
    answer = await client.get(address, headers={"if-none-match": known.format(tag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert (await client.get(address, headers={"if-none-match": '"other"'})).status_code == 200


@pytest.mark.parametrize("text", [REPORT, "第一行\r\n  第二行：完成５项。\u200b\n", "𠮷田村3户。"])
async def test_the_source_comes_back_exactly(client: Any, text: str) -> None:
    made = await client.post("/v1/reports", json={"text": text})
    answer = await client.get(made.headers["location"] + "/source")
    assert answer.content == text.encode()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("address", ["0" * 64, "0" * 63, "F" * 64, "..", "%2e%2e", "gw:v1"])
@pytest.mark.parametrize("part", ["", "/source"])
async def test_what_is_not_kept_is_not_found(client: Any, address: str, part: str) -> None:
    answer = await client.get(f"/v1/reports/{address}{part}")
    assert answer.status_code in {404, 405}  # 405: a path of dots leads to /v1/reports itself
    assert answer.headers["content-type"] == "application/problem+json"


async def test_no_cache_works_anew_and_keeps(serve: Any, scripted: Any) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    for _ in range(2):
        answer = await client.post(
            "/v1/reports", json={"text": REPORT}, headers={"cache-control": "no-cache"}
        )
        assert answer.headers["cache-status"] == "groundwork; fwd=request; stored"
    assert engine.calls == 2
    assert (await client.get(answer.headers["location"])).status_code == 200


async def test_no_store_leaves_nothing_behind(client: Any) -> None:
    answer = await client.post(
        "/v1/reports", json={"text": REPORT}, headers={"cache-control": "no-store"}
    )
    assert answer.headers["cache-status"] == "groundwork; fwd=request"
    assert "location" not in answer.headers
    assert (await client.get(f"/v1/reports/{answer.json()['id']}")).status_code == 404


async def test_only_if_cached_does_no_work(serve: Any, scripted: Any) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    wish = {"cache-control": "only-if-cached"}
    answer = await client.post("/v1/reports", json={"text": REPORT}, headers=wish)
    assert (answer.status_code, answer.json()["type"]) == (504, "/problems/not-cached")
    assert engine.calls == 0
    await client.post("/v1/reports", json={"text": REPORT})
    answer = await client.post("/v1/reports", json={"text": REPORT}, headers=wish)
    assert answer.headers["cache-status"] == "groundwork; hit"


@pytest.mark.parametrize(
    ("failure", "detail"),
    [
        (StoreUnavailableError("gone"), "store-unavailable"),
        (StoreError("garbage"), "store-failed"),
    ],
)
async def test_without_a_store_reports_are_answered(
    serve: Any, broken: Any, failure: Exception, detail: str
) -> None:
    client = await serve(store=broken(failure))
    answer = await client.post("/v1/reports", json={"text": REPORT})
    assert answer.status_code == 200
    assert answer.headers["cache-status"] == f"groundwork; fwd=miss; detail={detail}"
    assert "location" not in answer.headers
    fetched = await client.get(f"/v1/reports/{answer.json()['id']}")
    assert fetched.status_code == 503
    assert "retry-after" in fetched.headers


async def test_a_store_that_fills_up_is_said_so(serve: Any) -> None:
    class Full(MemoryStore):
        async def put(self, key: str, value: bytes, ttl_s: int) -> None:
            raise StoreError("full")

    client = await serve(store=Full())
    answer = await client.post("/v1/reports", json={"text": REPORT})
    assert answer.status_code == 200
    assert answer.headers["cache-status"] == "groundwork; fwd=miss; detail=store-failed"


async def test_a_slow_engine_ends_at_the_time_limit(serve: Any, scripted: Any) -> None:
    client = await serve(engine=scripted(delay_s=30), limits=Limits(1000, 10, 0.2))
    answer = await client.post("/v1/reports", json={"text": REPORT})
    assert (answer.status_code, answer.json()["type"]) == (504, "/problems/timeout")


async def test_a_failing_engine_is_a_bad_gateway(serve: Any, scripted: Any) -> None:
    client = await serve(engine=scripted(failure=EngineError("the model cannot be reached")))
    answer = await client.post("/v1/reports", json={"text": REPORT})
    assert (answer.status_code, answer.json()["type"]) == (502, "/problems/engine")
    assert answer.json()["detail"] == "the model cannot be reached"


def test_spans_of_this_test_are_the_schema() -> None:
    assert set(Span.model_fields) == {"start", "end", "quote"}
