"""How fast the finder reads, and whether hostile text slows it down: characters a CPU second.

Run from the project root: ``python -m benchmarks.quantities_speed``. The reports are the examples,
one number in sixteen characters, and the corpus, each once: what has been read once is read faster
again. A ratio near 4 means that four times the text takes four times as long.
"""

from pathlib import Path
from time import process_time

from benchmarks.measures import CORPUS
from groundwork.quantities.find import find

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"
HOSTILE = {
    "digits": "1",
    "grouped digits": "1,",
    "dotted digits": "1.",
    "spaced digits": "1 000 ",
    "masks": "x",
    "masks with points": "x.",
    "stars": "*",
    "Chinese one": "一",
    "scales": "亿",
    "open brackets": "（",
    "open quotes": "“",
    "respectively": "分别",
    "lists": "3个、",
    "respective lists": "分别3个、",
    "ranges": "1至",
    "years": "2022年",
    "masked years": "20-",
    "added": "新增",
    "fractions": "百分之",
}
_LENGTH = 80_000


def seconds(text: str) -> float:
    start = process_time()
    find(text)
    return process_time() - start


def main() -> None:
    for name, paths in (("examples", EXAMPLES), ("corpus", CORPUS / "text")):
        text = "\n".join(path.read_text("utf-8") for path in sorted(paths.glob("*.txt")))
        best = min(seconds(text) for _ in range(5))
        print(f"{name:<20}{len(text) / best:>14,.0f} characters/second")
    for name, unit in HOSTILE.items():
        long = (unit * _LENGTH)[:_LENGTH]
        short = min(seconds(long[: _LENGTH // 4]) for _ in range(3))
        full = min(seconds(long) for _ in range(3))
        print(f"{name:<20}{_LENGTH / full:>14,.0f} characters/second, x4 text: x{full / short:.1f}")


if __name__ == "__main__":
    main()
