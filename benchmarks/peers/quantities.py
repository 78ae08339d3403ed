"""Numbers in running text: how many are found with their value, of how many said, how fast.

A number counts as found when what is said overlaps it and has its value in the base unit
(1.5亿元 is 150000000); units, bounds and directions, which only we read, do not count. Dates are
left out on both sides. Masked numbers count for precision alone: to give one a value is wrong.
Everybody gets the raw files. The corpus is our own and our rules were improved on it, so our
figures here are an upper end.
"""

import re
import statistics
from collections.abc import Callable, Iterable
from decimal import Decimal
from time import process_time
from typing import Any, Final

from benchmarks.peers.door import PeerMissingError, ask
from benchmarks.peers.material import Text, decimal, equal, texts
from benchmarks.peers.table import Table, missing, share
from groundwork import pipeline
from groundwork.quantities.find import find
from groundwork.text.document import SourceText

Said = list[tuple[int, int, Decimal | None]]
_ROUNDS: Final = 3
_NUMERAL: Final = re.compile("[0-9０-９.．零〇一二两三四五六七八九十百千万亿]+")


def measure() -> Table:
    """Measure ours, recognizers-text, jionlp and cn2an in turns."""
    given = texts()
    columns = (
        "finder",
        "recall",
        "recall, files without noise",
        "recall, money",
        "precision",
        "characters a CPU second",
    )
    characters = sum(len(text.text) for text in given)
    finders: dict[str, Callable[[], tuple[list[Said], float]]] = {
        "Groundwork": lambda: _ours(given),
        "ms-recognizers-text": lambda: _peer("recognizers", given),
        "jionlp (money only)": lambda: _peer("jionlp", given),
    }
    rows = []
    runs: dict[str, list[tuple[list[Said], float]]] = {name: [] for name in finders}
    faults: dict[str, PeerMissingError] = {}
    for _ in range(_ROUNDS):  # in turns, so that a busy machine is busy for all
        for name, run in finders.items():
            try:
                if name not in faults:
                    runs[name].append(run())
            except PeerMissingError as error:
                faults[name] = error
    for name in finders:
        if name in faults:
            rows.append(missing(name, faults[name], len(columns)))
            continue
        said, _ = runs[name][0]
        speed = characters / statistics.median(seconds for _, seconds in runs[name])
        rows.append([name, *_figures(given, said), f"{speed:,.0f}"])
    rows.append(_numerals(given, len(columns)))
    return Table("quantities", "Quantities", columns, rows, __doc__.split("\n\n", 1)[1].strip())


def _ours(given: list[Text]) -> tuple[list[Said], float]:
    began = process_time()
    found = [pipeline.quantities(SourceText(text.text)) for text in given]
    seconds = process_time() - began
    said: list[Said] = [
        [(each.span.start, each.span.end, each.value) for each in document if each.type != "date"]
        for document in found
    ]
    return said, seconds


def _peer(task: str, given: list[Text]) -> tuple[list[Said], float]:
    """Give a peer all files as one list of lines, and sort what it says back into files."""
    lines = [line for text in given for line in text.text.split("\n")]
    found, seconds = ask(task, lines)
    ends, offset = [], 0
    for text in given:
        offset += len(text.text) + 1
        ends.append(offset)
    said: list[Said] = [[] for _ in given]
    at, began = 0, 0
    for start, end, value in sorted(found, key=lambda each: int(each[0])):
        while start >= ends[at]:
            began, at = ends[at], at + 1
        said[at].append((start - began, end - began, decimal(value)))
    return said, seconds


def _figures(given: list[Text], said: list[Said]) -> list[str]:
    pairs = list(zip(given, said, strict=True))
    clean = [(text, numbers) for text, numbers in pairs if not text.noisy]
    hits = judged = 0
    for text, numbers in pairs:
        right, of = _precision(text, numbers)
        hits, judged = hits + right, judged + of
    return [
        share(*_recall(pairs)),
        share(*_recall(clean)),
        share(*_recall(pairs, money=True)),
        share(hits, judged),
    ]


def _recall(pairs: Iterable[tuple[Text, Said]], *, money: bool = False) -> tuple[int, int]:
    hits = total = 0
    for text, numbers in pairs:
        for gold in _numbers(text):
            if gold["value"] is None or (money and gold["type"] != "money"):
                continue
            total += 1
            hits += any(_answers(gold, number) for number in numbers)
    return hits, total


def _precision(text: Text, numbers: Said) -> tuple[int, int]:
    """Count what is right of what is said; what touches only dates is left out."""
    gold = _numbers(text)
    dates = [each for each in text.gold["quantities"] if each["type"] == "date"]
    hits = total = 0
    for number in numbers:
        touched = [each for each in gold if _touches(each, number)]
        if not touched and any(_touches(each, number) for each in dates):
            continue
        total += 1
        hits += any(
            _answers(each, number) or (each["value"] is None and number[2] is None)
            for each in touched
        )
    return hits, total


def _numbers(text: Text) -> list[dict[str, Any]]:
    return [each for each in text.gold["quantities"] if each["type"] != "date"]


def _touches(gold: dict[str, Any], number: tuple[int, int, Decimal | None]) -> bool:
    return bool(gold["start"] < number[1] and number[0] < gold["end"])


def _answers(gold: dict[str, Any], number: tuple[int, int, Decimal | None]) -> bool:
    return _touches(gold, number) and equal(decimal(gold["value"]), number[2])


def _numerals(given: list[Text], columns: int) -> list[str]:
    """Return the row of cn2an: numerals cut out for it, since it does not search texts."""
    wanted = []
    for text in given:
        for gold in _numbers(text):
            numeral = _NUMERAL.search(gold["quote"])
            if numeral and gold["value"] is not None and gold["upper"] is None:
                alone = find(numeral[0] + "个")
                if alone and alone[0].value is not None:
                    wanted.append((numeral[0], alone[0].value))
    name = "cn2an (numerals cut out for it)"
    try:
        values, seconds = ask("cn2an", [numeral for numeral, _ in wanted])
    except PeerMissingError as error:
        return missing(name, error, columns)
    right = sum(
        equal(value, decimal(said)) for (_, value), said in zip(wanted, values, strict=True)
    )
    characters = sum(len(numeral) for numeral, _ in wanted)
    speed = f"{characters / max(seconds, 1e-9):,.0f}"
    return [name, f"finds none; reads {share(right, len(wanted))}", "-", "-", "-", speed]
