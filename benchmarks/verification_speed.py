"""How many characters of claims the verifier judges in a second, on one core.

    python -m benchmarks.verification_speed [FILE ...]

The text is the example reports, repeated; the claims are its sentences against their own spans:
word for word, with a digit altered, and with a clause more than the source has, so that the
literal path, the aligned one and the weighing are measured; then each once more against the whole
text. The examples are dense in numbers (one in sixteen characters); other files can be named.
Last come the claims about the corpus, altered and faithful, each against the spans it cites.

Reading the source (cleaning it, finding its numbers) is timed apart: it happens once, however many
claims there are. Finding the numbers of each claim is part of judging. Sizes double, so that
growth is seen. Times are of the processor, the best of three rounds.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from benchmarks.measures import CORPUS
from groundwork.grounding.verify import CheckedText, judge
from groundwork.grounding.verify.sources import to_clean

_SENTENCE = re.compile("[^。；;\n]{6,}")
_DIGIT = re.compile("[1-8]")
FORMS: dict[str, Callable[[str], str]] = {
    "word for word": lambda text: text,
    "one digit altered": lambda text: _DIGIT.sub(lambda d: str(int(d[0]) + 1), text, count=1),
    "clause added": lambda text: "据统计，" + text,
}
ROUNDS = 3
SIZES = (1, 2, 4, 8)


class Told(NamedTuple):
    """A claim, its source, and the clean ranges it cites."""

    claim: str
    text: CheckedText
    ranges: Sequence[tuple[int, int]]


def main(arguments: Sequence[str]) -> None:
    """Print characters a second for each form of claim and each size, and for the corpus."""
    source = body([Path(name) for name in arguments])
    for times in SIZES:
        text, reading = read(source * times)
        print(f"{len(source) * times:>9,} characters; reading them {reading:>10,.0f}/s")
        for name in FORMS:
            near, far = (speed(told(text, name, whole=whole)) for whole in (False, True))
            print(f"    {name:<20}{near:>12,.0f} characters of claims/s, by all {far:>10,.0f}/s")
    for expected, claims in corpus().items():
        print(f"corpus, {expected:<16}{speed(claims):>12,.0f} characters of claims/s")


def body(paths: Sequence[Path] = ()) -> str:
    """Return the texts of the files, or of the example reports."""
    examples = Path(__file__).resolve().parents[1] / "examples" / "reports"
    files = paths or sorted(examples.glob("*.txt"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def read(source: str) -> tuple[CheckedText, float]:
    """Return the source made ready for claims, and how many characters a second that took."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = process_time()
        text = CheckedText.of(source)
        best = min(best, process_time() - began)
    return text, len(source) / best


def told(text: CheckedText, form: str, *, whole: bool) -> list[Told]:
    """Return the sentences of a source as claims of a form, each against its own span or all."""
    spans = [found.span() for found in _SENTENCE.finditer(text.clean.text)]
    everything = [(0, len(text.clean.text))]
    alter = FORMS[form]
    return [
        Told(alter(text.clean.text[start:end]), text, everything if whole else [(start, end)])
        for start, end in spans
    ]


def corpus() -> dict[str, list[Told]]:
    """Return the claims about the corpus, by whether they are to be accepted or refused."""
    texts: dict[str, CheckedText] = {}
    claims: dict[str, list[Told]] = {}
    for trial in _trials():
        name = trial["doc"]
        if name not in texts:
            written = (CORPUS / "text" / f"{name}.txt").read_bytes().decode("utf-8")
            texts[name] = CheckedText.of(written)
        text = texts[name]
        ranges = [to_clean(text.clean, span["start"], span["end"]) for span in trial["spans"]]
        claims.setdefault(trial["expect"], []).append(Told(trial["text"], text, ranges))
    return claims


def _trials() -> Iterator[dict[str, Any]]:
    with (CORPUS / "trials.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def speed(claims: Sequence[Told]) -> float:
    """Return how many characters of these claims are judged in a second."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = process_time()
        for claim, text, ranges in claims:
            judge(claim, ranges, text)
        best = min(best, process_time() - began)
    return sum(len(claim) for claim, _, _ in claims) / best


if __name__ == "__main__":
    main(sys.argv[1:])
