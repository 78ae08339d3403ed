"""``offset_unit=utf16``: every range of every answer, in the units of JavaScript strings."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.offsets import Units, in_utf16

pytestmark = pytest.mark.anyio

REPORT = """𠮷田镇2023年工作总结

一、主要成效
𠮷田村新修水渠12公里,同比增长8%;𪚥湖整治完成,受益群众3200人。

二、存在问题
𡎚里沟治理率仅为41%。
"""


def units_of(text: str) -> bytes:
    return text.encode("utf-16-le")


def cut(text: str, start: int, end: int) -> str:
    """Return what JavaScript's slice returns."""
    return units_of(text)[2 * start : 2 * end].decode("utf-16-le")


def spans(value: Any, text: str, claim: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every span with the text it counts in."""
    if isinstance(value, list):
        for inner in value:
            yield from spans(inner, text, claim)
    elif isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            yield value, text
        claim = value["text"] if "quantities" in value and "text" in value else claim
        for key, inner in value.items():
            own = claim if key == "quantity" and "verdict" in value else text
            yield from spans(inner, own, claim)


async def test_a_report_counts_as_javascript_does(client: Any) -> None:
    ask = {"offset_unit": "utf16"}
    made = await client.post("/v1/reports", json={"text": REPORT}, params=ask)
    assert made.status_code == 200, made.text
    found = list(spans(made.json(), REPORT))
    assert len(found) > 6
    for span, text in found:
        assert cut(text, span["start"], span["end"]) == span["quote"]
    plain = await client.post("/v1/reports", json={"text": REPORT})
    assert plain.headers["cache-status"] == "groundwork; hit"  # one result, two ways of counting
    assert plain.content != made.content
    assert plain.headers["etag"] != made.headers["etag"]
    assert [span["quote"] for span, _ in spans(plain.json(), REPORT)] == [
        span["quote"] for span, _ in found
    ]
    address = plain.headers["location"]
    fetched = await client.get(address, params=ask)
    assert fetched.content == made.content
    assert made.headers["content-location"] == f"{address}?offset_unit=utf16"
    assert (await client.get(made.headers["content-location"])).content == made.content
    assert (await client.get(address)).content == plain.content


async def test_where_it_makes_no_difference_the_bytes_are_the_same(client: Any) -> None:
    text = "南河村2023年工作总结\n\n一、主要成效\n新修水渠12公里。\n"
    plain = await client.post("/v1/reports", json={"text": text})
    other = await client.post("/v1/reports?offset_unit=utf16", json={"text": text})
    assert other.content == plain.content


async def test_quantities(client: Any) -> None:
    answer = await client.post("/v1/quantities?offset_unit=utf16", json={"text": REPORT})
    found = list(spans(answer.json(), REPORT))
    assert found
    assert all(cut(REPORT, s["start"], s["end"]) == s["quote"] for s, _ in found)


async def test_verifications_take_and_give_utf16(client: Any) -> None:
    source = "𠮷田村新增𠮷牌农机12台,农户35户。"
    start = len(units_of(source[: source.index("农户")])) // 2
    end = len(units_of(source)) // 2
    cited = [{"start": start, "end": end}]
    claim: dict[str, Any] = {"id": "1", "text": "𪚥农户35户", "spans": cited}
    answer = await client.post(
        "/v1/verifications?offset_unit=utf16", json={"source": source, "claims": [claim]}
    )
    assert answer.status_code == 200, answer.text
    (check,) = answer.json()["claims"][0]["quantities"]
    own, theirs = check["quantity"]["span"], check["source"]["span"]
    assert cut(claim["text"], own["start"], own["end"]) == own["quote"]
    assert cut(source, theirs["start"], theirs["end"]) == theirs["quote"]


@pytest.mark.parametrize("span", [{"start": 1, "end": 4}, {"start": 0, "end": 1}])
async def test_half_a_character_is_no_place_to_cut(client: Any, span: dict[str, int]) -> None:
    claim = {"id": "1", "text": "3户", "spans": [span]}
    answer = await client.post(
        "/v1/verifications?offset_unit=utf16", json={"source": "𠮷田村3户", "claims": [claim]}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/claims/0/spans/0"


@pytest.mark.parametrize("address", ["/v1/reports", "/v1/quantities", "/v1/verifications"])
async def test_other_units_are_refused(client: Any, address: str) -> None:
    answer = await client.post(f"{address}?offset_unit=bytes", json={"text": "3户"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")
    assert "offset_unit" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["json", "jsonl"])
async def test_exports_for_programs_count_so_too(client: Any, name: str) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    address = f"{made.headers['location']}/export"
    answer = await client.get(address, params={"format": name, "offset_unit": "utf16"})
    assert answer.status_code == 200, answer.text
    lines = answer.text.splitlines() if name == "jsonl" else [answer.text]
    found = [pair for line in lines for pair in spans(json.loads(line), REPORT)]
    assert len(found) > 6
    assert all(cut(text, span["start"], span["end"]) == span["quote"] for span, text in found)


async def test_tables_count_so_too(client: Any) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    address = f"{made.headers['location']}/export?format=csv&lang=en"
    ways = [(await client.get(address + unit)).content for unit in ("", "&offset_unit=utf16")]
    plain, other = (
        list(csv.DictReader(io.StringIO(way.decode("utf-8-sig"), newline=""))) for way in ways
    )
    assert len(plain) >= 3
    for point, unit in zip(plain, other, strict=True):
        start, end = int(point["Start"]), int(point["End"])
        assert cut(REPORT, int(unit["Start"]), int(unit["End"])) == REPORT[start:end]


@pytest.mark.parametrize("name", ["html", "md", "w3c"])
async def test_what_counts_code_points_by_its_nature_says_so(client: Any, name: str) -> None:
    made = await client.post("/v1/reports", json={"text": REPORT})
    address = f"{made.headers['location']}/export?format={name}"
    assert (await client.get(f"{address}&offset_unit=code_point")).status_code == 200
    refused = await client.get(f"{address}&offset_unit=utf16")
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/bad-request")
    assert "code points" in refused.json()["detail"]


async def test_each_side_of_a_comparison_counts_as_its_own_source(client: Any) -> None:
    last = "𠮷田镇2022年工作总结\n\n二、2023年工作目标\n𠮷𠮷田高新技术企业总数达到310家。\n"
    this = "𠮷田镇2023年工作总结\n\n一、主要成效\n𠮷𠮷𠮷田高新技术企业总数达到325家。\n"
    kept = await client.post("/v1/reports", json={"text": this})
    for now in ({"text": this}, {"id": kept.json()["id"]}):
        body = {"last": {"text": last}, "this": now}
        answer = await client.post("/v1/comparisons?offset_unit=utf16", json=body)
        assert answer.status_code == 200, answer.text
        followed = answer.json()["followed"]
        assert any(each["achieved"] for each in followed)
        for each in followed:
            reached = [each["achieved"], each["rivals"]]
            found = [*spans(each["target"], last), *spans(reached, this)]
            assert all(cut(text, s["start"], s["end"]) == s["quote"] for s, text in found)


@given(st.text(st.sampled_from("a中𠮷𪚥\n"), max_size=12))
def test_every_offset_goes_there_and_back(text: str) -> None:
    units = Units(text)
    for offset in range(len(text) + 1):
        there = units.from_points(offset)
        assert there == len(units_of(text[:offset])) // 2
        assert units.to_points(there) == offset
    assert units.same == (len(units_of(text)) == 2 * len(text))


def test_a_missing_piece_is_converted_too() -> None:
    body = b'{"partial":[{"start":1,"end":3,"error":"\xe5\x9d\x8f"}],"claims_seen":2}'
    assert in_utf16(body, "𠮷𠮷𠮷") == body.replace(b'"start":1,"end":3', b'"start":2,"end":6')
