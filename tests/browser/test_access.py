"""For everybody: with a keyboard, on a telephone, and as axe sees it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
STREET = (EXAMPLES / "street.txt").read_text(encoding="utf-8")
TABS = ("items", "unclaimed", "refused", "findings", "compare", "charts", "about")


def test_keyboard_alone_reaches_items_their_numbers_and_the_source(visit: Visit) -> None:
    page = visit.paste(STREET)
    first = page.locator(".column.k-goal .card").first
    page.locator("#tab-items").focus()
    page.keyboard.press("Tab")  # the panel, which scrolls
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    card = page.locator(".column.k-achievement .card").first
    expect(card).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.locator(".chip").first).to_be_focused()
    expect(page.locator("#tip")).to_be_visible()
    card.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ev:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(card).to_be_focused()


def test_narrow_page_shows_one_pane_at_a_time(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.paste(STREET)
    expect(page.locator(".source-text")).to_be_hidden()
    page.click(".switcher [data-pane=source]")
    expect(page.locator(".source-text")).to_be_visible()
    page.locator(".ev").first.click()
    expect(page.locator(".card.lit")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_axe_finds_nothing(visit: Visit, width: int, theme: str) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page = visit.open()
    assert violations(page) == []
    page.click("#key-button")
    assert violations(page) == []
    visit.sample().locator(".card .chip").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    assert violations(page) == []
    for tab in TABS:
        page.click(f"#tab-{tab}")
        assert violations(page) == [], tab
    page.click("#export-menu button")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def violations(page: Page) -> list[tuple[str, str]]:
    """Let axe look at the page as it is."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
