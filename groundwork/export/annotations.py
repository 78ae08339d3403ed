"""W3C Web Annotations: the evidence for any tool that can anchor text.

Model: https://www.w3.org/TR/annotation-model/ . A TextPositionSelector counts code points there
as here, so positions go out unchanged; the TextQuoteSelector finds the place again in a copy
whose positions have shifted.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from groundwork.export.rows import Claimed, claims, found
from groundwork.export.words import Language
from schemas.finding import Finding
from schemas.result import Result
from schemas.span import Span

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32
"""Characters of context on each side of a quote."""


def selectors(span: Span, source: str) -> list[dict[str, Any]]:
    """Point at a span twice: by position, and by its words with what stands around them."""
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.quote,
            "prefix": source[max(0, span.start - _AROUND) : span.start],
            "suffix": source[span.end : span.end + _AROUND],
        },
    ]


def as_w3c(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write an annotation for each statement and each finding; its targets are its evidence."""
    del language  # statements are in the language of their report, findings in both
    items = list(_annotations(result, source))
    name = f"urn:groundwork:{result.id}"
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"id": f"{name}#page1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode()


def _annotations(result: Result, source: str) -> Iterator[dict[str, Any]]:
    for entry in claims(result):
        if not entry.claim.evidence:
            continue  # a refused claim may cite nothing that exists; it has no place to stand
        yield {
            "id": f"urn:groundwork:{result.id}#{entry.id}",
            "type": "Annotation",
            "motivation": ["classifying", "describing"],
            "body": _bodies(entry),
            "target": _targets(entry.claim.evidence, result, source),
        }
    for each in found(result):
        yield {
            "id": f"urn:groundwork:{result.id}#{each.id}",
            "type": "Annotation",
            "motivation": "assessing",
            "body": _assessment(each.finding),
            "target": _targets(each.finding.spans, result, source),
        }


def _targets(spans: Sequence[Span], result: Result, source: str) -> list[dict[str, Any]]:
    name = f"urn:sha256:{result.source.sha256}"
    return [{"source": name, "selector": selectors(span, source)} for span in spans]


def _assessment(finding: Finding) -> list[dict[str, Any]]:
    told = [("zh", finding.message.zh), ("en", finding.message.en)]
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": text, "purpose": "assessing", "language": language}
        for language, text in told
    ]
    tags = [(finding.kind.value, "tagging"), (finding.arithmetic, "describing")]
    return bodies + [
        {"type": "TextualBody", "value": value, "purpose": purpose} for value, purpose in tags
    ]


def _bodies(entry: Claimed) -> list[dict[str, Any]]:
    claim = entry.claim
    values = [
        (claim.kind.value, "classifying"),
        (claim.status.value, "tagging"),
        *((check.verdict.value, "assessing") for check in claim.quantities),
    ]
    described = {
        "type": "TextualBody",
        "value": claim.text,
        "purpose": "describing",
        "language": "zh",
    }
    return [described] + [
        {"type": "TextualBody", "value": value, "purpose": purpose} for value, purpose in values
    ]
