"""The corpus is what its sources say, and what issue and README promise of it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus.__main__ import HERE, outputs
from benchmarks.generate.__main__ import SEED, one
from benchmarks.generate.compose import departments
from benchmarks.generate.trials import FILE, trials, written

NAMES = sorted(path.stem for path in (HERE / "src").glob("*.txt"))


def gold(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "gold" / f"{name}.json").read_text("utf-8"))
    return loaded


def text(name: str) -> str:
    return (HERE / "text" / f"{name}.txt").read_bytes().decode("utf-8")


def test_compiling_the_sources_gives_the_committed_files() -> None:
    for path, content in outputs():
        assert path.read_bytes().decode("utf-8") == content, path.name


def test_no_file_is_left_of_a_source_that_is_gone() -> None:
    assert {path.stem for path in (HERE / "text").glob("*.txt")} == set(NAMES)
    found = {path.stem for path in (HERE / "gold").glob("*.json")}
    assert found - {"index", "noise"} == set(NAMES)


def test_the_seed_gives_the_committed_sources() -> None:
    for number in range(len(departments())):
        name, markup = one(number, SEED)
        assert (HERE / "src" / f"{name}.txt").read_text("utf-8") == markup, name


def test_the_seed_gives_the_committed_claims() -> None:
    assert written(trials()) == FILE.read_text("utf-8")


def test_size() -> None:
    index = json.loads((HERE / "gold" / "index.json").read_text("utf-8"))
    kinds = [entry["provenance"] for entry in index]
    assert kinds.count("written") >= 12
    assert kinds.count("generated") >= 12
    assert len({gold(name)["reports"][0]["organisation"] for name in NAMES}) >= 20
    assert all(700 <= len(text(name)) <= 3000 for name in NAMES)


def test_a_third_of_the_written_reports_are_in_a_mess() -> None:
    messy = {entry["file"] for entry in json.loads((HERE / "gold/noise.json").read_text("utf-8"))}
    sited = {
        f"{name}.txt"
        for name in NAMES
        if gold(name)["reports"][0]["start"] > 60 or len(gold(name)["reports"]) > 1
    }
    assert len(messy | sited) * 3 >= len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_where_it_says(name: str) -> None:
    source, annotated = text(name), gold(name)
    entries = [*annotated["items"], *annotated["quantities"]]
    noise = json.loads((HERE / "gold" / "noise.json").read_text("utf-8"))
    entries += [entry for entry in noise if entry["file"] == f"{name}.txt"]
    for entry in entries:
        assert source[entry["start"] : entry["end"]] == entry["quote"]


@pytest.mark.parametrize("name", NAMES)
def test_annotations_keep_to_the_guidelines(name: str) -> None:
    annotated = gold(name)
    assert {item["kind"] for item in annotated["items"]} <= {
        "achievement",
        "problem",
        "goal",
        "plan",
    }
    ends = [(item["start"], item["end"]) for item in annotated["items"]]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))
    for item in annotated["items"]:
        assert item["quote"][-1] not in "。;；"
        assert any(
            r["start"] <= item["start"] < item["end"] <= r["end"] for r in annotated["reports"]
        )
    for quantity in annotated["quantities"]:
        assert not (quantity["masked"] and quantity["value"] is not None)


def test_claims_come_of_every_kind() -> None:
    lines = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    refused = {line["change"] for line in lines if line["expect"] == "refused"}
    assert refused >= {"value", "unit", "scale", "direction", "bound", "swapped", "unmasked"}
    assert sum(line["expect"] == "accepted" for line in lines) >= 300
    assert sum(line["expect"] == "refused" for line in lines) >= 300
    assert Path(FILE).stat().st_size < 500_000
