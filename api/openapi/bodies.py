"""How request bodies are described: a report in each of its forms, or plain JSON."""

from api.openapi import examples
from api.openapi.parts import Json, schema_ref
from api.uploads import JSON, MULTIPART, RAW_TYPES
from groundwork.text.decode.sniff import HTML, MARKDOWN, PLAIN


def text_body(summary: str) -> Json:
    """Describe a report as it may come: JSON, the file itself, or the one file of a form."""
    text = {"type": "string", "minLength": 1, "pattern": r"\S"}
    file = {"type": "string", "format": "binary", "minLength": 1}
    raw: Json = {kind: {"schema": text if kind.startswith("text/") else file} for kind in RAW_TYPES}
    raw[PLAIN]["examples"] = {"纯文本": {"value": examples.REPORT}}
    raw[MARKDOWN]["examples"] = {"Markdown": {"value": f"# {examples.REPORT}"}}
    raw[HTML]["examples"] = {"网页": {"value": f"<article><pre>{examples.REPORT}</pre></article>"}}
    form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
    return {
        "required": True,
        "description": summary,
        "content": {
            JSON: {
                "schema": schema_ref("TextRequest"),
                "examples": {"一份简短的工作总结": {"value": {"text": examples.REPORT}}},
            },
            **raw,
            MULTIPART: {"schema": form},
        },
    }


def json_body(summary: str, schema: str, example: Json) -> Json:
    """Describe a JSON body by its schema and an example."""
    return {
        "required": True,
        "description": summary,
        "content": {JSON: {"schema": schema_ref(schema), "examples": {"示例": {"value": example}}}},
    }
