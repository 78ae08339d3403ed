"""A number read before is read alike again: in a claim, beside other digits, in any order."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.quantities.find import Known, find, windows
from groundwork.quantities.find.scan import BRANCHES, SCAN
from tests.unit.quantities.test_find_properties import REPORTS

EXAMPLES = Path(__file__).parents[3] / "examples" / "reports"
PIECE = re.compile("[^。；;\n]{6,}")
SIGNS = "0123456789.,%万亿年月至到-—、，。；个家项的约超近余以上下第前成倍同比增长下降"


def altered(text: str, rng: random.Random) -> str:
    """Return the text with up to three places changed, dropped or doubled."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(text))
        sign = rng.choice(SIGNS)
        text = rng.choice(
            (
                text[:at] + sign + text[at:],
                text[:at] + sign + text[at + 1 :],
                text[:at] + text[at + 1 :] or text,
                text[at:] + text[:at],
            )
        )
    return text


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_known_of_a_source_changes_no_reading_of_a_claim(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    known = Known()
    assert find(source, known) == find(source)
    for piece in PIECE.findall(source):
        rng = random.Random(piece)
        for claim in (piece, *(altered(piece, rng) for _ in range(12))):
            assert find(claim, known) == find(claim), claim


@settings(max_examples=300, deadline=None)
@given(REPORTS, REPORTS)
def test_what_is_known_changes_no_reading(one: str, other: str) -> None:
    known = Known()
    find(one, known)
    for text in (other, one + other, other + one):
        assert find(text, known) == find(text)


@settings(max_examples=400, deadline=None)
@given(REPORTS | st.text("0123456789.,%年至个家第前成/: -", max_size=30))
def test_digits_that_only_say_how_much_are_read_as_any_others(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "shape", lambda _left, number, _right: number)
        as_written = find(text)
    assert find(text) == as_written


def test_digits_of_the_examples_are_read_as_any_others(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    told = [find(text) for text in texts]
    monkeypatch.setattr(windows, "shape", lambda _left, number, _right: number)
    assert [find(text) for text in texts] == told


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | REPORTS)
def test_the_scan_passes_over_nothing_that_a_branch_would_take(text: str) -> None:
    every = re.compile(BRANCHES)
    places = [(found.span(), found.lastgroup) for found in SCAN.finditer(text)]
    assert places == [(found.span(), found.lastgroup) for found in every.finditer(text)]


def test_windows_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_MOST", 4)
    text = "新增企业12家，签约项目3个；完成投资5.6亿元，增长7.8%，其中技改2.1亿元。"
    assert find(text, Known()) == find(text)
