"""Write the pictures of the README: ``make screenshots``."""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium, serving
from tests.browser.palette import shrunk

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
EXAMPLES = ROOT / "examples" / "reports"
SETTLED_MS = 800


def _structure(page: Page, name: str) -> None:
    page.fill("#text", (EXAMPLES / name).read_text(encoding="utf-8"))
    page.click("#run")
    expect(page.locator(".card").first).to_be_visible()
    page.mouse.move(5, 5)


def start(page: Page) -> None:
    """Show the first page."""
    expect(page.locator("#text")).to_be_visible()


def viewer(page: Page) -> None:
    """Show the items, one of them lit up with its evidence, and a number's card."""
    _structure(page, "bureau.txt")
    page.locator(".column.k-achievement .chip").nth(1).hover()


def masked(page: Page) -> None:
    """Show a report whose numbers are hidden, and what is said of one."""
    _structure(page, "masked.txt")
    page.locator(".column.k-achievement .chip.v-masked").nth(2).hover()


def charts(page: Page) -> None:
    """Show the charts."""
    _structure(page, "bureau.txt")
    page.click("#tab-charts")


def compare(page: Page) -> None:
    """Show what became of last year's targets."""
    _structure(page, "pair/2023.txt")
    page.click("#tab-compare")
    page.set_input_files("#last-file", EXAMPLES / "pair" / "2022.txt")
    expect(page.locator(".followed")).to_be_visible()


def narrow(page: Page) -> None:
    """Show the items on a telephone."""
    _structure(page, "bureau.txt")


SHOTS: tuple[tuple[str, Callable[[Page], None], tuple[int, int], bool], ...] = (
    ("start", start, (1280, 800), False),
    ("viewer", viewer, (1440, 900), False),
    ("viewer-dark", masked, (1440, 900), True),
    ("charts", charts, (1440, 1000), False),
    ("compare", compare, (1440, 900), False),
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
        picture = page.screenshot()
        page.goto("about:blank")  # whose policy lets a picture be read
        (IMAGES / f"{name}.png").write_bytes(shrunk(picture, page))
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
