"""What the export operation takes and gives: made from the table of formats."""

import json
from typing import Any, Final

from api.openapi import examples
from api.openapi.everywhere import OFFSET_UNIT
from groundwork.export.formats import FORMATS, Format

_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "json": {"type": "object"},
    "jsonld": {"type": "object"},
    "xlsx": {"type": "string", "format": "binary"},
}

EXPORT_PARAMETERS: Final[list[dict[str, Any]]] = [
    {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "The format. Left out, the `Accept` header chooses; without either, JSON.",
        "schema": {"type": "string", "enum": list(FORMATS)},
        "example": "xlsx",
    },
    {
        "name": "lang",
        "in": "query",
        "required": False,
        "description": "The language of column names and headings.",
        "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"},
        "example": "zh",
    },
    {
        **OFFSET_UNIT,
        "description": "What offsets count. The formats html, md and w3c always count code points.",
        "example": "code_point",
    },
]


def export_answer(headers: dict[str, Any]) -> dict[str, Any]:
    """Return the 200 of the export operation, a media type for each format."""
    return {
        "description": "The result as a file.",
        "headers": headers,
        "content": {
            form.media_type: {"schema": _SCHEMAS.get(form.extension, {"type": "string"})}
            | _example(form)
            for form in FORMATS.values()
        },
    }


def _example(form: Format) -> dict[str, Any]:
    """Return the example result as this format writes it, unless that is no text."""
    if _SCHEMAS.get(form.extension, {}).get("format") == "binary":
        return {}
    written = form.render(examples.RESULT, examples.REPORT, "zh").decode("utf-8-sig")
    as_object = _SCHEMAS.get(form.extension) == {"type": "object"}
    return {"examples": {"示例": {"value": json.loads(written) if as_object else written}}}
