"""POST /v1/comparisons: two texts or kept results in, every target out."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from groundwork.comparison import following
from tests.fakes.two_years import LAST, THIS

Client = AsyncTestClient[Litestar]
TEXTS = (LAST.format("力争节水型企业总数达到310家。"), THIS.format("节水型企业累计达到325家。"))


def body(last: Any, this: Any) -> dict[str, Any]:
    return {"last": last, "this": this}


@pytest.mark.anyio
async def test_two_texts_are_compared(client: Client) -> None:
    sent = body({"text": TEXTS[0]}, {"text": TEXTS[1]})
    answer = await client.post("/v1/comparisons", json=sent)
    assert answer.status_code == 200
    (entry,) = answer.json()["followed"]
    assert (entry["outcome"], entry["completion"]) == ("met", "104.8")
    for stated, text in zip((entry["target"], entry["achieved"]), TEXTS, strict=True):
        for span in (*stated["evidence"], stated["quantity"]["span"]):
            assert text[span["start"] : span["end"]] == span["quote"]


@pytest.mark.anyio
async def test_kept_results_are_compared(client: Client) -> None:
    ids = [
        {"id": (await client.post("/v1/reports", json={"text": text})).json()["id"]}
        for text in TEXTS
    ]
    answer = await client.post("/v1/comparisons", json=body(*ids))
    assert answer.json()["counts"]["met"] == 1
    mixed = await client.post("/v1/comparisons", json=body(ids[0], {"text": TEXTS[1]}))
    assert mixed.json() == answer.json()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("last", "status", "kind"),
    [
        ({"id": "0" * 64}, 404, "not-found"),
        ({"id": "../x"}, 422, "invalid-body"),
        ({}, 422, "invalid-body"),
        ({"id": "0" * 64, "text": "一"}, 422, "invalid-body"),
        ({"text": "  "}, 422, "empty-text"),
        ({"text": "一" * 20_001}, 413, "too-large"),
    ],
)
async def test_what_does_not_fit_is_a_problem(
    client: Client, last: dict[str, str], status: int, kind: str
) -> None:
    answer = await client.post("/v1/comparisons", json=body(last, {"text": TEXTS[1]}))
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


@pytest.mark.anyio
async def test_too_many_numbers_are_a_413(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_MOST_PAIRS", 0)
    answer = await client.post("/v1/comparisons", json=body({"text": TEXTS[0]}, {"text": TEXTS[1]}))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.anyio
async def test_without_its_store_texts_are_compared_all_the_same(
    serve: Callable[..., Awaitable[Client]], broken: Callable[[], Any]
) -> None:
    client = await serve(store=broken())
    sent = body({"text": TEXTS[0]}, {"text": TEXTS[1]})
    assert (await client.post("/v1/comparisons", json=sent)).status_code == 200
    sent = body({"id": "0" * 64}, {"text": TEXTS[1]})
    assert (await client.post("/v1/comparisons", json=sent)).status_code == 503
