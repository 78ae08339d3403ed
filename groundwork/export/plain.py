"""JSON and JSON Lines: the result itself, whole or a line each statement."""

import json
from typing import Any

from groundwork.export.rows import Claimed, Found, claims, found
from groundwork.export.words import Language
from schemas.base import Schema
from schemas.result import Result


def as_json(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write the result as HTTP returns it, indented for people."""
    del source, language
    return (result.model_dump_json(indent=2) + "\n").encode()


def as_jsonl(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write a line for each item, refused claim and finding, every line complete by itself.

    ``row`` tells which of the three a line is.
    """
    del source, language
    lines = [
        _line(result, "item" if entry.report else "refused", entry, entry.claim)
        for entry in claims(result)
    ]
    lines += [_line(result, "finding", each, each.finding) for each in found(result)]
    return "".join(lines).encode()


def _line(result: Result, row: str, entry: Claimed | Found, content: Schema) -> str:
    line: dict[str, Any] = {"result": result.id, "row": row}
    if entry.report is not None:
        line |= entry.report.model_dump(mode="json", include={"title", "organisation", "period"})
    line |= {"id": entry.id} | content.model_dump(mode="json")
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
