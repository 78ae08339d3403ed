"""What everybody is given: our own corpus, its gold and its trials."""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from benchmarks.measures import CORPUS

ALTERED: Final = "refused"
FAITHFUL: Final = "accepted"


@dataclass(frozen=True, slots=True)
class Text:
    """One document of the corpus."""

    name: str
    text: str
    gold: dict[str, Any]
    noisy: bool
    """Page breaks, glosses or stray blanks were put into it."""


def texts() -> list[Text]:
    """Return the documents of the corpus, by name."""
    noise = json.loads((CORPUS / "gold" / "noise.json").read_text("utf-8"))
    noisy = {entry["file"] for entry in noise} if isinstance(noise, list) else set(noise)
    found = []
    for path in sorted((CORPUS / "text").glob("*.txt")):
        gold = json.loads((CORPUS / "gold" / f"{path.stem}.json").read_text("utf-8"))
        text = path.read_bytes().decode("utf-8")
        is_noisy = path.name in noisy or path.stem in noisy
        found.append(Text(path.stem, text, gold, is_noisy))
    return found


def trials() -> list[dict[str, Any]]:
    """Return the claims about the corpus, faithful and altered."""
    lines = (CORPUS / "trials.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def unique_quotes(text: Text) -> list[tuple[int, int, str]]:
    """Return the statements whose words stand in their document once."""
    quotes = [(item["start"], item["end"], item["quote"]) for item in text.gold["items"]]
    return [quote for quote in quotes if text.text.count(quote[2]) == 1]


def decimal(value: object) -> Decimal | None:
    """Read a number however it is written; None when it is none."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def equal(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two values are the same but for binary rounding."""
    if one is None or other is None:
        return False
    return abs(one - other) <= Decimal("1e-9") * max(Decimal(1), abs(one), abs(other))
