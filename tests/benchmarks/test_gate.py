import json
from pathlib import Path

import pytest

from benchmarks import gate

GOOD = {"macro_char_f1": 0.9, "noise_removed": 1.0, "altered_accepted": 0.0}


@pytest.fixture
def baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate whose figures the test decides."""
    monkeypatch.setattr(gate, "digest", lambda corpus: "the corpus")
    monkeypatch.setattr(gate, "_seeds", list)
    measured(monkeypatch)
    path = tmp_path / "baseline.json"
    assert gate.main(["--baseline", str(path), "--update"]) == 0
    return path


def measured(monkeypatch: pytest.MonkeyPatch, **changes: float) -> None:
    monkeypatch.setattr(gate, "figures", lambda corpus: GOOD | changes)


def test_the_same_figures_pass(baseline: Path) -> None:
    assert gate.main(["--baseline", str(baseline)]) == 0


def test_a_fall_within_the_margin_passes(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, macro_char_f1=0.8985)
    assert gate.main(["--baseline", str(baseline)]) == 0


def test_a_fall_fails_and_is_named(
    baseline: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch, macro_char_f1=0.89)
    assert gate.main(["--baseline", str(baseline)]) == 1
    assert "FELL: macro_char_f1 is 0.8900, its floor 0.9000" in capsys.readouterr().out


def test_one_false_claim_accepted_fails(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, altered_accepted=1.0)
    assert gate.main(["--baseline", str(baseline)]) == 1


def test_no_update_allows_a_false_claim(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, altered_accepted=1.0)
    gate.main(["--baseline", str(baseline), "--update", "--allow-regression"])
    assert gate.main(["--baseline", str(baseline)]) == 1


def test_another_corpus_fails(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "digest", lambda corpus: "another")
    assert gate.main(["--baseline", str(baseline)]) == 1


def test_a_figure_that_is_gone_fails(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    less = {name: figure for name, figure in GOOD.items() if name != "noise_removed"}
    monkeypatch.setattr(gate, "figures", lambda corpus: less)
    assert gate.main(["--baseline", str(baseline)]) == 1


def test_an_update_raises_floors(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, macro_char_f1=0.95)
    assert gate.main(["--baseline", str(baseline), "--update"]) == 0
    assert json.loads(baseline.read_text())["floors"]["macro_char_f1"] == 0.95


def test_an_update_lowers_a_floor_only_when_told_to(
    baseline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, macro_char_f1=0.8995)
    before = baseline.read_text()
    assert gate.main(["--baseline", str(baseline), "--update"]) == 1
    assert baseline.read_text() == before
    assert gate.main(["--baseline", str(baseline), "--update", "--allow-regression"]) == 0
    assert json.loads(baseline.read_text())["floors"]["macro_char_f1"] == 0.8995


def test_the_committed_baseline_names_every_figure() -> None:
    floors = json.loads(gate.BASELINE.read_text())["floors"]
    assert {"macro_char_f1", "quantity_precision", "noise_removed", "faithful_accepted"} <= set(
        floors
    )
    assert not set(floors) & set(gate.CEILINGS)


def test_the_readme_shows_the_floors() -> None:
    floors = json.loads(gate.BASELINE.read_text())["floors"]
    readme = gate.README.read_text(encoding="utf-8")
    for name, figure in floors.items():
        assert f"| {name} | {figure:.4f} | `make gate` |" in readme, "run the gate with --update"


def test_the_table_of_figures_is_replaced_whole() -> None:
    readme = "a\n<!-- figures -->\nold\n<!-- /figures -->\nz\n"
    once = gate.with_figures(readme, GOOD)
    assert "old" not in once
    assert once.startswith("a\n")
    assert once.endswith("\nz\n")
    assert gate.with_figures(once, GOOD) == once
