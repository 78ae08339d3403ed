"""How many characters of claims the verifier judges in a second, on one core.

    python -m benchmarks.verification_speed [FILE ...]

The text is the example reports, repeated; the claims are its sentences against their own spans:
word for word, with a number altered, and with a clause more than the source has, so that the
literal path and the weighing are both measured; then each once more against the whole text. The
examples are dense in numbers (one in sixteen characters); other files can be named.

Reading the source (cleaning it, finding its numbers) is timed apart: it happens once, however many
claims there are. Finding the numbers of each claim is part of judging. Sizes double, so that
growth is seen.
"""

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from groundwork.grounding.verify import CheckedText, judge

_SENTENCE = re.compile("[^。；;\n]{6,}")
_DIGIT = re.compile("[1-8]")
FORMS: dict[str, Callable[[str], str]] = {
    "word for word": lambda text: text,
    "one digit altered": lambda text: _DIGIT.sub(lambda d: str(int(d[0]) + 1), text, count=1),
    "clause added": lambda text: "据统计，" + text,
}
ROUNDS = 3


def main(arguments: Sequence[str]) -> None:
    """Print characters a second for each form of claim and each size."""
    root = Path(__file__).resolve().parents[1] / "examples" / "reports"
    paths = [Path(name) for name in arguments] or sorted(root.glob("*.txt"))
    body = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    for times in (1, 2, 4, 8):
        source = body * times
        began = time.perf_counter()
        text = CheckedText.of(source)
        read = time.perf_counter() - began
        print(f"{len(source):>9,} characters; reading them {len(source) / read:>10,.0f}/s")
        spans = [found.span() for found in _SENTENCE.finditer(text.clean.text)]
        whole = [(0, len(text.clean.text))] * len(spans)
        for name, form in FORMS.items():
            near, far = (_speed(text, spans, ranges, form) for ranges in (spans, whole))
            print(f"    {name:<20}{near:>12,.0f} characters of claims/s, by all {far:>10,.0f}/s")


def _speed(
    text: CheckedText,
    spans: Sequence[tuple[int, int]],
    evidence: Sequence[tuple[int, int]],
    form: Callable[[str], str],
) -> float:
    told = (form(text.clean.text[start:end]) for start, end in spans)
    claims = list(zip(told, evidence, strict=True))
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for claim, part in claims:
            judge(claim, [part], text)
        best = min(best, time.process_time() - began)
    return sum(len(claim) for claim, _ in claims) / best


if __name__ == "__main__":
    main(sys.argv[1:])
