import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from groundwork.export.formats import FORMATS
from groundwork.export.page.source import marked_source
from groundwork.export.words import Language
from schemas.result import Kind, PartialRange, Result
from schemas.verdict import Verdict

Sample = tuple[Result, str]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_same_result_same_bytes(sample: Sample, name: str, language: Language) -> None:
    render = FORMATS[name].render
    assert render(*sample, language) == render(*sample, language)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_every_statement_is_in_every_format(sample: Sample, name: str) -> None:
    result, _ = sample
    text = FORMATS[name].render(*sample, "zh").decode()
    shown = re.sub(r"<[^>]*>|[\\*✓▨✗?]|&\w+;", "", text)
    for claim in [item for report in result.reports for item in report.items] + result.refused:
        assert claim.text.removeprefix("=") in shown


def test_json_is_the_result_itself(sample: Sample) -> None:
    assert Result.model_validate_json(FORMATS["json"].render(*sample, "zh")) == sample[0]


def test_jsonl_has_a_line_a_statement_refused_ones_too(sample: Sample) -> None:
    lines = FORMATS["jsonl"].render(*sample, "zh").decode().split("\n")
    assert lines.pop() == ""
    rows = [json.loads(line) for line in lines]
    assert [row["row"] for row in rows] == ["item"] * 5 + ["refused", "finding"]
    assert rows[0]["period"] == rows[-1]["period"] == "2023"
    assert rows[-1]["arithmetic"] == sample[0].reports[0].findings[0].arithmetic


def test_csv_opens_in_excel_and_holds_no_formula(sample: Sample) -> None:
    raw = FORMATS["csv"].render(*sample, "zh")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == 8
    assert {len(row) for row in rows} == {11}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert rows[1][5].startswith("'=新建")


def test_xlsx_has_its_sheets_and_colours_and_no_formula(sample: Sample) -> None:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render(*sample, "zh")))
    assert book.sheetnames == [
        "概览", "目标", "成效", "问题", "计划", "发现", "数字", "未引用数字", "被拒结论", "证据",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c for c in cells if c.data_type == "f" or str(c.value).startswith(FORMULA)]
    numbers = list(book["数字"].iter_rows(min_row=2))
    assert [row[6].value for row in numbers[:3]] == [32000, 12.5, None]
    fills = {row[3].value: row[3].fill.start_color.rgb for row in numbers}
    assert len(fills) == len(Verdict) == len(set(fills.values()))
    assert book["证据"].max_row == 1 + 6 + 2


def test_markdown_shows_hostile_text_as_it_is(sample: Sample) -> None:
    text = FORMATS["md"].render(*sample, "en").decode()
    assert "<script>" not in text
    assert "[15, 17)" not in text  # positions in a claim are no positions in the source
    assert "1,820人次**✗" in text


class _Reader(HTMLParser):
    """Collects tags, and the text of the element with class ``text``."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.references += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_loads_nothing_and_runs_nothing(sample: Sample) -> None:
    page = FORMATS["html"].render(*sample, "zh").decode()
    reader = _Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert all(reference.startswith("#s") for reference in reader.references)
    assert "url(" not in page
    assert "@import" not in page
    for reference in reader.references:
        assert page.count(f'id="{reference[1:]}"') == 1


def test_html_holds_the_whole_source(sample: Sample) -> None:
    reader = _Reader()
    reader.feed(marked_source(*sample))
    assert reader.text == sample[1]
    assert reader.tags.count("mark") == 6 + 2  # a finding cuts one of them, for its anchors


def test_w3c_selectors_find_their_place_by_position_and_by_words(sample: Sample) -> None:
    _, source = sample
    collection = json.loads(FORMATS["w3c"].render(*sample, "zh"))
    annotations = collection["first"]["items"]
    assert collection["total"] == len(annotations) == 7
    for annotation in annotations:
        for target in annotation["target"]:
            position, quote = target["selector"]
            assert source[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert source.count(around) == 1


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_findings_are_in_every_format(sample: Sample, name: str) -> None:
    (finding,) = sample[0].reports[0].findings
    text = FORMATS[name].render(*sample, "zh").decode().replace("\\", "")
    assert finding.message.zh.removeprefix("=") in text
    assert finding.arithmetic.removeprefix("-") in text


def test_xlsx_has_a_row_a_finding(sample: Sample) -> None:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render(*sample, "en")))
    (row,) = list(book["Findings"].iter_rows(min_row=2, values_only=True))
    assert row[1:3] == ("r1f1", "Change that does not add up")
    assert row[5] == "3.2万亩 ⋯ 12.5%"


def test_w3c_findings_are_assessments_in_both_languages(sample: Sample) -> None:
    annotation = json.loads(FORMATS["w3c"].render(*sample, "zh"))["first"]["items"][-1]
    assert annotation["motivation"] == "assessing"
    assert [body.get("language") for body in annotation["body"][:2]] == ["zh", "en"]
    assert len(annotation["target"]) == 2


def test_kinds_are_named_in_both_languages(sample: Sample) -> None:
    zh = FORMATS["md"].render(*sample, "zh").decode()
    en = FORMATS["md"].render(*sample, "en").decode()
    assert all(word in zh for word in ("目标", "成效", "问题", "计划"))
    assert all(kind.value.title() in en for kind in Kind)


@pytest.mark.parametrize("name", ["md", "html", "xlsx"])
def test_what_the_run_says_is_said_in_the_readers_language(sample: Sample, name: str) -> None:
    result, source = sample
    warned = result.model_copy(
        update={
            "warnings": ["part of the text was done by rules: no answer (3 times)"],
            "partial": [PartialRange(start=0, end=9, error="no answer; done by rules")],
        }
    )
    for language, wanted in (("zh", "模型服务没有作答"), ("en", "no answer; done by rules")):
        body = FORMATS[name].render(warned, source, language)  # type: ignore[arg-type]
        if name == "xlsx":
            cells = load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
            text = str([*cells])
        else:
            text = re.sub(r"\\", "", body.decode())
        assert wanted in text
        assert ("done by rules" in text) == (language == "en")
