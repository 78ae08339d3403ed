"""One JSON object a line in, one a line out, in order: how scripts call us.

A line that cannot be processed gives ``{"id", "error": {type, title, detail}}`` and the rest go
on. Errors never repeat the text.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from pydantic import ValidationError

from groundwork.errors import GroundworkError, InputError
from schemas.problem import type_of

Record = dict[str, Any]


class InvalidLineError(InputError):
    """The line is not a JSON object of the agreed shape."""


def answers(lines: Iterable[bytes], answer: Callable[[Record], Record]) -> Iterator[str]:
    """Yield the answer to each line as JSON; blank lines are passed over."""
    for raw in lines:
        if raw.strip():
            yield json.dumps(_answer(raw, answer), ensure_ascii=False)


def copy_through(source: BinaryIO, sink: BinaryIO, answer: Callable[[Record], Record]) -> None:
    """Answer each line of ``source`` on ``sink`` as soon as it is read."""
    for line in answers(source, answer):
        sink.write(line.encode("utf-8") + b"\n")
        sink.flush()


def _answer(raw: bytes, answer: Callable[[Record], Record]) -> Record:
    identity: Any = None
    try:
        record = _parse(raw)
        identity = record.get("id")
        return {"id": identity, **answer(record)}
    except ValidationError as error:
        return {"id": identity, "error": _problem(InvalidLineError(_places(error)))}
    except GroundworkError as error:
        return {"id": identity, "error": _problem(error)}


def _parse(raw: bytes) -> Record:
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidLineError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise InvalidLineError(f"not JSON at column {error.colno}") from None
    except (RecursionError, ValueError):
        raise InvalidLineError("JSON nested too deeply or with a number too long") from None
    if not isinstance(record, dict):
        raise InvalidLineError("not a JSON object")
    return record


def text_of(record: Record, field: str) -> str:
    """Return the text in ``field``. Raises InvalidLineError when there is none."""
    text = record.get(field)
    if not isinstance(text, str):
        raise InvalidLineError(f"/{field} must be a string")
    return text


def _places(error: ValidationError) -> str:
    """Name the fields that do not fit; what they hold stays out of it."""
    return "; ".join(
        "/" + "/".join(map(str, place["loc"])) + ": " + place["msg"]
        for place in error.errors(include_input=False, include_url=False, include_context=False)
    )


def _problem(error: GroundworkError) -> dict[str, str]:
    title = (type(error).__doc__ or "").strip().rstrip(".")
    return {"type": type_of(type(error)), "title": title, "detail": str(error)}
