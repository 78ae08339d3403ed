"""The figures of the gate: how the rule engine and the verifier do on our own corpus.

Everything here is deterministic: no model, no network, no clock.
"""

import asyncio
import hashlib
import json
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

from groundwork.engine.rules import RuleEngine
from groundwork.evaluation import Scores, evaluate
from groundwork.pipeline import structure, verify
from groundwork.text.clean import clean
from groundwork.text.document import SourceText
from schemas.requests import ClaimChecked, ClaimToVerify
from schemas.result import Kind
from schemas.verdict import Verdict

CORPUS: Final = Path(__file__).parent / "corpus"
Figures = dict[str, float]


def digest(corpus: Path = CORPUS) -> str:
    """Return the SHA-256 of every text, annotation and claim: what the figures are about."""
    total = hashlib.sha256()
    for path in sorted([*corpus.glob("text/*.txt"), *corpus.glob("gold/*.json")]):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    total.update((corpus / "trials.jsonl").read_bytes())
    return total.hexdigest()


def figures(corpus: Path = CORPUS) -> Figures:
    """Return every figure of the gate, rounded to what is shown."""
    scores = asyncio.run(evaluate(corpus / "gold", corpus / "text", RuleEngine()))
    found = accuracy(scores) | _cleaning(corpus) | _reports(corpus) | _claims(corpus)
    return {name: round(figure, 4) for name, figure in found.items()}


def accuracy(scores: Scores) -> Figures:
    """Return what an evaluation found, one figure a name."""
    total = scores.total
    found = {"macro_char_f1": total.macro}
    found |= {f"{kind}_char_f1": total.characters[kind].f1 for kind in Kind}
    found["item_f1"] = total.all_items.f1
    found["quantity_precision"] = total.quantities.precision
    found["quantity_recall"] = total.quantities.recall
    for name in ("value", "unit", "masked"):
        found[f"quantity_{name}"] = total.fields[name].ratio or 0.0
    return found


def _counts(char: str) -> bool:
    """Say whether a character is more than punctuation, white space or control."""
    return unicodedata.category(char)[0] not in "PZC"


def _texts(corpus: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    found = {}
    for path in sorted((corpus / "text").glob("*.txt")):
        gold = json.loads((corpus / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        found[path.stem] = (path.read_bytes().decode("utf-8"), gold)
    return found


def _cleaning(corpus: Path) -> Figures:
    """Compare what cleaning drops within the reports with the noise the annotators marked.

    Misread characters are left out: a cleaner may mend them, but has nothing to drop.
    """
    noise = defaultdict(list)
    for entry in json.loads((corpus / "gold" / "noise.json").read_text(encoding="utf-8")):
        if entry["kind"] != "ocr_error":
            noise[Path(entry["file"]).stem].append((entry["start"], entry["end"]))
    removed = Counter[bool]()
    kept = Counter[bool]()
    for name, (text, gold) in _texts(corpus).items():
        read = set(clean(SourceText(text)).starts)
        for start, end in noise[name]:
            removed[read.isdisjoint(range(start, end))] += 1
        marked = {at for start, end in noise[name] for at in range(start, end)}
        for report in gold["reports"]:
            for at in range(report["start"], report["end"]):
                if at not in marked and _counts(text[at]):
                    kept[at in read] += 1
    return {"noise_removed": _share(removed), "text_kept": _share(kept)}


def _reports(corpus: Path) -> Figures:
    """Compare the extent of the reports found with the annotators': site noise stays outside."""
    outside = Counter[bool]()
    inside = Counter[bool]()
    for text, gold in _texts(corpus).values():
        result = asyncio.run(structure(SourceText(text), RuleEngine()))
        found = {
            at for report in result.reports for at in range(report.span.start, report.span.end)
        }
        true = {at for report in gold["reports"] for at in range(report["start"], report["end"])}
        for at, char in enumerate(text):
            if _counts(char):
                (inside if at in true else outside)[(at in found) == (at in true)] += 1
    return {"site_left_out": _share(outside), "report_found": _share(inside)}


def _claims(corpus: Path) -> Figures:
    """Judge the true and the false claims; a false one accepted is the worst that can happen."""
    accepted = {"accepted": Counter[bool](), "refused": Counter[bool]()}
    for trial, checked in judged(corpus):
        accepted[trial["expect"]][stands(checked)] += 1
    return {
        "faithful_accepted": _share(accepted["accepted"]),
        "altered_accepted": float(accepted["refused"][True]),
    }


def judged(corpus: Path = CORPUS) -> list[tuple[dict[str, Any], ClaimChecked]]:
    """Return each claim of the corpus with its judgement."""
    by_document = defaultdict(list)
    for line in (corpus / "trials.jsonl").read_text(encoding="utf-8").splitlines():
        trial = json.loads(line)
        by_document[trial["doc"]].append(trial)
    found: list[tuple[dict[str, Any], ClaimChecked]] = []
    for name, trials in by_document.items():
        text = (corpus / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        claims = [
            ClaimToVerify.model_validate({key: trial[key] for key in ("id", "text", "spans")})
            for trial in trials
        ]
        found += zip(trials, verify(text, claims), strict=True)
    return found


def stands(checked: ClaimChecked) -> bool:
    """Say whether a claim was accepted: each number supported, or hidden on both sides."""
    return bool(checked.quantities) and all(
        check.verdict in {Verdict.SUPPORTED, Verdict.MASKED} and not check.reasons
        for check in checked.quantities
    )


def _share(counted: Counter[bool]) -> float:
    total = counted.total()
    return counted[True] / total if total else 1.0
