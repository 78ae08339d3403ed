"""Health, quantities, verifications, and what every answer and log line carries."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import structlog

from api.log import REQUESTS, Lines, configure_logging
from api.serve import run
from groundwork.errors import SettingsError, StoreUnavailableError
from groundwork.settings import Settings, load
from groundwork.store.shared import MemoryShared
from groundwork.wiring import build
from schemas.quantity import Quantity

pytestmark = pytest.mark.anyio

TEXT = "全年新增专利申请2847件,其中发明专利申请763件。"


async def test_alive_and_ready(client: Any) -> None:
    assert (await client.get("/livez")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).json() == {"status": "ok", "store": "ok"}


async def test_without_a_store_it_is_ready_though_degraded(serve: Any, broken: Any) -> None:
    answer = await (await serve(store=broken())).get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "store": "unavailable"}


async def test_quantities_of_a_text(client: Any) -> None:
    answer = await client.post("/v1/quantities", json={"text": TEXT})
    assert answer.status_code == 200, answer.text
    found = [Quantity.model_validate(each) for each in answer.json()["quantities"]]
    assert [each.span.quote for each in found] == ["2847件", "763件"]
    assert all(TEXT[each.span.start : each.span.end] == each.span.quote for each in found)


async def test_claims_are_judged(client: Any) -> None:
    claims = [
        {"id": "right", "text": "新增专利申请2847件"},
        {"id": "wrong", "text": "新增专利申请763件"},
        {"id": "other", "text": "专利工作有序开展"},
        {"id": "cited", "text": "专利申请2847件", "spans": [{"start": 13, "end": len(TEXT)}]},
    ]
    answer = await client.post("/v1/verifications", json={"source": TEXT, "claims": claims})
    assert answer.status_code == 200, answer.text
    judged = {each["id"]: each["verdict"] for each in answer.json()["claims"]}
    assert list(judged) == ["right", "wrong", "other", "cited"]
    assert judged["right"] == "supported"
    assert judged["wrong"] in {"contradicted", "unsupported"}
    assert judged["other"] == "unchecked"
    assert judged["cited"] in {"contradicted", "unsupported"}


@pytest.mark.parametrize("given", ["abc-123", "A" * 128])
async def test_a_sane_request_id_is_kept(client: Any, given: str) -> None:
    answer = await client.get("/livez", headers={"x-request-id": given})
    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "A" * 129, "<script>", 'a"b'])
async def test_any_other_request_id_is_replaced(client: Any, given: str) -> None:
    answer = await client.get("/livez", headers={"x-request-id": given})
    assert re.fullmatch("[0-9a-f]{24}", answer.headers["x-request-id"])


@pytest.mark.parametrize("address", ["/livez", "/nowhere", "/schema"])
async def test_security_headers_are_everywhere(client: Any, address: str) -> None:
    headers = (await client.get(address)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "script-src 'unsafe-inline'" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


@pytest.fixture
def log() -> Iterator[StringIO]:
    before, level = logging.root.handlers[:], logging.root.level
    logging.root.handlers = []  # so that configuring closes nobody else's
    written = StringIO()
    configure_logging("info", written)
    yield written
    logging.root.handlers = before
    logging.root.setLevel(level)
    structlog.reset_defaults()
    REQUESTS.stream = None


async def test_the_log_tells_of_a_request_but_not_of_its_text(client: Any, log: StringIO) -> None:
    await client.post("/v1/reports", json={"text": TEXT}, headers={"x-request-id": "given-by-us"})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["request_id"] == "given-by-us"
    assert (line["method"], line["path"], line["status"]) == ("POST", "/v1/reports", 200)
    assert line["ms"] > 0
    assert "专利" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize(
    "path", ["/%22%7D%0A%7B", "/%E6%9D%91%F0%A0%AE%B7", "/%00%1B", "/%5Cu0022"]
)
async def test_a_line_of_the_log_stays_one_object(client: Any, log: StringIO, path: str) -> None:
    await client.get(path)
    (line,) = log.getvalue().splitlines()
    told = json.loads(line)
    assert told["path"] == unquote(path)
    assert told["cache"] is None
    assert (told["event"], told["level"]) == ("request", "info")
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None


async def test_whatever_is_logged_in_a_request_names_it(serve: Any, log: StringIO) -> None:
    class Failing(MemoryShared):
        async def take(self, *given: Any) -> Any:
            raise StoreUnavailableError("gone")

    client = await serve(shared=Failing(), settings={"rate_limit_per_min": 60})
    await client.post("/v1/quantities", json={"text": TEXT}, headers={"x-request-id": "mine"})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["limits are local", "request"]
    assert {line["request_id"] for line in lines} == {"mine"}


async def test_who_wants_to_hear_of_trouble_only_hears_of_no_request(
    client: Any, log: StringIO
) -> None:
    configure_logging("warning", log)
    await client.get("/livez")
    assert log.getvalue() == ""


def test_of_a_library_only_the_place_is_logged(log: StringIO) -> None:
    library = logging.getLogger("some.package")
    library.warning("quotes %s", TEXT)
    try:
        int(TEXT)
    except ValueError:
        library.exception("failed on %s", TEXT)
    logging.getLogger("_granian").info("Listening at: http://127.0.0.1:8000")
    failed, server = (json.loads(line) for line in log.getvalue().splitlines())
    assert failed["event"] == "library"
    assert (failed["logger"], failed["error"]) == ("some.package", "ValueError")
    assert failed["where"].startswith("test_service.py:")
    assert "专利" not in json.dumps(failed, ensure_ascii=False)
    assert server["event"].startswith("Listening")


@pytest.mark.parametrize("origin", ["https://a.example", "null", "https://intranet.example.evil"])
async def test_cors_is_closed(serve: Any, origin: str) -> None:
    for settings in ({}, {"cors_origins": "https://intranet.example"}):
        client = await serve(settings=settings)
        for method in ("GET", "OPTIONS"):
            asked = {"origin": origin, "access-control-request-method": "POST"}
            answer = await client.request(method, "/v1/reports/x", headers=asked)
            assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize("origins", ["https://intranet.example", "*"])
async def test_cors_can_be_opened(serve: Any, origins: str) -> None:
    client = await serve(settings={"cors_origins": origins, "require_keys": True})
    origin = {"origin": "https://intranet.example"}
    before = await client.options(
        "/v1/reports", headers={**origin, "access-control-request-method": "POST"}
    )
    assert before.status_code == 204
    assert "Authorization" in before.headers["access-control-allow-headers"]
    refused = await client.post("/v1/reports", json={"text": TEXT}, headers=origin)
    assert refused.status_code == 401  # and the page may read why
    for answer in (before, refused):
        assert answer.headers["access-control-allow-origin"] in {"*", origin["origin"]}
        assert answer.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in answer.headers


async def test_lines_are_written_together_and_none_is_lost(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as file:
        lines = Lines(file)
        for number in range(3):
            lines.write(f"{number}\n")
        assert (tmp_path / "log").read_text() == ""
        await asyncio.sleep(0.1)
        assert (tmp_path / "log").read_text() == "0\n1\n2\n"
        await asyncio.to_thread(lines.write, "3\n")  # where no loop could write it later
        assert (tmp_path / "log").read_text().endswith("3\n")


async def test_the_playground_names_no_other_host(client: Any) -> None:
    page = await client.get("/schema")
    assert page.headers["content-type"].startswith("text/html")
    links = re.findall(r'(?:src|href|data-url)="([^"]+)"', page.text)
    assert len(links) >= 4
    for link in links:
        assert link.startswith(("/", "data:"))
        if link.startswith("/"):
            assert (await client.get(link)).status_code == 200
    script = next(link for link in links if link.endswith(".js"))
    assert "immutable" in (await client.get(script)).headers["cache-control"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_on_a_network_keys_are_needed_and_requests_limited(host: str) -> None:
    settings = Settings(_env_file=None, host=host)
    assert settings.keys_needed
    assert settings.requests_per_min == 600
    here = Settings(_env_file=None)
    assert (here.keys_needed, here.requests_per_min) == (False, 0)


def test_without_keys_only_loopback_is_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.serve.configure_logging", lambda level: None)
    with pytest.raises(SettingsError, match="no API keys"):
        run(Settings(_env_file=None, host="0.0.0.0", data_dir=tmp_path, port=0))


@pytest.mark.parametrize("origins", ["intranet", "https://a.example/path", "ftp://a.example"])
def test_origins_are_origins(origins: str) -> None:
    with pytest.raises(SettingsError, match="cors_origins"):
        load(_env_file=None, cors_origins=f"https://ok.example, {origins}")


def test_settings_that_do_not_fit_are_named_without_their_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GROUNDWORK_WORKERS", "many-secrets")
    with pytest.raises(SettingsError, match="GROUNDWORK_WORKERS: ") as caught:
        load(_env_file=None)
    assert "secret" not in str(caught.value)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_REDIS_URL", "redis://:secret@localhost:6379/0")
    monkeypatch.setenv("GROUNDWORK_PORT", "8001")
    settings = Settings(_env_file=None)
    assert settings.port == 8001
    assert "secret" not in repr(settings)


async def test_built_from_settings_it_keeps_results_in_its_own_server(tmp_path: Path) -> None:
    services = build(Settings(_env_file=None, data_dir=tmp_path))
    await services.start()
    try:
        await services.ping_store()
        await services.results.save("id", b"{}", "sha", "文本")
        assert await services.results.find("id") == b"{}"
    finally:
        await services.stop()
    assert not (tmp_path / "store.sock").exists()
