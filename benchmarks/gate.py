"""Hold the accuracy that was reached: ``make gate``, or ``python -m benchmarks.gate``.

Every figure has a floor in ``baseline.json``; one that falls below it by more than the margin
fails the gate. ``--update`` writes the figures as the new floors, and refuses to lower one
unless ``--allow-regression`` is given as well. ``altered_accepted`` has a ceiling instead, no
false claim at all, which is a promise and not a measurement: nothing moves it.

The margin
    The figures do not tremble: the same code gives the same numbers. The margin is there so
    that a change that wins ten statements and loses one clause elsewhere can go in: one
    statement more or less moves a figure by about 0.001. False claims that pass have none.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.measures import CORPUS, Figures, accuracy, digest, figures
from groundwork.engine.rules import RuleEngine
from groundwork.evaluation import evaluate

BASELINE: Final = Path(__file__).with_name("baseline.json")
README: Final = Path(__file__).with_name("README.md")
SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
MARGIN: Final = 0.002
CEILINGS: Final = {"altered_accepted": 0.0}


def falls(floors: Figures, found: Figures, margin: float = MARGIN) -> list[str]:
    """Return a sentence for each figure that is worse than it was, or gone.

    >>> falls({"a": 0.9, "b": 0.9}, {"a": 0.8995, "b": 0.8})
    ['b is 0.8000, its floor 0.9000']
    """
    worse = []
    for name, floor in floors.items():
        figure = found.get(name)
        if figure is None:
            worse.append(f"{name} is not measured any more")
        elif figure < floor - margin:
            worse.append(f"{name} is {figure:.4f}, its floor {floor:.4f}")
    return worse


def exceeds(found: Figures) -> list[str]:
    """Return a sentence for each figure above its ceiling.

    >>> exceeds({"altered_accepted": 1.0})
    ['altered_accepted is 1, its ceiling 0']
    """
    return [
        f"{name} is {found[name]:.0f}, its ceiling {ceiling:.0f}"
        for name, ceiling in CEILINGS.items()
        if found[name] > ceiling
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show, judge; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--update", action="store_true", help="write the figures as new floors")
    parser.add_argument(
        "--allow-regression", action="store_true", help="let --update lower a floor"
    )
    chosen = parser.parse_args(arguments)
    known = _known(chosen.baseline)
    found, corpus = figures(chosen.corpus), digest(chosen.corpus)
    console = Console()
    console.print(_table(known.get("floors", {}), found))
    for note in _seeds():
        console.print(note)
    if chosen.update:
        lowered = falls(known.get("floors", {}), found, margin=0)
        return _update(chosen.baseline, corpus, found, [] if chosen.allow_regression else lowered)
    worse = falls(known.get("floors", {}), found) + exceeds(found)
    if known.get("corpus") != corpus:
        worse.append("the corpus is not the one the floors were measured on: see --update")
    return _verdict(worse)


def _known(baseline: Path) -> dict[str, Any]:
    if not baseline.exists():
        return {}
    known: dict[str, Any] = json.loads(baseline.read_text(encoding="utf-8"))
    return known


def _table(floors: Figures, found: Figures) -> Table:
    table = Table(title="Accuracy on benchmarks/corpus, by rules", title_justify="left")
    for column in ("figure", "now", "floor"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name, figure in found.items():
        if name in CEILINGS:
            table.add_row(name, f"{figure:.0f}", f"at most {CEILINGS[name]:.0f}")
        else:
            floor = f"{floors[name]:.4f}" if name in floors else "-"
            table.add_row(name, f"{figure:.4f}", floor)
    return table


def _seeds() -> list[str]:
    """Report, without judging, how the annotated uploads beside the project do."""
    gold, texts = SHARED / "gold", SHARED / "seeds"
    if not (gold.is_dir() and texts.is_dir()):
        return ["annotated uploads beside the project: absent, not measured"]
    scores = asyncio.run(evaluate(gold, texts, RuleEngine()))
    shown = (f"{name} {figure:.4f}" for name, figure in accuracy(scores).items())
    return ["annotated uploads beside the project, not gated: " + ", ".join(shown)]


def _update(baseline: Path, corpus: str, found: Figures, worse: list[str]) -> int:
    if worse:
        print("not updated, for a floor would be lowered; --allow-regression does it anyway:")
        return _verdict(worse)
    floors = {name: figure for name, figure in found.items() if name not in CEILINGS}
    written = {"corpus": corpus, "floors": floors}
    baseline.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    if baseline == BASELINE:
        text = README.read_text(encoding="utf-8")
        README.write_text(with_figures(text, found), encoding="utf-8")
    print(f"wrote {baseline.name}")
    return 0


def with_figures(readme: str, found: Figures) -> str:
    """Return the README with the table of figures put between its marks."""
    head, _, rest = readme.partition("<!-- figures -->\n")
    tail = rest.partition("<!-- /figures -->")[2]
    rows = ["| figure | by rules | command |", "| --- | ---: | --- |"]
    for name, figure in found.items():
        shown = f"{figure:.0f}" if name in CEILINGS else f"{figure:.4f}"
        rows.append(f"| {name} | {shown} | `make gate` |")
    table = "\n".join(rows)
    return f"{head}<!-- figures -->\n{table}\n<!-- /figures -->{tail}"


def _verdict(worse: list[str]) -> int:
    for sentence in worse:
        print(f"FELL: {sentence}")
    print("the gate is closed" if worse else "the gate is open")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
