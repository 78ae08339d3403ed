import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.fakes.sample_result import SOURCE, make_result

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
STREET = (EXAMPLES / "street.txt").read_text(encoding="utf-8")
MASKED = (EXAMPLES / "masked.txt").read_text(encoding="utf-8")
AGAINST_ITSELF = "望河县2023年工作总结\n一、主要成效\n全县120家企业中,有研发活动的30家,占26%。\n"
TWO = (EXAMPLES / "two-in-one.txt").read_text(encoding="utf-8")

WATCH_FLASHES = """() => {
    globalThis.flashed = [];
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            if (target.classList.contains("flash")) globalThis.flashed.push(target.textContent);
        }
    }).observe(document.querySelector(".source-text"), {
        attributeFilter: ["class"], subtree: true,
    });
}"""
"""Writes down what lights up, however short: it goes out by itself."""


def test_pasted_text_stands_on_the_left_and_items_on_the_right(visit: Visit) -> None:
    page = visit.paste(STREET)
    assert page.locator(".source-text").text_content() == STREET
    expect(page.locator(".column")).to_have_count(4)
    for kind in ("goal", "achievement", "problem", "plan"):
        shown = page.locator(f".column.k-{kind} .card").count()
        assert page.locator(f".column.k-{kind} .count").inner_text() == str(shown)
    assert page.locator(".card .chip.v-supported").count() > 20


def test_source_begins_where_the_report_does(visit: Visit) -> None:
    page = visit.paste("首页 | 要闻 | 公开 | 服务 | 登录\n" * 120 + STREET)
    expect(page.locator(".ev").first).to_be_in_viewport()
    page = visit.paste(STREET)
    assert page.evaluate("document.querySelector('.source-scroll').scrollTop") == 0


def test_file_is_read(visit: Visit, tmp_path: Path) -> None:
    upload = tmp_path / "报告.txt"
    upload.write_bytes(STREET.encode("gb18030"))
    page = visit.open()
    page.set_input_files("#file", upload)
    expect(page.locator(".card").first).to_be_visible()
    assert page.locator(".source-text").text_content() == STREET


def test_hovering_either_side_lights_up_the_other(visit: Visit) -> None:
    page = visit.paste(STREET)
    card = page.locator(".column.k-problem .card").first
    card.hover()
    lit = page.locator(".ev.lit")
    expect(lit.first).to_be_visible()
    assert "".join(lit.all_text_contents()) in STREET
    mark = page.locator(".ev.k-goal").first
    mark.hover()
    expect(page.locator(".card.lit")).to_have_count(1)
    expect(page.locator(".card.lit")).to_have_class(re.compile("k-goal"))


def test_number_tells_its_verdict_and_reason(visit: Visit) -> None:
    page = visit.sample()
    page.locator("#item-r1i1 .chip.v-supported").first.hover()
    expect(page.locator("#tip")).to_contain_text("32,000 亩")
    page.click("#tab-refused")
    page.locator(".refusal .chip.v-contradicted").focus()
    expect(page.locator("#tip")).to_contain_text("来源为“1,280人次”")
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()


def test_masked_numbers_are_seen_on_both_sides(visit: Visit) -> None:
    page = visit.paste(MASKED)
    assert page.locator(".card .chip.v-masked").count() > 3
    assert page.locator(".source-text .q.masked").count() > 3


def test_astral_characters_do_not_shift_the_evidence(visit: Visit) -> None:
    page = visit.sample()
    assert page.locator(".source-text").text_content() == SOURCE
    for item in make_result().reports[0].items:
        page.mouse.move(5, 5)  # off any number, whose card would lie in the way
        page.locator(f"#item-{item.id}").hover()
        assert "".join(page.locator(".ev.lit").all_text_contents()) == item.evidence[0].quote
    converted = page.evaluate(
        """async () => {
            const { SourceText } = await import("/viewer/js/spans.js");
            const text = new SourceText("𠮷a𠮷中");
            return [text.length, [0, 1, 2, 3, 4].map((p) => text.unit(p)), text.slice(2, 4)];
        }"""
    )
    assert converted == [4, [0, 2, 3, 5, 6], "𠮷中"]


