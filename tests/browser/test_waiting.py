"""A model takes its time: what is seen meanwhile, and what becomes of what goes wrong."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, serving
from tests.fakes.openai_server import Body, FakeOpenAI, Model, items, question

SENTENCE = re.compile(r"\[(\d+)\] (.+)")
REPORT = "\n".join(
    [
        "望溪县2023年工作总结",
        "一、主要成效",
        *(f"第{n}批改造老旧小区{n}个,新增停车泊位{n}百个。" for n in range(11, 51)),
        "二、存在问题",
        *(f"第{n}网格专业力量不足,缺口{n}人。" for n in range(11, 31)),
    ]
)


class SlowModel:
    """Answers its first question at once, the others when it may."""

    def __init__(self) -> None:
        self.asked = 0
        self.told_at_first = 0
        self.may_go_on = Event()

    def __call__(self, request: Body) -> str:
        self.asked += 1
        shown = SENTENCE.findall(question(request))
        if self.asked > 1:
            self.may_go_on.wait(30)
        else:
            self.told_at_first = len(shown)
        return items(
            *(
                {
                    "kind": "problem" if "不足" in text else "achievement",
                    "sentences": [int(number)],
                }
                for number, text in shown
            )
        )


@pytest.fixture
def model() -> SlowModel:
    return SlowModel()


@pytest.fixture
def service(model: SlowModel) -> Iterator[str]:
    """Run the service with a model in place of the rules."""
    with FakeOpenAI(Model(model)) as fake:
        wanted = {
            "LLM_BASE_URL": fake.url,
            "LLM_MODEL": "fake",
            "LLM_CHUNK_TOKENS": "300",
            "LLM_CONCURRENCY": "1",
        }
        with serving(**wanted) as address:
            yield address
            model.may_go_on.set()  # or its end would wait for an answer


def test_items_are_seen_as_they_come(visit: Visit, model: SlowModel) -> None:
    page = visit.open()
    page.fill("#text", REPORT)
    page.click("#run")
    expect(page.locator(".arriving")).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()
    early = model.told_at_first
    assert early >= 3
    expect(page.locator(".card")).to_have_count(early)
    expect(page.locator(".masthead-figures b")).to_have_text(str(early))
    expect(page.locator(".masthead-about")).to_contain_text("已完成 1 /")
    lit = page.evaluate("[...CSS.highlights.get('arriving-achievement')].map(String)")
    assert len(lit) == early
    assert all(quote in REPORT for quote in lit)
    model.may_go_on.set()
    expect(page.locator("#tab-items")).to_be_visible()
    expect(page.locator("#report-title")).to_contain_text("望溪县")
    assert page.locator(".card").count() == 60 > early
    assert page.locator(".column.k-problem .card").count() == 20
    assert page.evaluate("CSS.highlights.has('arriving-achievement')") is False
    assert "report=" in page.url


def test_waiting_can_be_given_up_and_the_text_stays(visit: Visit, model: SlowModel) -> None:
    page = visit.open()
    page.fill("#text", REPORT)
    page.click("#run")
    expect(page.locator(".card").first).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as sent:
        page.click("#cancel")
    assert page.request.get(sent.value.url).json()["state"] == "cancelled"
    expect(page.locator("#text")).to_have_value(REPORT)
    expect(page.locator("#workspace")).to_be_hidden()
    assert not model.may_go_on.is_set()


def test_broken_events_do_not_lose_the_result(visit: Visit, model: SlowModel) -> None:
    model.may_go_on.set()
    visit.page.add_init_script(
        """const real = fetch;
        globalThis.fetch = (path, options) => path.endsWith("/events")
            ? Promise.reject(new TypeError("cut")) : real(path, options);"""
    )
    page = visit.open()
    page.fill("#text", REPORT)
    page.click("#run")
    expect(page.locator("#tab-items")).to_be_visible()
