"""No altered number is accepted; faithful wordings are. Both over reports of our own, and seeds."""

import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundwork.grounding.verify import CheckedText, acceptable, judge
from tests.unit.grounding import alterations, rewordings
from tests.unit.grounding.material import EXAMPLES, Sentence, chooser, numerals, sentences

FEWEST_KINDS = 15
FEWEST_ALTERED = 2_000
FEWEST_FAITHFUL = 500
LEAST_ACCEPTED = 0.995


def read(path: Path) -> CheckedText:
    return CheckedText.of(path.read_bytes().decode())


def altered(text: CheckedText, seed: str) -> Iterator[tuple[str, Sentence, str]]:
    """Yield kind, sentence and altered claim for every sentence of a report."""
    told = list(sentences(text))
    for sentence in told:
        others = [number for other in told if other is not sentence for number in numerals(other)]
        for kind, alter in alterations.KINDS.items():
            rng = chooser(f"{seed} {sentence.start} {kind}")
            for claim in alter(sentence, rng, others):
                if claim != sentence.text:
                    yield kind, sentence, claim


def reworded(text: CheckedText, seed: str) -> Iterator[tuple[str, Sentence, str]]:
    """Yield kind, sentence and faithful claim for every sentence of a report."""
    for sentence in sentences(text):
        for kind, reword in rewordings.KINDS.items():
            for claim in reword(sentence, chooser(f"{seed} {sentence.start} {kind}")):
                yield kind, sentence, claim


def accepted(claim: str, evidence: tuple[int, int], text: CheckedText) -> bool:
    return all(acceptable(check) for check in judge(claim, [evidence], text))


def evidence(sentence: Sentence, text: CheckedText, cited: str) -> tuple[int, int]:
    return (sentence.start, sentence.end) if cited == "sentence" else (0, len(text.clean.text))


@pytest.mark.parametrize("cited", ["sentence", "whole report"])
def test_no_altered_claim_is_accepted(cited: str) -> None:
    kinds: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for path in EXAMPLES:
        text = read(path)
        for kind, sentence, claim in altered(text, path.name):
            kinds[kind] += 1
            if accepted(claim, evidence(sentence, text, cited), text):
                wrong.append((kind, sentence.text, claim))
    assert wrong == []
    assert len(kinds) >= FEWEST_KINDS
    assert set(kinds) == set(alterations.KINDS), "a kind of alteration never occurred"
    assert kinds.total() >= FEWEST_ALTERED


@pytest.mark.parametrize("cited", ["sentence", "whole report"])
def test_faithful_wordings_are_accepted(cited: str) -> None:
    kinds: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for path in EXAMPLES:
        text = read(path)
        for kind, sentence, claim in reworded(text, path.name):
            kinds[kind] += 1
            if not accepted(claim, evidence(sentence, text, cited), text):
                wrong.append((kind, sentence.text, claim))
    assert set(kinds) == set(rewordings.KINDS), "a kind of rewording never occurred"
    assert kinds.total() >= FEWEST_FAITHFUL
    assert len(wrong) <= kinds.total() * (1 - LEAST_ACCEPTED), wrong


@pytest.mark.shared
def test_seeds_altered_and_reworded(shared: Path) -> None:
    """The same on the real uploads; one claim in eight, chosen by its letters."""
    counts: Counter[str] = Counter()
    passed: list[str] = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = read(path)
        for kind, sentence, claim in altered(text, path.name):
            if zlib.crc32(claim.encode()) % 8 == 0:
                counts["altered"] += 1
                if accepted(claim, (sentence.start, sentence.end), text):
                    passed.append(f"{path.name} {sentence.start} {kind}")
        for _, sentence, claim in reworded(text, path.name):
            if zlib.crc32(claim.encode()) % 8 == 0:
                counts["faithful"] += 1
                counts["kept"] += accepted(claim, (sentence.start, sentence.end), text)
    assert passed == []
    assert counts["kept"] >= counts["faithful"] * LEAST_ACCEPTED, counts
    assert counts["altered"] > 300
    assert counts["faithful"] > 300
