"""The five real uploads: noise gone, brackets kept, reports found, annotated items inside."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from groundwork.engine.rules import RuleEngine
from groundwork.pipeline import structure
from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.document import Document
from groundwork.text.split import split

pytestmark = pytest.mark.shared

REPORTS = {"000": 2, "001": 1, "002": 1, "003": 1, "004": 3}
SITE = [
    "下载",
    "版权",
    "版權",
    "会员",
    "配套讲稿",
    "溫馨",
    "相关文章",
    "范文网",
    "協議",
    "2023-03-05",
    "文档",
]


def read(shared: Path, start: str) -> Document:
    (path,) = (shared / "seeds").glob(f"{start}*.txt")
    return split(clean(decode(path.read_bytes())))


@pytest.mark.parametrize(("start", "count"), REPORTS.items())
def test_reports(shared: Path, start: str, count: int) -> None:
    assert len(read(shared, start).reports) == count


def test_annotated_noise_is_removed_or_mapped_over(shared: Path) -> None:
    noise = json.loads((shared / "gold" / "noise.json").read_text(encoding="utf-8"))
    edited: dict[str, set[int]] = {}
    for start in REPORTS:
        edits = read(shared, start).clean.edits
        edited[start] = {at for edit in edits for at in range(edit.start, edit.end)}
    met = [
        # A misread word may be put right by changing the wrong characters in it alone.
        bool(edited[span["file"][:3]] & set(range(span["start"], span["end"])))
        for span in noise
    ]
    assert sum(met) / len(met) >= 0.99


def test_real_brackets_stay(shared: Path) -> None:
    cleaned = read(shared, "001").clean
    noise = json.loads((shared / "gold" / "noise.json").read_text(encoding="utf-8"))
    glosses = {span["start"] for span in noise if span["kind"] == "pinyin_gloss"}
    (report,) = read(shared, "001").reports
    low, high = cleaned.to_source(report.start, report.end)
    source = cleaned.source.text
    real = {at for at in range(low, high) if source[at] == "(" and at not in glosses}
    assert real <= set(cleaned.starts)
    assert len(real) >= 21


@pytest.mark.parametrize("start", REPORTS)
def test_the_site_yields_no_sentence(shared: Path, start: str) -> None:
    document = read(shared, start)
    for report in document.reports:
        for _, sentence in report.sentences():
            words = document.clean.text[sentence.start : sentence.end]
            assert not [word for word in SITE if word in words]


def gold(shared: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((shared / "gold").glob("0*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def test_annotated_items_lie_inside_sentences(shared: Path) -> None:
    for annotated in gold(shared):
        document = read(shared, annotated["file"][:3])
        ranges = [
            document.clean.to_source(sentence.start, sentence.end)
            for report in document.reports
            for _, sentence in report.sentences()
        ]
        for item in annotated["items"]:
            over = [r for r in ranges if r[0] < item["end"] and r[1] > item["start"]]
            assert over
            assert over[0][0] <= item["start"]
            assert item["end"] <= over[-1][1]


def test_annotated_reports_are_found(shared: Path) -> None:
    for annotated in gold(shared):
        document = read(shared, annotated["file"][:3])
        found = [
            {
                **dict(
                    zip(("start", "end"), document.clean.to_source(r.start, r.end), strict=True)
                ),
                "title": r.title,
                "organisation": r.organisation,
                "period": r.period,
            }
            for r in document.reports
        ]
        assert found == annotated["reports"]


@pytest.mark.parametrize("start", REPORTS)
def test_the_site_yields_no_item_and_no_quantity(shared: Path, start: str) -> None:
    (path,) = (shared / "seeds").glob(f"{start}*.txt")
    result = asyncio.run(structure(decode(path.read_bytes()), RuleEngine()))
    spans = [span for report in result.reports for item in report.items for span in item.evidence]
    spans += [quantity.span for report in result.reports for quantity in report.quantities]
    assert len(spans) > 50
    for annotated in gold(shared):
        if annotated["file"] == path.name:
            ranges = [(report["start"], report["end"]) for report in annotated["reports"]]
            outside = [s for s in spans if not any(a <= s.start and s.end <= b for a, b in ranges)]
            assert outside == []
    assert not [span for span in spans if any(word in span.quote for word in SITE)]
