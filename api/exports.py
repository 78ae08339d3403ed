"""Exports: a stored result as a file for another program or another person."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Final, Literal
from urllib.parse import quote

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from api import caching
from api.errors import BAD_REQUEST, NOT_FOUND, AnyRequest, ProblemError
from api.offsets import OffsetUnit, result_in_utf16
from groundwork.export.formats import FORMATS, Format
from groundwork.export.words import Language
from groundwork.services import Services
from schemas.result import Result

FormatName = Literal["json", "jsonl", "csv", "xlsx", "md", "html", "w3c"]

_ID: Final = re.compile(r"[0-9a-f]{64}")
_POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_TITLE_LENGTH: Final = 60
_FOR_PROGRAMS: Final = frozenset({"json", "jsonl", "csv", "xlsx"})
"""Formats that can count UTF-16 units: they hold offsets, and cut no text by them."""


@get(
    "/v1/reports/{result_id:str}/export",
    operation_id="exportReport",
    summary="Export a stored result",
    tags=["reports"],
)
async def export_report(
    result_id: FromPath[str],
    request: AnyRequest,
    services: NamedDependency[Services],
    format: FromQuery[FormatName | None] = None,  # noqa: A002  # its name on the wire
    lang: FromQuery[Language] = "zh",
    offset_unit: FromQuery[OffsetUnit] = "code_point",
) -> Response[Any]:
    """Return a result as a file.

    ``format`` chooses; without it the ``Accept`` header does, and without either it is JSON.
    ``lang`` is the language of column names, headings, and what the run says of itself.
    ``offset_unit=utf16`` is for json, jsonl, csv and xlsx: W3C selectors count code points by
    their standard, and the pages for people say that they do.
    """
    name = format or negotiate(request.headers.get("accept"))
    chosen = FORMATS[name]
    if offset_unit == "utf16" and name not in _FOR_PROGRAMS:
        raise ProblemError(BAD_REQUEST, f"the format {name} always counts code points")
    result, source = await _kept(services, result_id)
    if offset_unit == "utf16":
        result = await asyncio.to_thread(result_in_utf16, result, source)
    body = await asyncio.to_thread(chosen.render, result, source, lang)
    tag = caching.etag(body)
    headers = {
        "Cache-Control": caching.KEEP,
        "ETag": tag,
        "Vary": "Accept",
        "Content-Security-Policy": _POLICY,
        "Content-Disposition": disposition(result, chosen),
    }
    if caching.matches(request.headers.get("if-none-match"), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type=chosen.media_type, headers=headers)


def negotiate(accept: str | None) -> str:
    """Choose a format by an Accept header; what nothing fits gets JSON.

    >>> negotiate("text/csv;q=0.5, text/markdown"), negotiate("image/png"), negotiate(None)
    ('md', 'json', 'json')
    """
    by_type: Mapping[str, str] = {form.media_type: name for name, form in FORMATS.items()}
    best, weight = "json", 0.0
    for part in (accept or "").lower().split(","):
        media_type, _, parameters = part.partition(";")
        name = by_type.get(media_type.strip())
        if name and (given := _weight(parameters)) > weight:
            best, weight = name, given
    return best


def disposition(result: Result, chosen: Format) -> str:
    """Name the file after the report's title, in ASCII for old clients as well."""
    titles = (report.title for report in result.reports if report.title)
    title = re.sub(r"[\W_]+", "_", next(titles, "groundwork"))[:_TITLE_LENGTH].strip("_")
    short = f"groundwork-{result.id[:12]}.{chosen.extension}"
    full = quote(f"{title or 'groundwork'}-{result.id[:6]}.{chosen.extension}", safe="")
    return f"attachment; filename=\"{short}\"; filename*=UTF-8''{full}"


def _weight(parameters: str) -> float:
    found = re.search(r"\bq=([01](?:\.\d{0,3})?)", parameters)
    return float(found[1]) if found else 1.0


async def _kept(services: Services, result_id: str) -> tuple[Result, str]:
    body = await services.results.find(result_id) if _ID.fullmatch(result_id) else None
    if body is not None:
        result = Result.model_validate_json(body)
        source = await services.results.find_source(result.source.sha256)
        if source is not None:
            return result, source.decode()
    raise ProblemError(
        NOT_FOUND,
        "no such result is kept; structure the text again",
        headers={"Cache-Status": caching.NOT_KEPT},
    )
