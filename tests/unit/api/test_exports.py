"""Exports over HTTP: chosen by name or by Accept, tagged, named after the report."""

from typing import Any

import pytest

from groundwork.export.formats import FORMATS

pytestmark = pytest.mark.anyio

REPORT = "柳溪镇2023年工作总结\n\n一、主要成效\n新建水渠12.5公里,惠及农户860户。\n"


async def address(client: Any) -> str:
    answer = await client.post("/v1/reports", json={"text": REPORT})
    return f"{answer.headers['location']}/export"


@pytest.mark.parametrize("name", FORMATS)
async def test_a_format_is_chosen_by_name(client: Any, name: str) -> None:
    answer = await client.get(await address(client), params={"format": name})
    assert answer.status_code == 200
    kind, *parameters = answer.headers["content-type"].split("; ")
    assert kind == FORMATS[name].media_type
    assert len(parameters) <= 1
    assert "%E6%9F%B3%E6%BA%AA%E9%95%87" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/csv", "csv"),
        ("text/html, application/xhtml+xml;q=0.9, */*;q=0.8", "html"),
        ("text/csv;q=0.2, application/x-ndjson;q=0.9", "jsonl"),
        ("application/ld+json", "w3c"),
        ("*/*", "json"),
        ("image/png", "json"),
    ],
)
async def test_a_format_is_chosen_by_accept(client: Any, accept: str, name: str) -> None:
    answer = await client.get(await address(client), headers={"accept": accept})
    assert answer.headers["content-type"].startswith(FORMATS[name].media_type)
    assert answer.headers["vary"] == "Accept"


async def test_the_name_outweighs_accept(client: Any) -> None:
    where = await address(client)
    answer = await client.get(where, params={"format": "md"}, headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/markdown")


async def test_labels_come_in_the_language_asked_for(client: Any) -> None:
    where = await address(client)
    chinese = await client.get(where, params={"format": "csv"})
    english = await client.get(where, params={"format": "csv", "lang": "en"})
    assert "证据" in chinese.text
    assert "Evidence" in english.text


async def test_known_bytes_are_not_sent_again(client: Any) -> None:
    where = await address(client)
    first = await client.get(where, params={"format": "xlsx"})
    again = await client.get(
        where, params={"format": "xlsx"}, headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("wrong", [{"format": "doc"}, {"format": "csv", "lang": "fr"}])
async def test_unknown_formats_and_languages_are_refused(client: Any, wrong: Any) -> None:
    answer = await client.get(await address(client), params=wrong)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("result_id", ["0" * 64, "nothing"])
async def test_what_is_not_kept_is_not_found(client: Any, result_id: str) -> None:
    answer = await client.get(f"/v1/reports/{result_id}/export")
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/not-found"
