"""Every export format in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from groundwork.export.annotations import as_w3c
from groundwork.export.delimited import as_csv
from groundwork.export.markdown import as_markdown
from groundwork.export.page import as_html
from groundwork.export.plain import as_json, as_jsonl
from groundwork.export.words import Language
from groundwork.export.workbook import as_xlsx
from schemas.result import Result

Render = Callable[[Result, str, Language], bytes]
"""From a result and the source text it points into; the language is that of labels only."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way out: how it is asked for, what it is called on the wire and on disk, who writes it."""

    media_type: str
    """Without parameters: what content negotiation compares."""
    extension: str
    render: Render


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "json": Format("application/json", "json", as_json),
        "jsonl": Format("application/x-ndjson", "jsonl", as_jsonl),
        "csv": Format("text/csv", "csv", as_csv),
        "xlsx": Format(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            as_xlsx,
        ),
        "md": Format("text/markdown", "md", as_markdown),
        "html": Format("text/html", "html", as_html),
        "w3c": Format("application/ld+json", "jsonld", as_w3c),
    }
)
"""In the order of preference when a client takes anything."""
