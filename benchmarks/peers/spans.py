"""Quotes and where they stand: exactness for faithful ones, gullibility for altered ones.

`exact` are statements of the corpus, word for word and unique in their file, that are placed at
exactly their characters, punctuation at the edges included. `altered accepted` are claims with
one number, unit, direction, bound or mask altered that are grounded (LangExtract: any status;
CitationMixin: a quote is kept; Groundwork: no number of the claim is objected to). `faithful
accepted` are the corpus's rewordings of the same facts. Each claim is held against the whole of
its file, in a call of its own; our second row holds it against the spans it cites, as the product
does, where only they count as evidence. The last column is 60 word-for-word quotes in one text of
20,000 characters, one call, CPU; ours includes cleaning the text.
"""

import statistics
from collections.abc import Callable
from time import process_time
from typing import Any, Final

from benchmarks.peers.door import PeerMissingError, ask
from benchmarks.peers.material import ALTERED, FAITHFUL, Text, texts, trials, unique_quotes
from benchmarks.peers.table import Table, missing, share
from groundwork.grounding.locate import locate
from groundwork.pipeline import verify
from groundwork.text.clean import clean
from groundwork.text.document import SourceText
from schemas.requests import ClaimToVerify

Groups = list[dict[str, Any]]
Place = tuple[int | None, int | None, bool]
"""Start, end, and whether it was accepted."""
_LENGTH: Final = 20_000
_QUOTES: Final = 60
_ROUNDS: Final = 3
_COLUMNS: Final = ("grounding", "exact", "altered accepted", "faithful accepted", "60 quotes, ms")


def measure() -> Table:
    """Measure ours, both tokenizers of LangExtract's aligner, and CitationMixin."""
    given = texts()
    groups: dict[str, Groups] = {
        "exact": [
            {"text": text.text, "quotes": [quote for _, _, quote in unique_quotes(text)]}
            for text in given
        ],
        ALTERED: _claims(given, ALTERED),
        FAITHFUL: _claims(given, FAITHFUL),
    }
    spans = [(start, end) for text in given for start, end, _ in unique_quotes(text)]
    rows = []
    ways: dict[str, Callable[[Groups, bool], tuple[list[Place], float]]] = {
        "Groundwork": _ours,
        "Groundwork, cited spans alone": _cited,
        "LangExtract, UnicodeTokenizer": lambda g, t: _aligned("UnicodeTokenizer", g, t),
        "LangExtract, RegexTokenizer (default)": lambda g, t: _aligned("RegexTokenizer", g, t),
        "instructor CitationMixin": _citations,
    }
    long = _long(given)
    for name, way in ways.items():
        try:
            rows.append([name, *_row(way, groups, spans, long)])
        except PeerMissingError as error:
            rows.append(missing(name, error, len(_COLUMNS)))
    note = __doc__.split("\n\n", 1)[1].strip()
    return Table("spans", "Quotes and spans", _COLUMNS, rows, note)


def _row(
    way: Callable[[Groups, bool], tuple[list[Place], float]],
    groups: dict[str, Groups],
    spans: list[tuple[int, int]],
    long: Groups,
) -> list[str]:
    accepted = {}
    for kind in (ALTERED, FAITHFUL):
        # Ours judges claims, where peers only look for their words.
        found, _ = (_judged if way is _ours else way)(groups[kind], False)
        accepted[kind] = share(sum(place[2] for place in found), len(found))
    if way is _cited:
        return ["", accepted[ALTERED], accepted[FAITHFUL], ""]
    placed, _ = way(groups["exact"], False)
    exact = sum(place[:2] == span for place, span in zip(placed, spans, strict=True))
    took = statistics.median(way(long, True)[1] for _ in range(_ROUNDS))
    return [share(exact, len(spans)), accepted[ALTERED], accepted[FAITHFUL], f"{took * 1000:,.1f}"]


def _claims(given: list[Text], kind: str) -> Groups:
    by_name = {text.name: text.text for text in given}
    claims: dict[str, list[dict[str, Any]]] = {}
    for trial in trials():
        if trial["expect"] == kind:
            claims.setdefault(trial["doc"], []).append(trial)
    return [
        {
            "text": by_name[name],
            "quotes": [trial["text"] for trial in found],
            "spans": [trial["spans"] for trial in found],
        }
        for name, found in sorted(claims.items())
    ]


def _long(given: list[Text]) -> Groups:
    """Return one text of 20,000 characters with 60 quotes from all over it."""
    text, quotes = "", []
    for each in given:
        text += each.text + "\n"
        quotes += [quote for _, _, quote in unique_quotes(each)]
    text = text[:_LENGTH]
    inside = [quote for quote in quotes if text.count(quote) == 1]
    step = max(len(inside) // _QUOTES, 1)
    return [{"text": text, "quotes": inside[::step][:_QUOTES]}]


def _ours(groups: Groups, together: bool) -> tuple[list[Place], float]:
    del together
    began = process_time()
    places: list[Place] = []
    for group in groups:
        cleaned = clean(SourceText(group["text"]))
        for quote in group["quotes"]:
            place = locate(quote, [(0, len(cleaned.text))], cleaned)
            span = cleaned.span(*place) if place else None
            places.append((span.start, span.end, True) if span else (None, None, False))
    return places, process_time() - began


def _cited(groups: Groups, together: bool) -> tuple[list[Place], float]:
    return _judged(groups, together, cited=True)


def _judged(groups: Groups, together: bool, *, cited: bool = False) -> tuple[list[Place], float]:
    del together
    began = process_time()
    places: list[Place] = []
    for group in groups:
        claims = [
            ClaimToVerify(id="", text=quote, spans=spans if cited else None)
            for quote, spans in zip(group["quotes"], group["spans"], strict=True)
        ]
        for checked in verify(group["text"], claims):
            stands = checked.verdict not in {"unsupported", "contradicted"} and all(
                check.quantity.masked or check.verdict == "supported"
                for check in checked.quantities
            )
            places.append((None, None, stands))
    return places, process_time() - began


def _aligned(tokenizer: str, groups: Groups, together: bool) -> tuple[list[Place], float]:
    given = {"tokenizer": tokenizer, "together": together, "groups": groups}
    found, seconds = ask("aligner", given)
    return [(start, end, status is not None) for start, end, status in found], seconds


def _citations(groups: Groups, together: bool) -> tuple[list[Place], float]:
    from instructor import CitationMixin  # noqa: PLC0415 - it takes a second to import

    del together
    began = process_time()
    places: list[Place] = []
    for group in groups:
        for quote in group["quotes"]:
            kept = CitationMixin.model_validate(
                {"substring_quotes": [quote]}, context={"context": group["text"]}
            )
            # It gives the words back, not their place.
            start = group["text"].find(kept.substring_quotes[0]) if kept.substring_quotes else -1
            found = start >= 0
            end = start + len(kept.substring_quotes[0]) if found else None
            places.append((start if found else None, end, found))
    return places, process_time() - began
