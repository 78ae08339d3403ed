"""Reading request bodies: as JSON, as the file of a form, or as the file itself.

JSON is parsed here and not by the framework: bytes that are not UTF-8, 100 000 nested brackets,
``NaN`` or half a surrogate pair must end in a 4xx that names the place.
"""

import asyncio
from codecs import BOM_UTF8
from typing import Final, TypeVar

from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException, InternalServerException
from pydantic import ValidationError

from api.errors import INVALID_BODY, MALFORMED_BODY, SLOW_BODY, AnyRequest, ProblemError
from groundwork.errors import UnsupportedMediaError
from groundwork.services import Services, Upload
from groundwork.text.decode.sniff import DOCX, HTML, MARKDOWN, PDF, PLAIN
from groundwork.text.document import SourceText
from schemas.base import Schema
from schemas.problem import FieldProblem
from schemas.requests import TextRequest

JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
RAW_TYPES: Final = (PLAIN, MARKDOWN, HTML, PDF, DOCX, "application/octet-stream")
"""Bodies that are the file itself; which kind it is, its bytes decide."""

_MOST_FIELD_PROBLEMS: Final = 20
_LONGEST_POINTER: Final = 200

_Model = TypeVar("_Model", bound=Schema)


async def read_source(request: AnyRequest, services: Services) -> SourceText:
    """Return the text that was sent as JSON, as a file of a form, or as the body itself."""
    kind, options = request.content_type
    if kind == JSON:
        sent = parse(await _body(request, services), TextRequest)
        upload = Upload(sent.text, filename=sent.filename)
    elif kind == MULTIPART:
        upload = await _file_of_form(request, services)
    elif kind in RAW_TYPES:
        upload = Upload(await _body(request, services), kind, options.get("charset"))
    else:
        raise UnsupportedMediaError(
            f"send {JSON}, {MULTIPART} with a file, or one of {', '.join(RAW_TYPES)}"
        )
    return await services.read(upload)


async def read_json(request: AnyRequest, services: Services, model: type[_Model]) -> _Model:
    """Return the JSON body as ``model``."""
    if request.content_type[0] != JSON:
        raise UnsupportedMediaError(f"send {JSON}")
    return parse(await _body(request, services), model)


def parse(body: bytes, model: type[_Model]) -> _Model:
    """Return JSON bytes as ``model``, or say where they do not fit."""
    try:
        return model.model_validate_json(body.removeprefix(BOM_UTF8))
    except ValidationError as error:
        raise _explained(error) from None  # the original quotes the body


def _explained(error: ValidationError) -> ProblemError:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        return ProblemError(MALFORMED_BODY, found[0]["msg"])
    fields = tuple(
        FieldProblem(
            pointer=_pointer(each["loc"]), detail=each["msg"].removeprefix("Value error, ")
        )
        for each in found[:_MOST_FIELD_PROBLEMS]
    )
    return ProblemError(INVALID_BODY, f"places that do not fit: {len(found)}", fields)


def _pointer(location: tuple[int | str, ...]) -> str:
    """Write a place as a JSON Pointer (RFC 6901).

    >>> _pointer(("claims", 0, "a/b~c"))
    '/claims/0/a~1b~0c'
    """
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in location)
    return "".join(f"/{part}" for part in parts)[:_LONGEST_POINTER]


async def _body(request: AnyRequest, services: Services) -> bytes:
    try:
        async with asyncio.timeout(services.limits.request_timeout_s):
            return await request.body()
    except TimeoutError:
        raise ProblemError(SLOW_BODY, "the body did not arrive in time") from None
    except InternalServerException:
        raise ProblemError(MALFORMED_BODY, "the body ended before its time") from None


async def _file_of_form(request: AnyRequest, services: Services) -> Upload:
    await _body(request, services)  # kept by the request; the form is parsed from it
    try:
        form = await request.form()
    except (HTTPException, ValueError, LookupError):  # of codecs and of broken parts
        raise ProblemError(MALFORMED_BODY, "the form cannot be parsed") from None
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    if len(files) != 1:
        raise ProblemError(INVALID_BODY, f"send one file; the form holds {len(files)}")
    kind, _, options = files[0].content_type.partition(";")
    charset = options.partition("charset=")[2].strip() or None
    data = await files[0].read()
    return Upload(data, kind.strip().lower() or None, charset, files[0].filename)
