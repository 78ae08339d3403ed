"""The benchmark beside peers: how figures are counted, and that the page is the run's."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers import quantities
from benchmarks.peers.__main__ import PAGE, PARTS
from benchmarks.peers.door import PeerMissingError, ask
from benchmarks.peers.material import Text, decimal, equal, texts, trials, unique_quotes
from benchmarks.peers.page import assemble
from benchmarks.peers.table import Table, missing, share


def gold(start: int, end: int, value: str | None, **more: Any) -> dict[str, Any]:
    usual = {"type": "count", "masked": False, "upper": None, "quote": ""}
    return {"start": start, "end": end, "value": value, **usual, **more}


NUMBERS = [
    gold(0, 3, "14"),
    gold(10, 15, "150000000", type="money"),
    gold(20, 23, None, masked=True),
    gold(30, 35, None, type="date"),
]
TEXT = Text("a", "", {"quantities": NUMBERS}, noisy=False)
RIGHT: quantities.Said = [(0, 2, Decimal(14)), (10, 15, Decimal("1.5e8")), (20, 23, None)]


def test_recall_wants_the_value_and_an_overlap() -> None:
    assert quantities._recall([(TEXT, RIGHT)]) == (2, 2)
    assert quantities._recall([(TEXT, RIGHT)], money=True) == (1, 1)
    wrong: quantities.Said = [(0, 2, Decimal(15)), (15, 20, Decimal(150000000))]
    assert quantities._recall([(TEXT, wrong)]) == (0, 2)


def test_precision_leaves_dates_out_and_counts_invented_values() -> None:
    assert quantities._precision(TEXT, RIGHT) == (3, 3)
    assert quantities._precision(TEXT, [(30, 34, Decimal(2023))]) == (0, 0)
    assert quantities._precision(TEXT, [(20, 23, Decimal(5)), (40, 42, Decimal(1))]) == (0, 2)


def test_values_are_compared_as_numbers() -> None:
    assert equal(decimal("1.50"), decimal(1.5))
    assert not equal(decimal("1.5"), decimal("1.6"))
    assert not equal(decimal(None), decimal(None))
    assert decimal("many") is None


def test_the_material_is_the_corpus() -> None:
    given = texts()
    assert len(given) >= 20
    assert any(text.noisy for text in given)
    assert any(not text.noisy for text in given)
    names = {text.name for text in given}
    assert {trial["doc"] for trial in trials()} <= names
    for text in given:
        for start, end, quote in unique_quotes(text):
            assert text.text[start:end] == quote


def test_a_peer_that_is_not_there_has_no_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.peers.door.PYTHON", tmp_path / "bin" / "python")
    with pytest.raises(PeerMissingError, match="make bench"):
        ask("jionlp", [])
    assert missing("jionlp", "why", 4) == ["jionlp", "not run: why", "-", "-"]


def table(name: str, figure: str) -> Table:
    return Table(name, name.title(), ("what", "figure"), [["x", figure]], "A note.")


def test_a_part_is_renewed_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.peers.page._peers", lambda: "none")
    order = ["spans", "tokens"]
    old = assemble({"spans": table("spans", "1"), "tokens": table("tokens", "2")}, order, "")
    new = assemble({"tokens": table("tokens", "3")}, order, old)
    assert "| x | 1 |" in new
    assert "| x | 3 |" in new
    assert "| x | 2 |" not in new
    assert new.count("## Where") == 1
    assert new.index("## Spans") < new.index("## Tokens") < new.index("## Where")


def test_the_page_has_every_part_and_its_command() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in PARTS:
        assert f"`make bench ONLY={name}`" in page
    assert "## Where" in page


def test_shares_tell_their_counts() -> None:
    assert share(1, 3) == "33.3 % (1/3)"
