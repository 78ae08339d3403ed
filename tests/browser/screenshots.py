"""Write the pictures of the README: ``make screenshots``."""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium, serving

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
EXAMPLE = (ROOT / "api" / "web" / "viewer" / "example.txt").read_text(encoding="utf-8")
SETTLED_MS = 800


def _structure(page: Page) -> None:
    page.fill("#text", EXAMPLE)
    page.click("#run")
    expect(page.locator(".card").first).to_be_visible()
    page.mouse.move(5, 5)


def start(page: Page) -> None:
    """Show the first page."""
    expect(page.locator("#text")).to_be_visible()


def viewer(page: Page) -> None:
    """Show the items, one of them lit up with its evidence, and a number's card."""
    _structure(page)
    page.locator(".column.k-achievement .chip").nth(1).hover()


def charts(page: Page) -> None:
    """Show the charts."""
    _structure(page)
    page.click("#tab-charts")


def narrow(page: Page) -> None:
    """Show the items on a telephone."""
    _structure(page)


SHOTS: tuple[tuple[str, Callable[[Page], None], tuple[int, int], bool], ...] = (
    ("start", start, (1440, 900), False),
    ("viewer", viewer, (1440, 900), False),
    ("viewer-dark", viewer, (1440, 900), True),
    ("charts", charts, (1440, 1000), False),
    ("narrow", narrow, (390, 844), False),
)


def take(browser: Browser, address: str) -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, prepare, (width, height), dark in SHOTS:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto(address)
        prepare(page)
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def main() -> int:
    """Start the service and the browser, take the pictures, stop both."""
    path = chromium()
    if path is None:
        sys.stderr.write("needs Chromium: install it or set GROUNDWORK_CHROMIUM\n")
        return 1
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        take(browser, address)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
