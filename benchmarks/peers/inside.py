"""The peers themselves, run inside ``.venv-bench``: ``inside.py TASK < given.json > found.json``.

This file imports nothing of ours: the other environment has none of it.
"""

import contextlib
import io
import json
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from time import process_time
from typing import Any

Found = list[list[Any]]


def recognizers(lines: list[str]) -> Found:
    """Numbers with units, percentages and plain numbers, the longest of those that overlap."""
    suite = import_module("ms_recognizers_suite")
    culture = "zh-cn"
    readers = [
        suite.recognize_currency,
        suite.recognize_dimension,
        suite.recognize_percentage,
        suite.recognize_number,
    ]
    found: Found = []
    offset = 0
    for line in lines:
        taken: list[tuple[int, int]] = []
        for read in readers:
            for result in read(line, culture):
                start, end = result.start, result.end + 1
                if any(start < right and left < end for left, right in taken):
                    continue
                taken.append((start, end))
                found.append([offset + start, offset + end, _value(result.resolution)])
        offset += len(line) + 1
    return found


def _value(resolution: Any) -> str | None:
    value = (resolution or {}).get("value")
    return None if value is None else str(value).rstrip("%").replace(",", "")


def jionlp(lines: list[str]) -> Found:
    """Amounts of money: the only numbers that it finds in running text, beside times."""
    money = import_module("jionlp").ner.extract_money
    found: Found = []
    offset = 0
    for line in lines:
        for result in money(line, with_parsing=True):
            start, end = result["offset"]
            number = (result.get("detail") or {}).get("num")
            value = number[0] if isinstance(number, list) else number
            found.append([offset + start, offset + end, value])
        offset += len(line) + 1
    return found


def cn2an(numerals: list[str]) -> list[str | None]:
    """Values of numerals that stand alone; it does not look for them in a text."""
    convert = import_module("cn2an").cn2an
    values: list[str | None] = []
    for numeral in numerals:
        try:
            values.append(str(convert(numeral, "smart")))
        except ValueError:
            values.append(None)
    return values


def aligner(given: dict[str, Any]) -> Found:
    """Where LangExtract grounds each quote: start, end and the status, or nothing."""
    data = import_module("langextract.core.data")
    tokenizer = getattr(import_module("langextract.core.tokenizer"), given["tokenizer"])()
    resolver = import_module("langextract.resolver").Resolver()
    found: Found = []
    for group in given["groups"]:
        # One quote a call, or all of a group in one: as the caller wants to know.
        wanted = [data.Extraction("item", quote) for quote in group["quotes"]]
        batches = [wanted] if given["together"] else [[each] for each in wanted]
        for batch in batches:
            for each in resolver.align(batch, group["text"], 0, 0, tokenizer_inst=tokenizer):
                place, status = each.char_interval, each.alignment_status
                found.append(
                    [place.start_pos, place.end_pos, status.value]
                    if place and status and place.start_pos is not None
                    else [None, None, None]
                )
    return found


def tokens(given: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Tokens of texts by name, by two vocabularies of models that are in use."""
    library = import_module("bpe_openai")
    counts: dict[str, dict[str, int]] = {}
    for vocabulary in ("o200k_base", "cl100k_base"):
        encoding = library.get_encoding(vocabulary)
        counts[vocabulary] = {
            name: sum(len(encoding.encode(text)) for text in texts) for name, texts in given.items()
        }
    return counts


def versions(names: list[str]) -> dict[str, str]:
    """Versions of installed packages."""
    return {name: version(name) for name in names}


TASKS: dict[str, Callable[[Any], Any]] = {
    "recognizers": recognizers,
    "jionlp": jionlp,
    "cn2an": cn2an,
    "aligner": aligner,
    "tokens": tokens,
    "versions": versions,
}
_WARM_UP: dict[str, Any] = {
    "recognizers": ["投资1.5亿元,增长3%"],
    "jionlp": ["投资1.5亿元"],
    "cn2an": ["三"],
}


def main() -> None:
    """Do one task; tell what was found and the processor seconds it took, imports left out."""
    warnings.simplefilter("ignore")
    name, given = sys.argv[1], json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()):
        if name in _WARM_UP:
            TASKS[name](_WARM_UP[name])
        elif name == "aligner":
            TASKS[name]({**given, "groups": [{"text": "新建公厕", "quotes": ["公厕"]}]})
        began = process_time()
        found = TASKS[name](given)
        seconds = process_time() - began
    json.dump({"found": found, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
