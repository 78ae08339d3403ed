"""What the export operation takes and gives: made from the table of formats."""

from typing import Any, Final

from groundwork.export.formats import FORMATS

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
]


def export_answer(headers: dict[str, Any]) -> dict[str, Any]:
    """Return the 200 of the export operation, a media type for each format."""
    return {
        "description": "The result as a file.",
        "headers": headers,
        "content": {
            form.media_type: {"schema": _SCHEMAS.get(form.extension, {"type": "string"})}
            for form in FORMATS.values()
        },
    }
