"""The finder against the annotated uploads."""

import json
from pathlib import Path
from typing import Any

import pytest

from groundwork.quantities.find import find
from groundwork.quantities.found import Found
from groundwork.text.clean import clean
from groundwork.text.document import SourceText

NAMES = ("000_81bb0a8379cd0fbe", "003_f1749bfab7b2431e")

Annotated = dict[tuple[int, int], dict[str, Any]]


def _read(shared: Path, name: str) -> tuple[Annotated, dict[tuple[int, int], Found]]:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    with (shared / "seeds" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        text = clean(SourceText(file.read()))
    spans = {text.to_source(found.start, found.end): found for found in find(text.reading)}
    inside = {
        span: found
        for span, found in spans.items()
        if any(r["start"] <= span[0] and span[1] <= r["end"] for r in gold["reports"])
    }
    return {(q["start"], q["end"]): q for q in gold["quantities"]}, inside


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_spans_agree_with_the_annotations(shared: Path, name: str) -> None:
    gold, found = _read(shared, name)
    right = len(gold.keys() & found.keys())
    assert right / len(found) >= 0.97
    assert right / len(gold) >= 0.97


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_values_units_and_masks_agree_with_the_annotations(shared: Path, name: str) -> None:
    gold, found = _read(shared, name)
    both = gold.keys() & found.keys()
    for field in ("value", "upper", "unit", "masked", "qualifier", "change", "type"):
        right = sum(_same(gold[span][field], getattr(found[span], field)) for span in both)
        assert right / len(both) >= 0.98, field


def _same(annotated: object, read: object) -> bool:
    if isinstance(annotated, int | float) and not isinstance(annotated, bool):
        return read is not None and abs(annotated - float(str(read))) <= 1e-9 * max(1, annotated)
    return annotated == read
