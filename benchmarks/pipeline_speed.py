"""How fast the deterministic path is, and that it is linear: text to verified result by rules.

    python benchmarks/pipeline_speed.py [--rounds 3]

Sizes are made by repeating the example reports; the hostile inputs are 100,000 characters each and
are compared with plain text of the same size. Timings depend on the machine; ratios hardly do.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from groundwork.engine.rules import RuleEngine
from groundwork.errors import GroundworkError
from groundwork.pipeline import structure
from groundwork.text.decode import decode

EXAMPLES: Final = Path(__file__).parents[1] / "examples" / "reports"
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
HOSTILE_SIZE: Final = 100_000
HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "nested brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "endless digits": lambda n: "1" * n,
    "endless x": lambda n: "x" * n,
    "Chinese numerals": lambda n: "一" * n,
    "line breaks": lambda n: "\n甲" * (n // 2),
    "commas": lambda n: "力争5家," * (n // 5),
    "one sentence without a stop": lambda n: "推进工作" * (n // 4),
    "headings": lambda n: "一、工作\n(一)成效\n" * (n // 11),
    "分别 lists": lambda n: "甲、乙分别为3家、5家," * (n // 13),
    "alternating scripts": lambda n: "學a学1" * (n // 4),
}


def seconds(text: str, rounds: int) -> float:
    """Return the least of ``rounds`` timings of one whole run."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        try:
            asyncio.run(structure(decode(text), RuleEngine()))
        except GroundworkError as error:
            print(f"    refused: {error}")
        best = min(best, time.perf_counter() - started)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    book = "".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    print(f"{'text':<30}{'characters':>12}{'ms':>10}{'characters/s':>15}")
    plain = 0.0
    for size in SIZES:
        text = (book * (size // len(book) + 1))[:size]
        took = seconds(text, rounds)
        plain = took if size == HOSTILE_SIZE else plain
        print(f"{'example reports':<30}{size:>12,}{took * 1000:>10.1f}{size / took:>15,.0f}")
    for name, make in HOSTILE.items():
        text = make(HOSTILE_SIZE)
        took = seconds(text, 1)
        print(f"{name:<30}{len(text):>12,}{took * 1000:>10.1f}{took / plain:>13.1f}x plain")


if __name__ == "__main__":
    main()
