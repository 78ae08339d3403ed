"""Our figures are those of the annotators' own script, to the last count."""

import json
import random
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from groundwork.engine.rules import RuleEngine
from groundwork.evaluation.annotation import Annotation, Number, Statement, found_in, read_gold
from groundwork.evaluation.score import score
from groundwork.evaluation.tally import Hits, Tally
from groundwork.pipeline import structure
from groundwork.text.document import SourceText
from schemas.result import Kind

pytestmark = pytest.mark.shared
CORPUS = Path(__file__).parents[3] / "benchmarks" / "corpus"


@pytest.fixture(scope="module")
def script(shared: Path) -> ModuleType:
    spec = spec_from_file_location("annotators_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def theirs(script: ModuleType, text: str, gold: dict[str, Any], said: Annotation) -> Any:
    tally = script.Tally()
    items = [
        {"kind": str(entry.kind), "spans": [{"start": a, "end": b} for a, b in entry.ranges]}
        for entry in said.statements
    ]
    numbers = [
        {
            "start": entry.start,
            "end": entry.end,
            "type": str(entry.type),
            "value": None if entry.value is None else str(entry.value),
            "upper": None if entry.upper is None else str(entry.upper),
            "unit": entry.unit,
            "masked": entry.masked,
        }
        for entry in said.numbers
    ]
    script.score_items(tally, gold["items"], items, script.counted(text))
    script.score_quantities(tally, gold["quantities"], numbers, False)
    return tally


def same(script: ModuleType, ours: Tally, other: Any) -> bool:
    def as_list(hits: Hits) -> list[int]:
        return [hits.hit, hits.said, hits.gold]

    fields = ("value", "masked", "unit")
    return (
        {str(kind): as_list(ours.characters[kind]) for kind in Kind}
        | {"any": as_list(ours.any_kind)}
        == other.char
        and {str(kind): as_list(ours.items[kind]) for kind in Kind} == other.item
        and as_list(ours.quantities) == other.q
        and [share.right for share in ours.touching] == other.loose
        and all([ours.fields[f].right, ours.fields[f].of] == getattr(other, f) for f in fields)
        and abs(ours.macro - script.macro(other)) < 1e-12
    )


def folders(shared: Path) -> list[tuple[Path, Path]]:
    return [(shared / "gold", shared / "seeds"), (CORPUS / "gold", CORPUS / "text")]


def shaken(said: Annotation, rng: random.Random, length: int) -> Annotation:
    """Shift, drop and double what was said, so that every branch is compared."""

    def shift(at: int) -> int:
        return max(0, min(length - 1, at + rng.choice([0, 0, 0, -3, 2, 9])))

    statements = [
        Statement(rng.choice([entry.kind, entry.kind, *Kind]), ((low, max(low + 1, high)),))
        for entry in said.statements
        for start, end in entry.ranges
        for low, high in [(shift(start), shift(end))]
        if rng.random() < 0.9
    ]
    numbers = [
        Number(low, max(low + 1, shift(entry.end)), entry.type, entry.value, unit=entry.unit)
        for entry in said.numbers
        for low in [shift(entry.start)]
    ]
    return Annotation(tuple(statements * rng.choice([1, 2])), tuple(numbers))


async def _found(text: str) -> Annotation:
    return found_in(await structure(SourceText(text), RuleEngine()))


@pytest.mark.parametrize("which", [0, 1], ids=["uploads", "corpus"])
def test_rule_engine_and_noise_score_the_same(
    script: ModuleType, shared: Path, which: int, run: Any
) -> None:
    rng = random.Random(which)
    gold_dir, text_dir = folders(shared)[which]
    for document in read_gold(gold_dir, text_dir).documents:
        gold = json.loads((gold_dir / f"{document.name}.json").read_text(encoding="utf-8"))
        found = run(_found(document.text))
        for said in (found, shaken(found, rng, len(document.text)), document.annotation):
            ours = score(document.text, document.annotation, said)
            assert same(script, ours, theirs(script, document.text, gold, said)), document.name
