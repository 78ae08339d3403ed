"""Figures and traces: what is counted, who may read it, and that it holds no text."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api import tracing
from api.tracing import Traced
from groundwork.errors import SettingsError
from groundwork.metrics import Metrics
from groundwork.store.keyring import KeyRing
from groundwork.store.shared import MemoryShared

pytestmark = pytest.mark.anyio

REPORT = "白塔区2023年工作总结\n\n一、主要成效\n改造老旧小区16个,同比增长23%。\n"
ROOT = Path(__file__).parents[3]


async def figures(client: Any) -> dict[str, float]:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_requests_results_and_cache_are_counted(client: Any) -> None:
    for _ in range(3):
        made = await client.post("/v1/reports", json={"text": REPORT})
    await client.get(made.headers["location"])
    await client.get("/none-such/secret-path")
    await client.request("BREW", "/v1/reports")
    found = await figures(client)
    post = 'method="POST",route="/v1/reports"'
    assert found[f'groundwork_requests_total{{{post},status="200"}}'] == 3
    assert found[f"groundwork_request_seconds_count{{{post}}}"] == 3
    assert found['groundwork_cache_total{outcome="miss"}'] == 1
    assert found['groundwork_cache_total{outcome="hit"}'] == 3
    assert found['groundwork_results_total{engine="rules"}'] == 1
    assert found['groundwork_verdicts_total{verdict="supported"}'] >= 2
    assert found['groundwork_tokens_total{use="prompt"}'] == 0
    text = str(found)
    assert "{result_id}" in text
    assert "secret-path" not in text
    assert "BREW" not in text
    assert made.json()["id"] not in text


async def test_requests_are_written_together_soon_after() -> None:
    figures = Metrics()
    for seconds in (0.0005, 0.001, 0.3, 99.0):
        figures.request_done("GET", "/x", 200, seconds, b"groundwork; hit")
    assert 'route="/x"} 4.0' not in figures.text().decode()
    await asyncio.sleep(0.4)
    text = figures.text().decode()
    assert 'groundwork_requests_total{method="GET",route="/x",status="200"} 4.0' in text
    assert 'groundwork_cache_total{outcome="hit"} 4.0' in text
    of_x = 'groundwork_request_seconds_bucket{le="%s",method="GET",route="/x"} %s'
    for le, count in (("0.001", 2.0), ("0.25", 2.0), ("0.5", 3.0), ("60.0", 3.0), ("+Inf", 4.0)):
        assert of_x % (le, count) in text
    assert 'groundwork_request_seconds_sum{method="GET",route="/x"} 99.3015' in text


async def test_kinds_of_requests_beyond_measure_lose_no_count() -> None:
    figures = Metrics()
    for number in range(1_500):
        figures.request_done("GET", "/x", 200, 0.1, b"other; %d" % number)
    figures.settle()
    wanted = 'groundwork_requests_total{method="GET",route="/x",status="200"} 1500.0'
    assert wanted in figures.text().decode()


async def test_no_tenants_key_opens_the_figures(serve: Any) -> None:
    shared = MemoryShared()
    _, token = await KeyRing(shared).add("acme")
    client = await serve(shared=shared)
    for headers in ({}, {"authorization": f"Bearer {token}"}):
        assert (await client.get("/metrics", headers=headers)).status_code == 401


async def test_a_token_of_their_own_does(serve: Any) -> None:
    client = await serve(settings={"metrics_token": "scrape-me", "require_keys": True})
    for sent, status in (("scrape-me", 200), ("scrape-you", 401), ("", 401)):
        answer = await client.get("/metrics", headers={"authorization": f"Bearer {sent}"})
        assert answer.status_code == status
    headers = {"authorization": "Bearer scrape-me"}
    assert (await client.get("/v1/reports/x", headers=headers)).status_code == 401


def test_processes_count_together() -> None:
    program = """
import subprocess, sys
from groundwork.metrics import Metrics, shared_folder
with shared_folder():
    code = "from groundwork.metrics import Metrics;"
    code += "Metrics().request_done('GET', '/x', 200, 0.1, b'groundwork; hit')"
    for _ in range(3):
        subprocess.run([sys.executable, "-c", code], check=True)
    print(Metrics().text().decode())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if "PROMETHEUS" not in name},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'groundwork_requests_total{method="GET",route="/x",status="200"} 3.0' in done.stdout
    assert 'groundwork_cache_total{outcome="hit"} 3.0' in done.stdout


async def test_an_estimate_by_rules_is_nothing(client: Any) -> None:
    before = (await client.post("/v1/estimates", json={"text": REPORT})).json()
    assert (before["engine"], before["calls"], before["cost"], before["kept"]) == (
        "rules",
        0,
        "0",
        False,
    )
    await client.post("/v1/reports", json={"text": REPORT})
    after = (await client.post("/v1/estimates", json={"text": REPORT})).json()
    assert after == {**before, "kept": True}
    assert after["characters"] == len(REPORT)


async def test_a_request_is_a_span_below_its_callers(client: Any) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    transport = httpx.ASGITransport(app=Traced(client.app, provider))  # type: ignore[arg-type]
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver.local") as asking:
        await asking.post("/v1/reports", json={"text": REPORT}, headers={"traceparent": caller})
    (span,) = exporter.get_finished_spans()
    assert span.name == "POST /v1/reports"
    assert span.context is not None
    assert format(span.context.trace_id, "032x") == caller.split("-")[1]
    assert dict(span.attributes or {})["http.response.status_code"] == 200
    assert "小区" not in span.to_json()


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SettingsError, match=r"groundwork\[otel\]"):
        tracing.provider_for("http://127.0.0.1:4318")
