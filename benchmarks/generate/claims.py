"""Statements of the corpus as claims: their words without noise, their numbers apart."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Quantity:
    """A gold number within a claim."""

    start: int
    end: int
    words: str
    unit: str | None
    value: float | int | None
    masked: bool
    type: str
    qualifier: str
    change: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A gold statement, ready to be reworded or altered."""

    doc: str
    start: int
    end: int
    text: str
    """Without page breaks, glosses and stray blanks."""
    quantities: tuple[Quantity, ...]
    traditional: bool

    def replaced(self, quantity: Quantity, words: str) -> str:
        """Return the text with other words in the place of one number."""
        return self.text[: quantity.start] + words + self.text[quantity.end :]


def statements(corpus: Path) -> Iterator[Statement]:
    """Yield the statements that hold a number, in the order of the documents."""
    gold_dir, text_dir = corpus / "gold", corpus / "text"
    noise: dict[str, list[tuple[int, int, str]]] = {}
    for entry in json.loads((gold_dir / "noise.json").read_text(encoding="utf-8")):
        span = (entry["start"], entry["end"], entry["kind"])
        noise.setdefault(entry["file"], []).append(span)
    for path in sorted(text_dir.glob("*.txt")):
        gold = json.loads((gold_dir / f"{path.stem}.json").read_text(encoding="utf-8"))
        text = path.read_bytes().decode("utf-8")
        dropped = noise.get(path.name, [])
        traditional = any(kind == "pinyin_gloss" for _, _, kind in dropped)
        for item in gold["items"]:
            inside = [
                quantity
                for quantity in gold["quantities"]
                if item["start"] <= quantity["start"] < quantity["end"] <= item["end"]
            ]
            counted = [quantity for quantity in inside if quantity["type"] != "date"]
            if counted:
                place = (item["start"], item["end"])
                yield _statement(path.stem, text, place, counted, dropped, traditional)


def _statement(
    doc: str,
    text: str,
    place: tuple[int, int],
    quantities: list[dict[str, object]],
    dropped: list[tuple[int, int, str]],
    traditional: bool,
) -> Statement:
    gone = {at for start, end, kind in dropped if kind != "ocr_error" for at in range(start, end)}
    kept = [at for at in range(*place) if at not in gone]
    claim = "".join(text[at] for at in kept)
    mapped = []
    for entry in quantities:
        start, end = int(str(entry["start"])), int(str(entry["end"]))
        first = sum(at < start for at in kept)
        last = sum(at < end for at in kept)
        fields = {name: entry[name] for name in ("unit", "value", "masked", "type", "qualifier")}
        change = entry["change"]
        mapped.append(Quantity(first, last, claim[first:last], change=change, **fields))  # type: ignore[arg-type]
    return Statement(doc, *place, claim, tuple(mapped), traditional)
