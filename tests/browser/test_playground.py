import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_playground_loads_and_sends_with_the_network_cut(visit: Visit) -> None:
    page = visit.open("/schema")
    expect(page.locator(".page-bar .brand")).to_be_visible()
    expect(page.locator("body")).to_contain_text("/v1/reports", timeout=30_000)
    page.get_by_role("button", name=re.compile("Test Request.*post .v1.quantities")).click()
    with page.expect_response(
        lambda answer: answer.url.endswith("/v1/quantities"), timeout=30_000
    ) as sent:
        page.get_by_role("button", name=re.compile("^Send")).first.click()
    assert sent.value.status == 200
    assert sent.value.json()["quantities"]