def test_hostile_text_stays_text(visit: Visit) -> None:
    page = visit.sample()
    assert page.locator(".source-text script").count() == 0
    assert "<script>alert(1)</script>" in (page.locator(".source-text").text_content() or "")


def test_filters_by_kind_by_verdict_and_by_words(visit: Visit) -> None:
    page = visit.paste(MASKED)
    seen = page.locator(".card:visible")
    everything = seen.count()
    page.click(".toggle.k-goal")
    expect(page.locator(".column:not(.k-goal) .card:visible")).to_have_count(0)
    assert seen.count() > 0
    page.click(".toggle.k-goal")
    page.click(".toggle.v-masked")
    expect(seen.filter(has_not=page.locator(".chip.v-masked"))).to_have_count(0)
    page.click(".clear")
    expect(seen).to_have_count(everything)
    page.fill("#find", "没有这几个字")
    expect(seen).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("0")


def test_asking_for_contradicted_numbers_leads_to_the_refused_claims(visit: Visit) -> None:
    page = visit.sample()
    page.click(".toggle.v-contradicted")
    expect(page.locator(".refusal .chip.v-contradicted")).to_be_visible()
    expect(page.locator("#tab-refused")).to_have_attribute("aria-selected", "true")


def test_findings_have_a_tab_and_point_at_their_numbers(visit: Visit) -> None:
    page = visit.paste(AGAINST_ITSELF)
    page.click("#tab-findings")
    expect(page.locator(".finding")).to_have_count(1)
    expect(page.locator(".finding-kind")).to_have_text("占比对不上")
    expect(page.locator(".finding-sum")).to_have_text("30 / 120 = 25%")
    page.locator(".finding [data-spot]").last.click()
    assert page.evaluate("[...CSS.highlights.get('spot')].map(String)") == ["26%"]
    page.click("#language-button")
    expect(page.locator(".finding-text")).to_contain_text("25%")
    expect(page.locator(".finding-kind")).to_have_text("A share that does not add up")


def test_reports_of_one_upload_can_be_seen_one_by_one(visit: Visit) -> None:
    page = visit.paste(TWO)
    everything = page.locator(".card:visible").count()
    page.select_option("#report-picker", "1")
    expect(page.locator('.card[data-report="0"]:visible')).to_have_count(0)
    assert 0 < page.locator(".card:visible").count() < everything
    expect(page.locator("#report-title")).to_contain_text("镜泊镇")


def test_refused_claims_unclaimed_numbers_and_the_run_have_tabs(visit: Visit) -> None:
    page = visit.sample()
    page.click("#tab-unclaimed")
    expect(page.locator(".ledger tbody tr")).to_have_count(2)
    page.evaluate(WATCH_FLASHES)
    page.locator(".ledger tbody tr").first.click()
    page.wait_for_function("globalThis.flashed.includes('1,280人次')")
    page.click("#tab-refused")
    expect(page.locator(".refusal")).to_have_count(1)
    page.locator(".refusal [data-spot]").click()
    page.click("#tab-about")
    expect(page.locator(".facts")).to_contain_text(make_result().source.sha256)
    expect(page.locator(".notes").first).to_contain_text("one chunk was done by rules")


def test_charts_are_drawn_and_can_be_read(visit: Visit) -> None:
    page = visit.paste(STREET)
    page.click("#tab-charts")
    expect(page.locator("#chartVerdicts canvas")).to_be_visible()
    drawn = page.evaluate(
        """async () => {
            const canvas = document.querySelector("#chartVerdicts canvas");
            const pen = canvas.getContext("2d");
            const { width, height } = canvas;
            const inked = () => pen.getImageData(0, 0, width, height).data.some(Boolean);
            for (let tries = 0; tries < 100 && !inked(); tries += 1) {
                await new Promise((done) => setTimeout(done, 100));
            }
            return inked();
        }"""
    )
    assert drawn
    page.locator("#chartSections summary").click()
    expect(page.locator("#chartSections table")).to_be_visible()


