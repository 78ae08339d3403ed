"""Keys, files, failures and empty results: what a person is told, and what they can do."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, serving
from tests.unit.text import files

SHORT = "望河县2023年工作总结\n一、主要成效\n新建公厕14座。\n"


@pytest.fixture(scope="module")
def locked() -> Iterator[tuple[str, str]]:
    """Run a service that asks for keys; return its address and a key."""
    with TemporaryDirectory() as data, serving(REQUIRE_KEYS="true", DATA_DIR=data) as address:
        made = subprocess.run(
            [sys.executable, "-m", "groundwork.cli", "keys", "add", "tests"],
            env={"GROUNDWORK_DATA_DIR": data},
            check=True,
            capture_output=True,
            text=True,
        )
        yield address, made.stdout.strip()


def drop(page: Page, name: str, body: bytes) -> None:
    """Drop a file on the page, as a hand with a mouse would."""
    held = page.evaluate_handle(
        """([name, bytes]) => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array(bytes)], name));
            return held;
        }""",
        [name, list(body)],
    )
    page.dispatch_event("#paper", "dragenter", {"dataTransfer": held})
    expect(page.locator(".paper-drop")).to_be_visible()
    page.dispatch_event("#paper", "drop", {"dataTransfer": held})


def test_a_key_is_asked_for_and_the_work_goes_on(visit: Visit, locked: tuple[str, str]) -> None:
    visit.address, key = locked
    page = visit.open()
    page.fill("#text", SHORT)
    page.click("#run")
    expect(page.locator("#key-dialog")).to_be_visible()
    expect(page.locator("#key-note")).to_contain_text("要求接口密钥")
    page.fill("#key-input", "gw_wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#key-note")).to_contain_text("密钥无效")
    page.fill("#key-input", key)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(1)
    page.click("#export-menu button")
    with page.expect_download() as started:
        page.click('#export-list [data-format="csv"]')
    assert "新建公厕14座" in started.value.path().read_text(encoding="utf-8-sig")
    visit.errors.clear()  # the browser itself reports each 401


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_files_are_dropped(visit: Visit, kind: str) -> None:
    make = {"docx": files.word, "pdf": files.printed}[kind]
    page = visit.open()
    drop(page, f"总结.{kind}", make(files.REPORT))
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#report-title")).to_contain_text("市园林局2023年工作总结")
    assert page.locator(".card").count() >= 6
    assert "口袋公园26个" in (page.locator(".source-text").text_content() or "")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        ("空.txt", b" \n", "没有文字"),
        ("坏.pdf", b"%PDF-1.7\nnothing", "没有文字层"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(
    visit: Visit, name: str, body: bytes, words: str
) -> None:
    page = visit.open()
    drop(page, name, body)
    expect(page.locator("#compose-state")).to_contain_text(words)
    expect(page.locator("#compose-state button")).to_have_text("再试一次")
    page.click("#language-button")
    drop(page, name, body)
    expect(page.locator("#compose-state button")).to_have_text("Try again")
    visit.errors.clear()  # the browser itself reports each 4xx


def test_a_result_that_is_gone_is_told(visit: Visit) -> None:
    page = visit.open(f"/#report={'0' * 64}")
    expect(page.locator("#compose-state")).to_contain_text("已过保存期限")
    visit.errors.clear()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("首页 > 新闻\n版权所有 ICP备123号", "没有找到报告正文"),
        ("各位领导,同志们:大家好。", "没有可以归类的结论"),
    ],
)
def test_an_empty_result_says_why(visit: Visit, text: str, words: str) -> None:
    page = visit.open()
    page.fill("#text", text)
    page.click("#run")
    expect(page.locator(".nothing h2")).to_have_text(words)


def test_every_problem_the_viewer_explains_exists(visit: Visit) -> None:
    page = visit.open()
    explained = page.evaluate(
        "import('/viewer/words/zh.js').then((words) => Object.keys(words.default.problem))"
    )
    for name in explained:
        assert page.request.get(f"{visit.address}/problems/{name}").status == 200, name


def test_a_print_holds_all_items_and_the_whole_source(visit: Visit, tmp_path: Path) -> None:
    text = "望河县2023年工作总结\n一、主要成效\n"
    text += "".join(f"第{n}片区新建公厕{n}座,惠及居民{n}00人。\n" for n in range(101, 161))
    page = visit.paste(text)
    expect(page.locator(".card")).to_have_count(60)
    page.emulate_media(color_scheme="dark")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    pages = [page.get_textpage().get_text_range() for page in printed]
    assert len(pages) >= 4
    everything = "".join(pages).replace("\r\n", "").replace("\n", "")
    assert everything.count("第160片区新建公厕") == 2  # as an item, and in the source
    assert everything.index("第101片区") < everything.index("第160片区")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
