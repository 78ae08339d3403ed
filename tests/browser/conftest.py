"""A real browser on the real service, with every request to another host written down and cut.

Requests are watched, not intercepted: a browser whose requests are intercepted adds
``Cache-Control: no-cache`` to each, and asks for other answers than people get.

Nothing is installed here: without a Chromium the tests are skipped. ``GROUNDWORK_CHROMIUM`` names
one that is not on the path.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect, sync_playwright

from tests.fakes.sample_result import SOURCE, make_result

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
STARTS_WITHIN_S = 60.0
ENDS_WITHIN_S = 60.0
WIDE = ViewportSize(width=1440, height=900)
expect.set_options(timeout=15_000)


def chromium() -> str | None:
    """Find a Chromium by ``GROUNDWORK_CHROMIUM`` or on the path."""
    named = os.environ.get("GROUNDWORK_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("needs Chromium: install it or set GROUNDWORK_CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """Run the service in a process of its own; return its address."""
    with serving() as address:
        yield address


@contextmanager
def serving(**settings: str) -> Iterator[str]:
    """Run the service on a free port, its data in a folder that goes with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")}
    with TemporaryDirectory() as name:
        folder = Path(name)
        wanted = {"DATA_DIR": str(folder / "data")} | settings
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "groundwork.cli", "serve", "--port", str(port)],
                cwd=folder,
                env=kept | {f"GROUNDWORK_{name}": value for name, value in wanted.items()},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(ENDS_WITHIN_S)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(f"{address}/livez", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the service did not start: {log.read_text()[-2000:]}")


@dataclass
class Visit:
    """A page on the service, and what went wrong on it."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    """Requests to other hosts: none may ever be made."""
    errors: list[str] = field(default_factory=list)
    """Errors of the console: broken scripts, and what the policy of the page forbids."""

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        return self.page

    def paste(self, text: str) -> Page:
        """Open the viewer, paste a text and wait for its result."""
        page = self.open()
        page.fill("#text", text)
        page.click("#run")
        expect(page.locator("#tab-items")).to_be_visible()
        expect(page.locator(".card").first).to_be_visible()
        return page

    def sample(self) -> Page:
        """Show the result made by hand: every verdict, hostile text, astral characters."""
        result = json.loads(make_result().model_dump_json())
        nothing: dict[str, Any] = {
            "last": {},
            "this": {},
            "followed": [],
            "counts": {},
            "warnings": [],
        }
        self.page.route("**/v1/reports", lambda route: route.fulfill(json=result))
        self.page.route("**/v1/comparisons", lambda route: route.fulfill(json=nothing))
        return self.paste(SOURCE)


@pytest.fixture
def visit(browser: Browser, service: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport=WIDE, locale="zh-CN", accept_downloads=True, reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), service)

    def watch(request: Request) -> None:
        if not request.url.startswith((visit.address, "data:", "blob:")):
            visit.foreign.append(request.url)

    context.on("request", watch)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on(
        "console",
        lambda line: visit.errors.append(line.text) if line.type == "error" else None,
    )
    yield visit
    context.close()
    assert visit.foreign == []
    assert visit.errors == []
