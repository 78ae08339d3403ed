"""JSON and JSON Lines: the result itself, whole or a line each statement."""

import json
from typing import Any

from groundwork.export.rows import claims
from groundwork.export.words import Language
from schemas.result import Result


def as_json(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write the result as HTTP returns it, indented for people."""
    del source, language
    return (result.model_dump_json(indent=2) + "\n").encode()


def as_jsonl(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write a line for each item and each refused claim, every line complete by itself."""
    del source, language
    lines = []
    for entry in claims(result):
        line: dict[str, Any] = {"result": result.id}
        if entry.report is not None:
            line |= entry.report.model_dump(
                mode="json", include={"title", "organisation", "period"}
            )
        line |= {"id": entry.id} | entry.claim.model_dump(mode="json")
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines).encode()