def test_targets_are_drawn_beside_what_was_reached(visit: Visit) -> None:
    page = visit.paste(STREET)
    page.click("#tab-charts")
    chart = page.locator("#chartTargets")
    expect(chart.locator("canvas")).to_be_visible()
    row = chart.locator("tbody tr").filter(has_text="规上工业总产值")
    expect(row).to_contain_text("56.8亿元")
    expect(row).to_contain_text("突破60亿元")
    row.locator("[data-spot]").click()
    assert "56.8亿元" in page.evaluate("[...CSS.highlights.get('spot')].join()")


def test_no_chart_of_targets_where_there_is_none(visit: Visit) -> None:
    page = visit.paste(AGAINST_ITSELF)
    with page.expect_response("**/v1/comparisons"):
        page.click("#tab-charts")
    expect(page.locator("#chartVerdicts canvas")).to_be_visible()
    expect(page.locator("#chartTargets")).to_have_count(0)


def test_last_years_targets_are_followed_into_this_report(visit: Visit) -> None:
    page = visit.paste((EXAMPLES / "pair" / "2023.txt").read_text(encoding="utf-8"))
    page.click("#tab-compare")
    page.set_input_files("#last-file", EXAMPLES / "pair" / "2022.txt")
    expect(page.locator(".compare-sides")).to_contain_text("2022年")
    first = page.locator(".followed tbody tr").first
    expect(first).to_contain_text("已完成")
    expect(first).to_contain_text("104.8%")
    assert page.locator(".o-row-not_mentioned").count() > 0
    first.locator("[data-spot]").click()
    assert "325家" in page.evaluate("[...CSS.highlights.get('spot')].join()")
    page.click("#language-button")
    expect(page.locator(".followed tbody tr").first).to_contain_text("Met")


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "xlsx", "md", "html", "w3c"])
def test_exports(visit: Visit, name: str) -> None:
    page = visit.paste(STREET)
    page.click("#export-menu button")
    with page.expect_download() as started:
        page.click(f'#export-list [data-format="{name}"]')
    assert "望溪街道" in started.value.suggested_filename
    assert started.value.path().stat().st_size > 500


def test_theme_and_language_are_remembered(visit: Visit) -> None:
    page = visit.paste(STREET)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme-button")
    page.click("#language-button")
    expect(page.locator("#tab-unclaimed")).to_contain_text("Unclaimed")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()  # the address names the result
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#tab-unclaimed")).to_contain_text("Unclaimed")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_problem_is_told_in_words(visit: Visit) -> None:
    page = visit.open()
    page.route("**/v1/reports", lambda route: route.abort())
    page.fill("#text", "报告")
    page.click("#run")
    expect(page.locator("#compose-state")).to_contain_text("连不上服务")
    visit.errors.clear()  # the browser itself reports the request that was cut


def test_both_languages_have_the_same_words(visit: Visit) -> None:
    visit.open()
    zh, en = visit.page.evaluate(
        """async () => {
            const keys = (table, path = "") => Object.entries(table).flatMap(([name, value]) =>
                typeof value === "string" ? [path + name] : keys(value, `${path}${name}.`));
            const tables = ["zh", "en"].map((name) => import(`/viewer/words/${name}.js`));
            return (await Promise.all(tables)).map((table) => keys(table.default).sort());
        }"""
    )
    assert zh == en


def test_server_sent_events_are_read_as_the_standard_says(visit: Visit) -> None:
    page = visit.open()
    parsed = page.evaluate(
        """async () => {
            const { parse } = await import("/viewer/js/sse.js");
            const whole = "event: item\\nid: 7\\ndata: a\\ndata: b: c";
            return [whole, ": ka", "data:x"].map(parse);
        }"""
    )
    assert parsed == [
        {"name": "item", "data": "a\nb: c", "id": "7"},
        None,
        {"name": "message", "data": "x", "id": ""},
    ]
